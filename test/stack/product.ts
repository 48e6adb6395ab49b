import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { freePort } from '../../db/daemon.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The running product of the journeys. */
    product: Product
  }
}

export interface Product {
  url: string
  /** Its TIDINGS_HOME. */
  home: string
  /** The key of its first workspace, a demo. */
  key: string
  /** A link that signs a browser in, once. */
  signInUrl: string
}

const READY_WITHIN_MS = 120_000
const PARTS = [
  'db/server.ts',
  'workflows/server.ts',
  'workflows/channels/gateway.ts',
  'workflows/worker.ts',
  'api/server.ts',
]

export interface RunningProduct extends Product {
  /** Ends it and removes its home. */
  stop(): Promise<void>
  /** Ends its runner as the system would that has no memory left; its parts notice by themselves. */
  kill(): Promise<void>
}

/** Everything that `npm start` runs, in a home of its own or in a `former` one; `env` as a user would set it. */
export async function startProduct(env: Record<string, string> = {}, former?: Product): Promise<RunningProduct> {
  execFileSync('npm', ['run', '-s', 'build-stale'], { stdio: ['ignore', 'ignore', 'inherit'] })
  const home = former?.home ?? mkdtempSync(join(tmpdir(), 'tidings-journey-'))
  const port = former ? Number(new URL(former.url).port) : await freePort()
  const child = spawn(process.execPath, ['--import', 'tsx', 'api/run.ts', ...PARTS], {
    env: { ...process.env, TIDINGS_HOME: home, PORT: `${port}`, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const said = await untilReady(child)
  const [signInUrl = ''] = /http:\S+\/sign-in\/\S+/.exec(said) ?? []
  const key = readFileSync(join(home, 'api-key'), 'utf8').trim()
  const ended = once(child, 'exit')
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
    rmSync(home, { recursive: true, force: true })
  }
  const kill = async () => {
    child.kill('SIGKILL')
    await ended
  }
  return { url: `http://127.0.0.1:${port}`, home, key, signInUrl, stop, kill }
}

/** What it said until it was ready, the link to sign in included. */
function untilReady(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const late = setTimeout(() => reject(new Error(`not ready after ${READY_WITHIN_MS} ms:\n${said}`)), READY_WITHIN_MS)
    child.on('exit', (code) => reject(new Error(`ended with ${code}:\n${said}`)))
    child.stdout!.on('data', (text) => {
      said += text
      if (!/is ready[\s\S]*\/sign-in\/\S+\s/.test(said)) return
      clearTimeout(late)
      resolve(said)
    })
  })
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { stop, kill: _, ...product } = await startProduct()
  project.provide('product', product)
  return stop
}
