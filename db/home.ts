import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pino, { type Logger } from 'pino'
import { faultOf } from './fault.ts'

const PUBLISHED_WITHIN_MS = 10 * 60_000

/**
 * A path in the folder where this installation keeps its data, logs and keys: `TIDINGS_HOME`, `.tidings` where unset.
 * The folders above it are made, for their owner only.
 */
export function homePath(...parts: string[]): string {
  const home = resolve(process.env.TIDINGS_HOME || '.tidings')
  const path = join(home, ...parts)
  mkdirSync(path === home ? home : dirname(path), { recursive: true, mode: 0o700 })
  return path
}

/** Writes a file of the home at once: readers see the former text or this one, never a half. */
export function publish(file: string, text: string): void {
  const path = homePath(file)
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, text, { mode: 0o600 })
  renameSync(draft, path)
}

/** The text of a file of the home, or undefined while there is none. */
export function readPublished(file: string): string | undefined {
  try {
    return readFileSync(homePath(file), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** The text of a file of the home as soon as another process has published it. Throws after `maxMs`. */
export async function untilPublished(file: string, maxMs = PUBLISHED_WITHIN_MS): Promise<string> {
  for (const endsAt = Date.now() + maxMs; Date.now() < endsAt; await pause(50)) {
    const text = readPublished(file)
    if (text !== undefined) return text
  }
  throw new Error(`${homePath(file)} did not appear within ${maxMs / 1000} s`)
}

/** Makes this process known as a part of the running installation, until it ends. */
export function registerPart(name: string): void {
  const file = join('run', `${name}.pid`)
  publish(file, `${process.pid}\n${commandLine(process.pid)}`)
  process.on('exit', () => rmSync(homePath(file), { force: true }))
  const runner = Number(process.env.TIDINGS_RUNNER)
  // a part whose runner was killed would run on unseen and hold the port
  if (runner) setInterval(() => process.ppid !== runner && process.kill(process.pid, 'SIGTERM'), 1000).unref()
}

/** The process that is registered under this name and still runs. */
export function findPart(name: string): number | undefined {
  const [pid, command] = readPublished(join('run', `${name}.pid`))?.split('\n') ?? []
  return pid && command && commandLine(Number(pid)) === command ? Number(pid) : undefined
}

/** Waits until none of these parts runs any more, at most `maxMs`. */
export async function untilPartsGone(names: readonly string[], maxMs: number): Promise<void> {
  for (const endsAt = Date.now() + maxMs; Date.now() < endsAt && names.some(findPart); await pause(100));
}

/** Sends a signal to a process, unless it has ended meanwhile. */
export function tell(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** What a process runs; empty once it is gone, also when nobody has collected it yet. Tells a process from a later one with its id. */
export function commandLine(pid: number): string {
  try {
    if (process.platform !== 'linux')
      return execFileSync('ps', ['-o', 'args=', '-p', `${pid}`], { encoding: 'utf8' }).trim()
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
  } catch {
    return ''
  }
}

/** Aborted when this process is told to stop; until then it goes on, however often it is told. */
export function stopSignal(): AbortSignal {
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort())
  return stop.signal
}

/** The log of one process, `logs/NAME.log` in the home, from level `LOG_LEVEL` (info) on. What people should read goes to stdout. */
export function logTo(name: string): Logger {
  const destination = pino.destination({ dest: homePath('logs', `${name}.log`), sync: true })
  // on a full disk a line is lost, and the work goes on
  destination.on('error', () => {})
  return pino({ name, level: process.env.LOG_LEVEL || 'info', serializers: { error: faultOf } }, destination)
}
