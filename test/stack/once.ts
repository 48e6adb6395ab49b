import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { homePath } from '../../db/home.ts'

/** The servers of a test run: all of them live in its home, and end together. */
interface Run {
  users: number
  addresses: Map<string, Promise<string>>
  guard?: ChildProcess
}

/** Each project loads its set-up files anew; what they share must hang on the process. */
const holder = globalThis as { tidingsTestRun?: Run }
holder.tidingsTestRun ??= { users: 0, addresses: new Map() }
const run = holder.tidingsTestRun

/** Starts a server once a run, however many projects ask for it. All end when everybody has released what he asked for. */
export async function startOnce(name: string, start: () => Promise<string>) {
  run.guard ??= guardHome(homePath())
  run.users++
  const address = run.addresses.get(name) ?? start()
  run.addresses.set(name, address)
  const release = async () => {
    if (--run.users === 0) await endAll()
  }
  return { address: await address, release }
}

/** Ends the servers and removes the home of the run once this process ends, whatever ends it: the shell reads a pipe that we alone hold open. */
function guardHome(home: string): ChildProcess {
  const steps = [
    // without our word we were killed, perhaps in the midst of a start
    'read -r _ || sleep 3',
    'pids=$(head -qn 1 "$1/postgres/postmaster.pid" "$1"/run/temporal*.pid)',
    'kill -s QUIT $pids',
    'for i in $(seq 50); do kill -0 $pids || break; sleep 0.1; done',
    'rm -rf "$1"',
  ]
  const stdio = ['pipe', 'ignore', 'ignore'] as const
  const guard = spawn('sh', ['-c', steps.join('; '), 'sh', home], { detached: true, stdio: [...stdio] })
  guard.unref()
  return guard
}

async function endAll(): Promise<void> {
  const { guard } = run
  if (!guard) return
  guard.ref()
  guard.stdin?.end('\n')
  await once(guard, 'close')
}
