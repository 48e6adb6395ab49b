import { type SQL, sql } from 'drizzle-orm'
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { untilPublished } from './home.ts'

/** A transaction that sees one workspace. */
export type Tx = Parameters<Parameters<PostgresJsDatabase['transaction']>[0]>[0]
type Reader = Pick<PostgresJsDatabase, 'execute'>

/** The status store. Verbs take a `Tx`; nothing reads or writes tables but through one. */
export interface Store {
  /**
   * Runs `work` in one transaction that sees only this workspace.
   * Repeated when the database chose it as the victim of a deadlock, so `work` has no effects outside of it.
   */
  inWorkspace<T>(workspaceId: string, work: (tx: Tx) => Promise<T>): Promise<T>
  /** Calls a crossing: a function that may see all workspaces, and the tables that belong to none. */
  across: Reader
  /**
   * Calls `heard` with what every commit told on `channel`, and with null whenever listening begins (again): what was
   * told before is not known.
   */
  listen(channel: Channel, heard: (told: string | null) => void): Promise<() => Promise<void>>
  /** A connection apart, for a lock that lasts as long as its holder; ending it gives up what it holds, also when it hangs. */
  session(): postgres.Sql
  close(): Promise<void>
}
export type Channel = 'tidings_outbox' | 'tidings_messages' | 'tidings_inbound' | 'tidings_changes'

const ATTEMPTS_MAX = 5
const RETRIED = new Set(['40P01', '40001'])

/** Where the database is: `DATABASE_URL`, else the embedded one as soon as it is ready. */
export async function databaseUrl(): Promise<string> {
  return process.env.DATABASE_URL || (await untilPublished('database-url'))
}

/** Opens the store as the role tidings_app, which owns nothing and passes by no policy. */
export function openStore(url: string, { connectionsMax = 10 } = {}): Store {
  const options = {
    max: connectionsMax,
    onnotice: () => {},
    connect_timeout: 10,
    fetch_types: false,
    // seconds between tries of a lost connection; the driver's own wait grows to twenty
    backoff: (tries: number) => Math.min(1, 0.05 * 2 ** tries),
    // as a start-up parameter it is also what RESET ROLE comes back to
    // and in UTC a day is 24 hours, wherever the server lives
    connection: { role: 'tidings_app', application_name: 'tidings', TimeZone: 'UTC' } as Record<string, string>,
  }
  const client = preparing(postgres(url, options))
  const db = drizzle(client)
  // drizzle leaves them as Postgres writes them; set after it
  client.options.parsers[TIMESTAMPTZ] = isoOf
  return {
    inWorkspace: (workspaceId, work) =>
      retried(() =>
        db.transaction(async (tx) => {
          // not waited for: it travels with the first statement of the work, and goes before it
          const entered = enter(tx, workspaceId)
          // both are over before the transaction is: no statement of the work may come after its end
          const [entry, done] = await Promise.allSettled([entered, work(tx)])
          if (entry.status === 'rejected') throw entry.reason
          if (done.status === 'rejected') throw done.reason
          return done.value
        }),
      ),
    across: db,
    async listen(channel, heard) {
      const { unlisten } = await client.listen(channel, heard, () => heard(null))
      return unlisten
    },
    session: () => postgres(url, { ...options, max: 1 }),
    close: () => client.end({ timeout: 5 }),
  }
}

/** Stands in a statement of which there are many that differ in their text: each would be kept by every connection. */
export const ONCE = sql.raw('/* once */')

/**
 * Has statements prepared, once a connection. Drizzle asks for none, so each would be read and planned anew for every
 * execution, and take two trips to the database instead of one.
 */
function preparing<S extends postgres.Sql | postgres.TransactionSql>(asked: S): S {
  const { unsafe } = asked
  asked.unsafe = (text, parameters, options) =>
    unsafe(text, parameters, { ...options, prepare: !text.includes('/* once */') })
  if ('begin' in asked) {
    const begin = asked.begin.bind(asked)
    asked.begin = ((work: (tx: postgres.TransactionSql) => Promise<unknown>) =>
      begin((tx) => work(preparing(tx)))) as never
  }
  return asked
}

/** Lets a transaction see this workspace, and no other, from here on. */
export async function enter(tx: Tx, workspaceId: string): Promise<void> {
  await tx.execute(sql`select set_config('tidings.workspace', ${workspaceId}, true)`).execute()
}

const TIMESTAMPTZ = 1184
/** An instant as ISO 8601 in UTC, as answers show it; one that JavaScript cannot hold stays as Postgres wrote it. */
function isoOf(written: string): string {
  const at = new Date(written)
  return Number.isNaN(at.getTime()) ? written : at.toISOString()
}

async function retried<T>(attempt: () => Promise<T>): Promise<T> {
  for (let n = 1; ; n++) {
    try {
      return await attempt()
    } catch (error) {
      if (n >= ATTEMPTS_MAX || !RETRIED.has(sqlState(error) ?? '')) throw error
    }
  }
}

/** The five-letter SQLSTATE of a database error, however deep it is wrapped; undefined for other errors. */
export function sqlState(error: unknown): string | undefined {
  for (let e = error; e instanceof Error; e = e.cause) {
    if ('code' in e && typeof e.code === 'string') return e.code
  }
  return undefined
}

/** The rows of a statement; the caller knows their shape from the statement. */
export async function rows<Row extends object>(tx: Reader, statement: SQL): Promise<Row[]> {
  return [...(await tx.execute(statement))] as unknown[] as Row[]
}

/** A list as one parameter, to be opened by `jsonb_to_recordset`. */
export const asJson = (list: unknown): SQL => sql`${JSON.stringify(list)}::jsonb`

type Cell = string | number | boolean | null | undefined

/**
 * A list as one parameter a column, to be opened by `unnest`: a third of the bytes of `asJson`, for what is written
 * thousands of times a second. `columns` names each one's type of an element.
 */
export function asColumns<Row>(
  list: readonly Row[],
  columns: Record<string, [type: string, cell: (row: Row) => Cell]>,
): SQL {
  const arrays = Object.values(columns).map(([type, cell]) => {
    const literal = `{${list.map((row) => literalOf(cell(row))).join(',')}}`
    return sql`${literal}::${sql.raw(type)}[]`
  })
  return sql`unnest(${sql.join(arrays, sql`, `)}) as c(${sql.raw(Object.keys(columns).join(', '))})`
}

/** An element of an array as Postgres reads it. */
function literalOf(cell: Cell): string {
  if (cell == null) return 'NULL'
  return typeof cell === 'string' ? `"${cell.replace(/["\\]/g, '\\$&')}"` : `${cell}`
}

/** A list of ids as one parameter. */
export const asIds = (ids: readonly string[]): SQL => sql`${`{${ids.join(',')}}`}::uuid[]`

/** A list of texts as one parameter. */
export const asTexts = (texts: readonly string[]): SQL =>
  sql`array(select jsonb_array_elements_text(${JSON.stringify(texts)}::jsonb))`

/** A text as a part of a `like` pattern that matches its own signs literally. */
export const literally = (text: string): string => text.replace(/[\\%_]/g, '\\$&')

/** An instant as a parameter. */
export const asTime = (ms: number): SQL => sql`${new Date(ms).toISOString()}::timestamptz`

/** A column of time as epoch ms. */
export const ms = (column: SQL): SQL => sql`(extract(epoch from ${column}) * 1000)::float8`

/** A column of time as ISO 8601 in UTC, for places where it becomes a part of JSON. */
export const iso = (column: SQL): SQL => sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
