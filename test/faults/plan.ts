import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { tell } from '../../db/home.ts'
import { processesOf } from '../stack/processes.ts'
import type { Rig } from './rig.ts'
import type { Seeded } from './seeded.ts'

export interface Planned {
  name: string
  atMs: number
  forMs: number
}

const FAULTS_PER_ROUND = [2, 4] as const
const WITHIN_MS = 12_000
/** How far a clock is set, there and back; less than a round has to come to rest. */
const JUMP_S = 20

/** What can happen; one that lasts is undone after `forMs`. */
const FAULTS: Record<string, (rig: Rig, forMs: number) => Promise<void>> = {
  'kill postgres': async (rig) => end(rig, 'postgres/postmaster.pid'),
  'kill the database part': async (rig) => end(rig, 'run/database.pid'),
  'kill temporal': async (rig) => end(rig, 'run/temporal.pid'),
  'kill the engine part': async (rig) => end(rig, 'run/engine.pid'),
  'kill the worker': async (rig) => end(rig, 'run/worker.pid'),
  'kill the api': async (rig) => end(rig, 'run/api.pid'),
  'kill the gateway': async (rig) => end(rig, 'run/gateway.pid'),
  'kill the runner': (rig) => rig.restart(),
  'stop the worker': (rig, forMs) => stop(rig, /workflows\/worker\.ts/, forMs),
  'stop the api': (rig, forMs) => stop(rig, /api\/server\.ts/, forMs),
  'stop the gateway': (rig, forMs) => stop(rig, /channels\/gateway\.ts/, forMs),
  'stop temporal': (rig, forMs) => stop(rig, / server start-dev /, forMs),
  'stop postgres': (rig, forMs) => stop(rig, /^postgres:|\/postgres /, forMs),
  'cut the connections': async (rig) => {
    await rig.ask(
      (sql) => sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tidings'`,
    )
  },
  'lose what temporal knew': async (rig) => {
    for (const rest of ['', '-wal', '-shm'])
      rmSync(join(rig.product.home, `temporal/temporal.db${rest}`), { force: true })
    end(rig, 'run/temporal.pid')
  },
  'slow gateway': (rig, forMs) => gateway(rig, { latencyMs: 1_500 }, forMs),
  'refusing gateway': (rig, forMs) => gateway(rig, { refuse: 0.7 }, forMs),
  'gateway that accepts and does not answer': (rig, forMs) => gateway(rig, { hangAfterAccept: 0.3 }, forMs),
  'full disk': async (rig, forMs) => {
    rig.disk.fill()
    await sleep(forMs)
    rig.disk.free()
  },
  'clock ahead': (rig, forMs) => jump(rig, JUMP_S, forMs),
  'clock behind': (rig, forMs) => jump(rig, -JUMP_S, forMs),
}

/** What only some machines can do. */
const NEEDS: Record<string, (rig: Rig) => boolean> = {
  'full disk': (rig) => rig.disk.canFill,
  'clock ahead': (rig) => rig.clock.canJump,
  'clock behind': (rig) => rig.clock.canJump,
}

export function faultsOf(dice: Seeded, rig: Rig): Planned[] {
  const names = Object.keys(FAULTS).filter((name) => NEEDS[name]?.(rig) ?? true)
  const count = dice.between(...FAULTS_PER_ROUND)
  return Array.from({ length: count }, () => ({
    name: dice.pick(names),
    atMs: dice.between(500, WITHIN_MS),
    forMs: dice.between(1_000, 7_000),
  }))
}

export async function strike(rig: Rig, { name, atMs, forMs }: Planned): Promise<void> {
  await sleep(atMs)
  rig.losses++
  await FAULTS[name]!(rig, forMs)
}

/** Kills what a file of the home names; nothing where it is not running at this moment. */
function end(rig: Rig, file: string): void {
  try {
    const pid = Number.parseInt(readFileSync(join(rig.product.home, file), 'utf8'), 10)
    if (pid > 1) tell(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

async function stop(rig: Rig, runs: RegExp, forMs: number): Promise<void> {
  const struck = processesOf(rig.product.home).filter(({ command }) => runs.test(command))
  for (const { pid } of struck) tell(pid, 'SIGSTOP')
  await sleep(forMs)
  for (const { pid } of struck) tell(pid, 'SIGCONT')
}

async function jump(rig: Rig, seconds: number, forMs: number): Promise<void> {
  rig.clock.set(seconds)
  await sleep(forMs)
  rig.clock.set(0)
}

async function gateway(rig: Rig, faults: object, forMs: number): Promise<void> {
  await setGateway(rig, faults)
  await sleep(forMs)
  await setGateway(rig, {})
}

/** A gateway that is away forgets its faults by itself. */
async function setGateway(rig: Rig, faults: object): Promise<void> {
  try {
    const url = readFileSync(join(rig.product.home, 'sandbox-gateway.url'), 'utf8')
    const headers = { 'content-type': 'application/json' }
    await fetch(`${url}/faults`, {
      method: 'PUT',
      headers,
      body: JSON.stringify(faults),
      signal: AbortSignal.timeout(2_000),
    })
  } catch {
    await sleep(100)
  }
}
