import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type Command, createConcurrently, type FlowController, KillOnSignal, Logger } from 'concurrently'
import { CANNOT_START } from '../db/daemon.ts'
import { registerPart, tell } from '../db/home.ts'
import { refusalToStart } from './preflight.ts'

const RESTART_AFTER_MS = 1000
/** More than the parts, and then database and engine, may take to end by themselves. */
const END_WITHIN_MS = 25_000

const stopping = new AbortController()
const told = new Set<number>()
let helpless = false

/** Room for what lives as long as a request, in MB: with Node's own 16 a third of the API's time went into clearing it. */
const YOUNG_MB = 64

/** Starts a part: the file of one process. Nothing starts any more once we stop, also not what waits to be restarted. */
function start(file: string, options: SpawnOptions): ChildProcess {
  const args = stopping.signal.aborted ? ['--eval', ''] : [`--max-semi-space-size=${YOUNG_MB}`, '--import', 'tsx', file]
  return spawn(process.execPath, args, { ...options, env: { ...process.env, TIDINGS_RUNNER: `${process.pid}` } })
}

/** Passes a signal on once, and to the part alone: its children, database and engine, must end last. */
function passOn(pid: number, signal?: string): void {
  if (signal !== 'SIGKILL' && told.has(pid)) return
  told.add(pid)
  tell(pid, (signal ?? 'SIGTERM') as NodeJS.Signals)
}

const watch: FlowController = {
  handle(commands: Command[]) {
    for (const command of commands) command.close.subscribe(({ exitCode }) => ended(command, exitCode))
    const killAll = () => {
      for (const command of commands) command.kill('SIGKILL')
    }
    stopping.signal.addEventListener('abort', () => setTimeout(killAll, END_WITHIN_MS).unref())
    return { commands }
  },
}

function ended(part: Command, exitCode: string | number): void {
  if (stopping.signal.aborted || (exitCode === 0 && endsByPlan(part))) return
  helpless ||= exitCode === CANNOT_START
  if (helpless) {
    process.kill(process.pid, 'SIGTERM')
    return
  }
  console.log(`${part.command} ended (${exitCode}); it is started again.`)
  // also one that ended well, told to stop by somebody else: the library starts again only what failed
  setTimeout(() => part.start(), RESTART_AFTER_MS)
}

/** A database that somebody else runs is prepared once. */
const endsByPlan = ({ command }: Command): boolean => command === 'db/server.ts' && Boolean(process.env.DATABASE_URL)

const refusal = await refusalToStart()
if (refusal) {
  console.log(refusal)
  process.exit(1)
}
registerPart('runner')
const logger = new Logger({ raw: true })
const { result } = createConcurrently(process.argv.slice(2), {
  raw: true,
  logger,
  abortSignal: stopping.signal,
  spawn: start,
  kill: passOn,
  controllers: [watch, new KillOnSignal({ process, abortController: stopping })],
})
await result.catch(() => {})
// all parts may end at one moment; they are started again
if (!stopping.signal.aborted) await once(stopping.signal, 'abort')
process.exit(helpless ? 1 : 0)
