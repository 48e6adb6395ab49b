import { setTimeout as pause } from 'node:timers/promises'
import { type Daemon, keptPort, tend } from './daemon.ts'
import { createDatabase, databaseUrlIn, postmasterOf, startPostgres, stopPostgres } from './embedded.ts'
import { homePath, logTo, publish, registerPart, stopSignal } from './home.ts'
import { migrate } from './migrate.ts'

const DATABASE = 'tidings'
const FOLDER = homePath('postgres')

/** The database of this installation: Postgres from npm, its data in the home. */
const embedded: Daemon = {
  title: 'The database',
  isUp: () => postmasterOf(FOLDER) !== undefined,
  async bringUp() {
    if (!postmasterOf(FOLDER)) {
      await startPostgres(FOLDER, await keptPort('postgres'), { log: homePath('logs', 'postgres.log') })
    }
    const { port } = postmasterOf(FOLDER)!
    await createDatabase(databaseUrlIn(FOLDER, port, 'postgres'), DATABASE)
    const url = databaseUrlIn(FOLDER, port, DATABASE)
    await migrate(url)
    publish('database-url', url)
  },
  takeDown: () => stopPostgres(FOLDER),
}

/** A database that somebody else runs is only brought to the present schema. */
async function prepare(url: string): Promise<void> {
  registerPart('database')
  const log = logTo('database')
  const stopping = stopSignal()
  for (let failures = 0; !stopping.aborted; await pause(1000)) {
    try {
      await migrate(url)
      return publish('database-url', url)
    } catch (error) {
      log.error(error)
      if (failures++ === 0)
        console.log('DATABASE_URL does not answer as it should; trying again. The reason is in logs/database.log.')
    }
  }
}

await (process.env.DATABASE_URL
  ? prepare(process.env.DATABASE_URL)
  : tend('database', embedded, ['worker', 'api', 'gateway']))
