import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { Client, Connection } from '@temporalio/client'
import postgres from 'postgres'
import { formatApiKey, newApiKey } from '../../db/api-keys.ts'
import { openStore } from '../../db/client.ts'
import { createWorkspace } from '../../db/new-workspace.ts'
import { startProduct } from '../stack/product.ts'

/** Everything that `npm start` runs, started for one benchmark, with an empty shop in it. */
export interface Site {
  home: string
  shop: Shop
  /** As the owner of the database, for looking. */
  sql: postgres.Sql
  /** Asks the Temporal server. */
  temporal<T>(ask: (client: Client) => Promise<T>): Promise<T>
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
  const connection = await Connection.connect({ address: readFileSync(join(product.home, 'temporal-address'), 'utf8') })
  const client = new Client({ connection })
  await sql`create extension if not exists pg_stat_statements`
  return {
    home: product.home,
    shop: await openShop(product.url, databaseUrl),
    sql,
    temporal: (ask) => ask(client),
    async end() {
      await Promise.all([sql.end(), connection.close()])
      await product.stop()
    },
  }
}

/** Makes a workspace of the preset `call-centre` and answers how to call the API in it. */
async function openShop(url: string, databaseUrl: string): Promise<Shop> {
  const store = openStore(databaseUrl, { connectionsMax: 1 })
  const key = newApiKey()
  const wanted = { name: 'Measured', preset: 'call-centre', ordersEnabledBy: 'bench' } as const
  const id = await createWorkspace(store, wanted, key, Date.now())
  await store.close()
  const authorization = `Bearer ${formatApiKey(key)}`
  return { id, call: (method, path, body) => call(new URL(path, url), method, authorization, body) }
}

/** The API takes no more for now. */
export class TooMany extends Error {
  readonly retryAfterMs: number
  constructor(retryAfterMs: number) {
    super(`429, again in ${retryAfterMs} ms`)
    this.retryAfterMs = retryAfterMs
  }
}

/** A sender as light as can be: it shares the machine with what it measures. */
const agent = new Agent({ keepAlive: true, maxSockets: 64 })

function call(url: URL, method: string, authorization: string, body: unknown): Promise<unknown> {
  const sent = body === undefined ? '' : JSON.stringify(body)
  const type = body === undefined ? {} : { 'content-type': 'application/json' }
  const headers = { authorization, ...type, 'content-length': Buffer.byteLength(sent) }
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, agent, headers })
    asked.on('error', reject)
    asked.on('response', (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part) => parts.push(part))
      answer.on('error', reject)
      answer.on('end', () => {
        const said = Buffer.concat(parts).toString()
        if (answer.statusCode! < 300) resolve(said === '' ? undefined : JSON.parse(said))
        else if (answer.statusCode === 429) reject(new TooMany(Number(answer.headers['retry-after']) * 1_000))
        else reject(new Error(`${method} ${url.pathname}: ${answer.statusCode} ${said.slice(0, 300)}`))
      })
    })
    asked.end(sent)
  })
}
