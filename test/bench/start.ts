import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../../db/daemon.ts'
import { atMost, type Bench, told } from './figure.ts'
import { memoryMb, total } from './gauge.ts'

/** What is started has settled by then. */
const SETTLE_MS = 10_000

/** `npm start` on a home that does not exist yet, and again on it. Source: design 8. */
export const start: Bench = async () => {
  const home = mkdtempSync(join(tmpdir(), 'tidings-start-'))
  try {
    const first = await startOnce(home)
    const second = await startOnce(home)
    return [
      atMost('npm start, the second time, to ready', 's', 10, second.seconds),
      told('npm start on an empty home, to ready', 's', first.seconds),
      atMost('memory of all processes', 'MB', 1024, total(second.memory)),
      ...Object.entries(second.memory).map(([part, mb]) => told(`memory: ${part}`, 'MB', mb)),
    ]
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

async function startOnce(home: string) {
  const env = { ...process.env, TIDINGS_HOME: home, PORT: `${await freePort()}` }
  const startedMs = performance.now()
  const child = spawn('npm', ['start'], { env, stdio: ['ignore', 'pipe', 'inherit'], detached: true })
  try {
    await untilReady(child)
    const seconds = (performance.now() - startedMs) / 1_000
    await sleep(SETTLE_MS)
    return { seconds, memory: memoryMb(home) }
  } finally {
    process.kill(-child.pid!, 'SIGINT')
    await once(child, 'exit')
  }
}

function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.on('exit', () => reject(new Error(`npm start ended:\n${said}`)))
    child.stdout!.on('data', (text) => {
      said += text
      if (said.includes('Tidings is ready')) resolve()
    })
  })
}
