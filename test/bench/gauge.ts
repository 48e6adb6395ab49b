import { existsSync, readdirSync, readFileSync } from 'node:fs'

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

/** Milliseconds of processor time that each part has used so far. Linux only. */
export const cpuMs = (home: string): Use =>
  summed(home, (pid) => {
    const fields = read(pid, 'stat').split(') ').at(-1)!.split(' ')
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS
  })

/** Megabytes that each part holds, what several share counted once. */
export const memoryMb = (home: string): Use =>
  summed(home, (pid) => Number(/^Pss: +(\d+)/m.exec(read(pid, 'smaps_rollup'))?.[1] ?? 0) / 1024)

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

function summed(home: string, measure: (pid: string) => number): Use {
  const use: Use = { postgres: 0, temporal: 0, worker: 0, api: 0, gateway: 0, others: 0 }
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    if (!isOf(home, pid)) continue
    const command = read(pid, 'cmdline').replaceAll('\0', ' ')
    if (command === '') continue
    const [part] = PARTS.find(([, runs]) => runs.test(command))!
    use[part] += measure(pid)
  }
  return use
}

/** By its environment; the processes of Postgres write their titles over it and are known by their parent. */
function isOf(home: string, pid: string): boolean {
  if (read(pid, 'environ').split('\0').includes(`TIDINGS_HOME=${home}`)) return true
  const postmaster = existsSync(`${home}/postgres/postmaster.pid`)
    ? readFileSync(`${home}/postgres/postmaster.pid`, 'utf8').split('\n')[0]
    : undefined
  return postmaster !== undefined && read(pid, 'stat').split(') ').at(-1)!.split(' ')[1] === postmaster
}

/** Empty for a process that ended while it was looked at. */
function read(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}
