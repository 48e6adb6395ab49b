import { rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { findPart, homePath, untilPartsGone } from '../db/home.ts'

const NODE_MIN = [20, 19] as const
const PARTS = ['database', 'engine', 'gateway', 'worker', 'api']
/** Parts whose runner was killed end by themselves within this time. */
const ORPHANS_END_WITHIN_MS = 25_000

/** Why Tidings cannot start here and now, as one sentence; null if it can. Clears what an earlier run had published. */
export async function refusalToStart(env: NodeJS.ProcessEnv = process.env): Promise<string | null> {
  const host = env.HOST || '127.0.0.1'
  const port = Number(env.PORT || 4000)
  const refusal = refusalOfNode() ?? refusalOfHome()
  if (refusal) return refusal
  await untilOrphansEnd()
  return (await refusalOfPort(host, port)) ?? refusalOfOthers() ?? cleared()
}

function refusalOfNode(): string | null {
  const [major, minor] = process.versions.node.split('.').map(Number) as [number, number]
  const recent = major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1])
  return recent ? null : `Tidings needs Node ${NODE_MIN.join('.')} or newer; this is ${process.version}.`
}

function refusalOfHome(): string | null {
  try {
    homePath('run', 'probe')
    return null
  } catch (error) {
    return `Tidings cannot keep its data in TIDINGS_HOME: ${(error as Error).message}.`
  }
}

async function untilOrphansEnd(): Promise<void> {
  if (findPart('runner') || !PARTS.some(findPart)) return
  console.log('Waiting for the former run to end …')
  await untilPartsGone(PARTS, ORPHANS_END_WITHIN_MS)
}

async function refusalOfPort(host: string, port: number): Promise<string | null> {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return `PORT must be a number from 1 to 65535.`
  const problem = await problemOfListening(host, port)
  if (!problem) return null
  const url = `http://${['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host}:${port}`
  if (problem !== 'EADDRINUSE')
    return `Tidings cannot listen on ${host}:${port} (${problem}): set another PORT or HOST.`
  if (await isTidings(url)) return `Tidings already runs: ${url}`
  return `Port ${port} of ${host} is taken by another program: set another PORT.`
}

function problemOfListening(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const probe = createServer().once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    probe.listen(port, host, () => probe.close(() => resolve(null)))
  })
}

async function isTidings(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/health/live`, { signal: AbortSignal.timeout(2000) })
    return ((await answer.json()) as { product?: unknown }).product === 'tidings'
  } catch {
    return false
  }
}

function refusalOfOthers(): string | null {
  const process = ['runner', ...PARTS].map(findPart).find(Boolean)
  return process
    ? `Another Tidings works with ${homePath()} (process ${process}): stop it, or set another TIDINGS_HOME.`
    : null
}

/** Who waits for an address must not find the one of the former run. */
function cleared(): null {
  for (const file of ['database-url', 'temporal-address', 'temporal-ui']) rmSync(homePath(file), { force: true })
  return null
}
