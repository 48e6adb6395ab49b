import { randomUUID } from 'node:crypto'
import { inject } from 'vitest'
import type { TestProject } from 'vitest/node'
import { freePort } from '../../db/daemon.ts'
import { createDatabase, databaseUrlIn, postmasterOf, startPostgres } from '../../db/embedded.ts'
import { homePath } from '../../db/home.ts'
import { migrate } from '../../db/migrate.ts'
import { startOnce } from './once.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of the database from which those of the test files are made. */
    templateUrl: string
  }
}

/** What is lost with the power is of no use after a test run. */
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' }
const TEMPLATE = 'migrated'

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { address, release } = await startOnce('postgres', async () => {
    const folder = homePath('postgres')
    await startPostgres(folder, await freePort(), { log: homePath('logs', 'postgres.log'), settings: FAST })
    const { port } = postmasterOf(folder)!
    const url = databaseUrlIn(folder, port, TEMPLATE)
    await createDatabase(databaseUrlIn(folder, port, 'postgres'), TEMPLATE)
    await migrate(url)
    return url
  })
  project.provide('templateUrl', address)
  return release
}

/** The address of a new database with the present schema and no rows, for one test file. */
export async function freshDatabase(): Promise<string> {
  const url = new URL(inject('templateUrl'))
  const name = `test_${randomUUID()}`
  url.pathname = 'postgres'
  await createDatabase(url.href, name, TEMPLATE)
  url.pathname = name
  return url.href
}
