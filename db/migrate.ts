import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as run } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { newId } from './ids.ts'

const FOLDER = fileURLToPath(new URL('./migrations', import.meta.url))
/** Any fixed number: whoever holds it migrates, others wait. */
const LOCK = 4_000_001

/** Brings the database at `url` to the present schema; safe to call from several processes at once. */
export async function migrate(url: string): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await client`select pg_advisory_lock(${LOCK})`
    await run(drizzle(client), { migrationsFolder: FOLDER })
    await client`insert into installation (id) select ${newId()} where not exists (select from installation)`
  } finally {
    await client.end({ timeout: 5 })
  }
}
