import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { openStore, rows, type Store } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { freshDatabase } from '../stack/postgres.ts'
import { proxyTo } from '../stack/proxy.ts'
import { until } from '../stack/until.ts'

let url: string
let store: Store
beforeAll(async () => {
  url = await freshDatabase()
  store = openStore(url, { connectionsMax: 5 })
})
afterAll(() => store.close())

describe('the store', () => {
  it('goes on after every one of its connections was cut in the middle of its work, again and again', async () => {
    const owner = postgres(url, { max: 1, onnotice: () => {} })
    const ask = () => store.inWorkspace(newId(), (tx) => rows<{ n: number }>(tx, sql`select 1 as n`))
    for (let round = 0; round < 20; round++) {
      const asked = Promise.allSettled(Array.from({ length: 50 }, ask))
      await owner`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`
      await asked
    }
    await owner.end()
    const answers = await Promise.all(Array.from({ length: 50 }, ask))
    expect(answers.every(([row]) => row?.n === 1)).toBe(true)
  })

  it('runs a transaction again that lost a deadlock, and the other one is not disturbed', async () => {
    const owner = postgres(url, { max: 1, onnotice: () => {} })
    await owner`create table two (id int primary key, n int)`
    await owner`insert into two values (1, 0), (2, 0)`
    await owner`grant all on two to tidings_app`
    let met = 0
    const add = (first: number, second: number) =>
      store.inWorkspace(newId(), async (tx) => {
        await tx.execute(sql`update two set n = n + 1 where id = ${first}`)
        met++
        await until(() => met >= 2)
        await tx.execute(sql`update two set n = n + 1 where id = ${second}`)
      })
    await Promise.all([add(1, 2), add(2, 1)])
    expect(await owner`select n from two`.then((r) => r.map((x) => x.n))).toEqual([2, 2])
    await owner.end()
  })

  it('hands on what was told, and says with null that listening began, also again after the database was away', async () => {
    const owner = postgres(url, { max: 1, onnotice: () => {} })
    const proxy = await proxyTo(url)
    await proxy.open()
    const away = openStore(proxy.url, { connectionsMax: 2 })
    onTestFinished(async () => {
      await away.close()
      await owner.end()
    })
    const heard: (string | null)[] = []
    await away.listen('tidings_changes', (told) => heard.push(told))
    await owner`select pg_notify('tidings_changes', 'one')`
    await until(() => heard.length === 2)
    expect(heard).toEqual([null, 'one'])
    proxy.close()
    await pause(2_500)
    await proxy.open()
    await until(() => heard.length === 3)
    await owner`select pg_notify('tidings_changes', 'two')`
    await until(() => heard.length === 4)
    expect(heard).toEqual([null, 'one', null, 'two'])
  })
})
