import { sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import { rows, type Store, type Tx } from '../../db/client.ts'
import { until } from '../stack/until.ts'

const dialect = new PgDialect()

/**
 * The transaction, stopped once before its first statement that contains `word`, until `meanwhile` is done elsewhere
 * or waits for a lock that this transaction holds.
 */
export function interrupted(store: Store, tx: Tx, word: string, meanwhile: () => Promise<unknown>): Tx {
  let stopped = false
  return new Proxy(tx, {
    get(target, name) {
      if (name !== 'execute') return Reflect.get(target, name)
      return async (statement: Parameters<Tx['execute']>[0]) => {
        const text = typeof statement === 'string' ? statement : dialect.sqlToQuery(statement.getSQL()).sql
        if (!stopped && text.includes(word)) {
          stopped = true
          await doneOrBlocked(store, meanwhile())
        }
        return target.execute(statement)
      }
    },
  })
}

/** Until `work` is done or somebody in this database waits for a lock. */
export async function doneOrBlocked(store: Store, work: Promise<unknown>): Promise<void> {
  let done = false
  work.finally(() => {
    done = true
  })
  const waiting = sql`select from pg_locks where not granted and pid in (
    select pid from pg_stat_activity where datname = current_database())`
  await until(async () => done || (await rows(store.across, waiting)).length > 0)
}
