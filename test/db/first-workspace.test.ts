import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, beforeEach, expect, it, vi } from 'vitest'
import { authenticate, parseApiKey } from '../../db/api-keys.ts'
import { openStore, rows, type Store } from '../../db/client.ts'
import { ensureFirstWorkspace } from '../../db/first-workspace.ts'
import { listWorkspaces } from '../../db/workspaces.ts'
import { freshDatabase } from '../stack/postgres.ts'

const open: { close(): Promise<void> }[] = []
afterAll(() => Promise.all(open.map((store) => store.close())))
let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'tidings-first-'))
  vi.stubEnv('TIDINGS_HOME', home)
  return () => rmSync(home, { recursive: true, force: true })
})

const aStore = async () => storeAt(await freshDatabase())
function storeAt(url: string): Store {
  const store = openStore(url)
  open.push(store)
  return store
}
const demo = { demo: true, nowMs: 1_750_000_000_000 }
const keyFile = () => join(home, 'api-key')
const keyInFile = () => parseApiKey(readFileSync(keyFile(), 'utf8'))!

it('makes one workspace whose key lies in the home, readable by its owner only', async () => {
  const store = await aStore()
  await ensureFirstWorkspace(store, demo)
  const [workspace] = await listWorkspaces(store)
  expect(workspace).toMatchObject({ preset: 'call-centre', orders_enabled: true })
  expect(await authenticate(store, keyInFile())).toMatchObject({ workspaceId: workspace!.id })
  expect(statSync(keyFile()).mode & 0o777).toBe(0o600)
})

/** How many orders and campaigns the only workspace has. */
async function contentsOf(store: Store) {
  const [workspace] = await listWorkspaces(store)
  return store.inWorkspace(workspace!.id, async (tx) => {
    const [found] = await rows<{ orders: number; campaigns: number }>(
      tx,
      sql`select (select count(*)::int from orders) as orders, (select count(*)::int from campaigns) as campaigns`,
    )
    return { name: workspace!.name, ...found }
  })
}

it('makes a demo shop with fifty orders and two campaigns', async () => {
  const store = await aStore()
  await ensureFirstWorkspace(store, demo)
  expect(await contentsOf(store)).toEqual({ name: 'Demo shop', orders: 50, campaigns: 2 })
})

it('leaves Orders off and the workspace empty where it is for no demo (S1-01)', async () => {
  const store = await aStore()
  await ensureFirstWorkspace(store, { ...demo, demo: false })
  expect((await listWorkspaces(store))[0]!.orders_enabled).toBe(false)
  expect(await contentsOf(store)).toEqual({ name: 'My shop', orders: 0, campaigns: 0 })
})

it('makes the workspace with all that is in it, or not at all, where its connection is lost in between', async () => {
  const url = await freshDatabase()
  const store = storeAt(url)
  const owner = postgres(url, { max: 1, onnotice: () => {} })
  await owner`create function kill() returns trigger language plpgsql
    as $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$`
  await owner`create trigger kill after insert on campaigns for each statement execute function kill()`
  await owner`grant execute on function pg_terminate_backend to tidings_app`
  await expect(ensureFirstWorkspace(store, demo)).rejects.toThrow()
  expect(await listWorkspaces(store)).toEqual([])
  await owner`drop trigger kill on campaigns`
  await owner.end()
  await ensureFirstWorkspace(store, demo)
  await ensureFirstWorkspace(store, demo)
  expect(await contentsOf(store)).toEqual({ name: 'Demo shop', orders: 50, campaigns: 2 })
  expect(await authenticate(store, keyInFile())).not.toBeNull()
})

it('makes one only, also when processes ask at once', async () => {
  const store = await aStore()
  await Promise.all(Array.from({ length: 6 }, () => ensureFirstWorkspace(store, demo)))
  await ensureFirstWorkspace(store, demo)
  expect(await listWorkspaces(store)).toHaveLength(1)
  expect(await authenticate(store, keyInFile())).not.toBeNull()
})

it('goes on with the key that a killed process left behind', async () => {
  await ensureFirstWorkspace(await aStore(), demo)
  const left = readFileSync(keyFile(), 'utf8')
  const store = await aStore()
  await ensureFirstWorkspace(store, demo)
  expect(readFileSync(keyFile(), 'utf8')).toBe(left)
  expect(await authenticate(store, keyInFile())).not.toBeNull()
})

it('makes a new key where the file holds none', async () => {
  writeFileSync(keyFile(), 'half a k')
  const store = await aStore()
  await ensureFirstWorkspace(store, demo)
  expect(await authenticate(store, keyInFile())).not.toBeNull()
})
