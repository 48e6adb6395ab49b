import postgres from 'postgres'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freePort } from '../../db/daemon.ts'
import { createDatabase, databaseUrlIn, postmasterOf, startPostgres, stopPostgres } from '../../db/embedded.ts'
import { commandLine, homePath } from '../../db/home.ts'

const folder = homePath('embedded')
const options = { log: homePath('logs', 'embedded.log') }
let port: number

beforeAll(async () => {
  port = await freePort()
  await startPostgres(folder, port, options)
  await createDatabase(databaseUrlIn(folder, port, 'postgres'), 'kept')
})
afterAll(() => stopPostgres(folder))

const query = async (text: string) => {
  const sql = postgres(databaseUrlIn(folder, port, 'kept'), { max: 1 })
  return sql.unsafe(text).finally(() => sql.end())
}

it('comes back on the same port with what was committed after its postmaster was killed', async () => {
  await query('create table fact as select 42 as answer')
  const { pid } = postmasterOf(folder)!
  process.kill(pid, 'SIGKILL')
  await expect.poll(() => commandLine(pid)).toBe('')
  expect(postmasterOf(folder)).toBeUndefined()
  await expect.poll(() => startPostgres(folder, port, options), { timeout: 15_000 }).toBeUndefined()
  expect(postmasterOf(folder)?.port).toBe(port)
  expect(await query('select answer from fact')).toEqual([{ answer: 42 }])
})

it('lets nobody in without the password', async () => {
  const url = new URL(databaseUrlIn(folder, port, 'kept'))
  url.password = 'wrong'
  const sql = postgres(url.href, { max: 1 })
  await expect(sql`select 1`).rejects.toThrow('password authentication failed')
  await sql.end()
})

it('sorts and folds letters of every alphabet without the help of the system', async () => {
  expect(await query(`select lower('ΩЖÉ') as text`)).toEqual([{ text: 'ωжé' }])
})
