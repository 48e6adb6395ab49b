import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** A process of an installation. */
export interface Running {
  pid: number
  /** What it runs, with its arguments. */
  command: string
}

/** Every process of the installation in this home, those of its database and engine too. Linux only. */
export function processesOf(home: string): Running[] {
  const lock = `${home}/postgres/postmaster.pid`
  const postmaster = existsSync(lock) ? readFileSync(lock, 'utf8').split('\n')[0] : undefined
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && isOf(home, postmaster, name))
    .map((pid) => ({ pid: Number(pid), command: readProc(pid, 'cmdline').replaceAll('\0', ' ') }))
    .filter(({ command }) => command !== '')
}

/** By its environment; the processes of Postgres write their titles over it and are known by their parent. */
function isOf(home: string, postmaster: string | undefined, pid: string): boolean {
  if (readProc(pid, 'environ').split('\0').includes(`TIDINGS_HOME=${home}`)) return true
  return postmaster !== undefined && statOf(pid)[1] === postmaster
}

/** The fields of a process behind its name: its state, its parent, … Source: proc_pid_stat(5). */
export const statOf = (pid: number | string): string[] => readProc(pid, 'stat').split(') ').at(-1)!.split(' ')

/** Empty for a process that ended while it was looked at. */
export function readProc(pid: number | string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}
