import { existsSync, rmSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { type Daemon, keptPort, refuse, tend } from '../db/daemon.ts'
import { commandLine, homePath, publish, readPublished, tell } from '../db/home.ts'
import { type DevServer, startDevServer, untilNamespaceAnswers } from './dev-server.ts'
import { findServer } from './find-server.ts'
import { type EngineConfig, engineConfig } from './temporal.ts'

const FILE = homePath('temporal', 'temporal.db')
const PID = 'run/temporal.pid'
const STOP_WITHIN_MS = 6000

/** The Temporal server of this installation; its state is in the home. */
function ownServer(namespace: string): Daemon {
  return {
    title: 'The Temporal server',
    // a server whose file was deleted still runs, but nothing that it learns would last
    isUp: () => runningServer() !== undefined && existsSync(FILE),
    async bringUp(stopping) {
      const program = await findServer(stopping)
      if (!existsSync(FILE)) await startOver()
      const isUp = runningServer() !== undefined
      const port = await keptPort('temporal', isUp)
      const uiPort = await keptPort('temporal-ui', isUp)
      const server: DevServer = { program, file: FILE, namespace, port, uiPort, log: homePath('logs', 'temporal.log') }
      if (!isUp) publish(PID, `${startDevServer(server)}`)
      await untilNamespaceAnswers(server, () => !stopping.aborted && runningServer() !== undefined)
      publish('temporal-ui', `http://127.0.0.1:${uiPort}`)
      publish('temporal-address', `127.0.0.1:${port}`)
    },
    takeDown: stop,
  }
}

function runningServer(): number | undefined {
  const pid = Number(readPublished(PID))
  return pid && commandLine(pid).includes(FILE) ? pid : undefined
}

async function stop(): Promise<void> {
  const pid = runningServer()
  if (!pid) return
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    tell(pid, signal)
    for (const endsAt = Date.now() + STOP_WITHIN_MS; Date.now() < endsAt; await pause(50)) if (!runningServer()) return
  }
}

/** What SQLite left beside a file that is gone would be read into the new one. */
async function startOver(): Promise<void> {
  await stop()
  for (const rest of ['-wal', '-shm', '-journal']) rmSync(FILE + rest, { force: true })
}

function configured(): EngineConfig {
  try {
    return engineConfig()
  } catch (error) {
    return refuse(error)
  }
}

const { address, namespace } = configured()
if (address) publish('temporal-address', address)
else await tend('engine', ownServer(namespace), ['worker'])
