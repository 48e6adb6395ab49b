import { execFile, spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)
const ANSWERS_WITHIN_MS = 60_000
const RETENTION = '168h'

/** JSON values. Without the two poll rates every hop of a workflow waits about 40 ms. */
const DYNAMIC_CONFIG = {
  'matching.enableFairness': 'true',
  'frontend.namespaceRPS': '10000',
  'history.transferProcessorMaxPollRPS': '2000',
  'history.timerProcessorMaxPollRPS': '2000',
}

/** A Temporal server on 127.0.0.1 whose state is one SQLite file. */
export interface DevServer {
  program: string
  file: string
  namespace: string
  port: number
  /** The port of its web pages; none where undefined. */
  uiPort?: number
  log: string
  dynamicConfig?: Record<string, string>
}

/** Starts the server in a session of its own, where a Ctrl-C in the terminal does not reach it; answers its process id. */
export function startDevServer(server: DevServer): number {
  mkdirSync(dirname(server.file), { recursive: true, mode: 0o700 })
  const log = openSync(server.log, 'a', 0o600)
  const child = spawn(server.program, argumentsOf(server), { detached: true, stdio: ['ignore', log, log] })
  child.on('error', () => {})
  child.unref()
  closeSync(log)
  if (!child.pid) throw new Error(`${server.program} could not be started`)
  return child.pid
}

/** Waits until the namespace answers, and keeps its closed histories for a week. `isRunning` false: the server ended, which throws. */
export async function untilNamespaceAnswers(server: DevServer, isRunning: () => boolean): Promise<void> {
  for (const endsAt = Date.now() + ANSWERS_WITHIN_MS; Date.now() < endsAt && isRunning(); await pause(100)) {
    const answers = await operate(server, ['describe']).then(
      () => true,
      () => false,
    )
    if (answers) return operate(server, ['update', '--retention', RETENTION])
  }
  throw new Error(`the Temporal server on port ${server.port} does not answer; see ${server.log}`)
}

function argumentsOf({ file, namespace, port, uiPort, dynamicConfig }: DevServer): string[] {
  const pages = uiPort ? ['--ui-ip', '127.0.0.1', '--ui-port', `${uiPort}`, '--ui-disable-news-fetch'] : ['--headless']
  // 3.4 times faster than the default, and a SIGKILL lost nothing that was acknowledged
  const pragmas = ['journal_mode=wal', 'synchronous=1'].flatMap((pragma) => ['--sqlite-pragma', pragma])
  const entries = Object.entries({ ...DYNAMIC_CONFIG, ...dynamicConfig })
  const values = entries.flatMap(([name, value]) => ['--dynamic-config-value', `${name}=${value}`])
  const where = ['--ip', '127.0.0.1', '--port', `${port}`, '--db-filename', file, '--namespace', namespace]
  return ['server', 'start-dev', ...where, ...pages, ...pragmas, ...values]
}

async function operate({ program, port, namespace }: DevServer, [verb, ...options]: string[]): Promise<void> {
  const where = ['--address', `127.0.0.1:${port}`, '--namespace', namespace]
  // the user's settings for other servers do not hold here
  const alone = ['--disable-config-file', '--disable-config-env']
  await run(program, ['operator', 'namespace', verb!, ...where, ...alone, ...options], { timeout: 10_000 })
}
