import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, it, vi } from 'vitest'
import { openStore } from '../../db/client.ts'
import { ensureFirstWorkspace } from '../../db/first-workspace.ts'
import { authenticate, listWorkspaces, parseApiKey } from '../../db/workspaces.ts'
import { freshDatabase } from '../stack/postgres.ts'

const open: { close(): Promise<void> }[] = []
afterAll(() => Promise.all(open.map((store) => store.close())))
let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'tidings-first-'))
  vi.stubEnv('TIDINGS_HOME', home)
  return () => rmSync(home, { recursive: true, force: true })
})

async function aStore() {
  const store = openStore(await freshDatabase())
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

it('leaves Orders off where it is for no demo (S1-01)', async () => {
  const store = await aStore()
  await ensureFirstWorkspace(store, { ...demo, demo: false })
  expect((await listWorkspaces(store))[0]!.orders_enabled).toBe(false)
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
