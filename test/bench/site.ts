import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import { openStore } from '../../db/client.ts'
import { createWorkspace, formatApiKey, newApiKey } from '../../db/workspaces.ts'
import { startProduct } from '../stack/product.ts'

/** Everything that `npm start` runs, started for one benchmark, with an empty shop in it. */
export interface Site {
  home: string
  shop: Shop
  /** As the owner of the database, for looking. */
  sql: postgres.Sql
  end(): Promise<void>
}

/** A workspace, as other systems reach it. */
export interface Shop {
  id: string
  call(method: string, path: string, body?: unknown): Promise<unknown>
}

export async function openSite(env: Record<string, string> = {}): Promise<Site> {
  const product = await startProduct(env)
  const databaseUrl = readFileSync(join(product.home, 'database-url'), 'utf8')
  const sql = postgres(databaseUrl, { max: 4, onnotice: () => {} })
  await sql`create extension if not exists pg_stat_statements`
  return {
    home: product.home,
    shop: await openShop(product.url, databaseUrl),
    sql,
    async end() {
      await sql.end()
      await product.stop()
    },
  }
}

/** Makes a workspace of the preset `call-centre` and answers how to call the API in it. */
export async function openShop(url: string, databaseUrl: string): Promise<Shop> {
  const store = openStore(databaseUrl, { connectionsMax: 1 })
  const key = newApiKey()
  const wanted = { name: 'Measured', preset: 'call-centre', ordersEnabledBy: 'bench' } as const
  const id = await createWorkspace(store, wanted, key, Date.now())
  await store.close()
  const headers = { authorization: `Bearer ${formatApiKey(key)}`, 'content-type': 'application/json' }
  return {
    id,
    async call(method, path, body) {
      const sent = body === undefined ? {} : { body: JSON.stringify(body) }
      const answer = await fetch(url + path, { method, headers, ...sent })
      const said = await answer.text()
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${said.slice(0, 300)}`)
      return said === '' ? undefined : JSON.parse(said)
    },
  }
}
