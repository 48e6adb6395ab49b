import { readdirSync } from 'node:fs'
import { processesOf, readProc, statOf } from '../stack/processes.ts'

/** What the processes of an installation used, by what they are. */
export type Use = Record<Part, number>
export type Part = 'postgres' | 'temporal' | 'worker' | 'api' | 'gateway' | 'others'

/** Told apart by what they run; the first that fits. */
const PARTS: [Part, RegExp][] = [
  ['postgres', /^postgres:|\/postgres /],
  ['temporal', / server start-dev /],
  ['worker', /workflows\/worker\.ts/],
  ['api', /api\/server\.ts/],
  ['gateway', /channels\/gateway\.ts/],
  ['others', /./],
]
/** Of the operating system's clock: a tick is 10 ms. */
const TICK_MS = 10

/** Milliseconds of processor time that each part has used so far. */
export const cpuMs = (home: string): Use =>
  summed(home, (pid) => {
    const fields = statOf(pid)
    return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * TICK_MS
  })

/** Megabytes that each part holds, what several share counted once. */
export const memoryMb = (home: string): Use =>
  summed(home, (pid) => Number(/^Pss: +(\d+)/m.exec(readProc(pid, 'smaps_rollup'))?.[1] ?? 0) / 1024)

/** Files, sockets and pipes that each part holds open. */
export const handles = (home: string): Use =>
  summed(home, (pid) => {
    try {
      return readdirSync(`/proc/${pid}/fd`).length
    } catch {
      // it ended meanwhile
      return 0
    }
  })

export const minus = (after: Use, before: Use): Use =>
  Object.fromEntries(Object.entries(after).map(([part, value]) => [part, value - before[part as Part]])) as Use
export const total = (use: Use): number => Object.values(use).reduce((sum, value) => sum + value, 0)

function summed(home: string, measure: (pid: number) => number): Use {
  const use: Use = { postgres: 0, temporal: 0, worker: 0, api: 0, gateway: 0, others: 0 }
  for (const { pid, command } of processesOf(home)) {
    const [part] = PARTS.find(([, runs]) => runs.test(command))!
    use[part] += measure(pid)
  }
  return use
}
