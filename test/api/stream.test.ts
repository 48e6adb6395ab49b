import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import postgres from 'postgres'
import { expect, it, onTestFinished } from 'vitest'
import { createApp } from '../../api/app.ts'
import { openStore } from '../../db/client.ts'
import { TOPICS } from '../../db/model/changes.ts'
import { addSignInLink, signIn } from '../../db/sessions.ts'
import { switchOrders } from '../../db/workspaces.ts'
import { freshDatabase } from '../stack/postgres.ts'
import { until } from '../stack/until.ts'
import { addWorkspace, anEvent } from './client.ts'

const url = await freshDatabase()

/** An app behind a socket; it stops after the test. */
async function startServer(limits: { beatEveryMs?: number } = {}) {
  const store = openStore(url)
  const stopping = new AbortController()
  const app = createApp({ store, limits, stopping: stopping.signal })
  const server = createAdaptorServer({ fetch: app.fetch }) as Server
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  onTestFinished(async () => {
    stopping.abort()
    server.closeAllConnections()
    server.close()
    await store.close()
  })
  return { store, app, server, port, stopping, base: `http://127.0.0.1:${port}` }
}
type Started = Awaited<ReturnType<typeof startServer>>

interface Told {
  event: string
  topics: string[]
  atMs: number
}

/** What a page hears; it goes on in the background. */
async function listen({ base }: Started, headers: Record<string, string>) {
  const leaving = new AbortController()
  onTestFinished(() => leaving.abort())
  const response = await fetch(`${base}/v1/stream`, { headers, signal: leaving.signal })
  const told: Told[] = []
  let text = ''
  const ended = (async () => {
    for await (const bytes of response.body ?? []) {
      text += new TextDecoder().decode(bytes)
      for (const end = () => text.indexOf('\n\n'); end() >= 0; text = text.slice(end() + 2)) {
        const [, event, data] = /^event: (\w+)\ndata: (.*)$/.exec(text.slice(0, end())) ?? []
        told.push({ event: event ?? 'beat', topics: (data && JSON.parse(data).topics) || [], atMs: performance.now() })
      }
    }
  })().catch(() => {})
  const heard = (event: string) => until(() => told.find((t) => t.event === event))
  if (response.ok) await heard('hello')
  return { status: response.status, headers: response.headers, told, heard, ended, leave: () => leaving.abort() }
}

const bearer = (key: string) => ({ authorization: `Bearer ${key}` })
const topicsOf = (told: Told[]) => [...new Set(told.flatMap((t) => t.topics))].sort()

it('S1-02 tells the pages of a workspace that its Orders were switched, and nothing when they stand so already', async () => {
  const started = await startServer()
  const [ours, theirs] = [
    await addWorkspace(started.store, started.app, null),
    await addWorkspace(started.store, started.app, null),
  ]
  const [page, other] = await Promise.all([ours, theirs].map(({ key }) => listen(started, bearer(key))))
  const turn = (workspaceId: string, on: boolean) =>
    started.store.inWorkspace(workspaceId, (tx) => switchOrders(tx, on, 'operator', Date.now()))
  await turn(theirs.workspaceId, false)
  await turn(ours.workspaceId, true)
  await page!.heard('change')
  expect(topicsOf(page!.told)).toEqual(['workspace'])
  expect(topicsOf(other!.told)).toEqual([])
})

it('tells the pages of a workspace that its orders changed, and those of no other', async () => {
  const started = await startServer()
  const [ours, theirs] = [
    await addWorkspace(started.store, started.app),
    await addWorkspace(started.store, started.app),
  ]
  const [page, second, other] = await Promise.all([ours, ours, theirs].map(({ key }) => listen(started, bearer(key))))
  expect(page!.headers.get('content-type')).toBe('text/event-stream')
  await ours.call('POST', '/v1/events', anEvent({ order: { number: 'one' } }))
  await page!.heard('change')
  await second!.heard('change')
  expect(topicsOf(page!.told)).toEqual(['orders'])
  page!.told.length = 0
  await ours.call('PUT', '/v1/orders/one/status', { type: 'general', code: 'paid' })
  await page!.heard('change')
  expect(topicsOf(page!.told)).toEqual(['orders'])
  await theirs.call('POST', '/v1/statuses', { type: 'general', name: 'New', code: 'new', group: 'sent' })
  await other!.heard('change')
  expect(topicsOf(other!.told)).toEqual(['statuses'])
})

it('gathers what changes: at most one event in 250 ms, with each topic once', async () => {
  const started = await startServer()
  const { key, call } = await addWorkspace(started.store, started.app)
  const page = await listen(started, bearer(key))
  for (let i = 0; i < 30; i++) await call('POST', '/v1/events', anEvent())
  await call('POST', '/v1/statuses', { type: 'general', name: 'New', code: 'new', group: 'sent' })
  await until(() => topicsOf(page.told).includes('statuses'))
  const changes = page.told.filter((t) => t.event === 'change')
  expect(changes.length).toBeLessThan(10)
  // a timer may ring a millisecond early
  for (const [i, { atMs, topics }] of changes.entries()) {
    expect(new Set(topics).size).toBe(topics.length)
    if (i > 0) expect(atMs - changes[i - 1]!.atMs).toBeGreaterThan(230)
  }
})

it('holds one connection to the database for all pages', async () => {
  const started = await startServer()
  const { key } = await addWorkspace(started.store, started.app)
  const listeners = () =>
    owner`select from pg_stat_activity where datname = current_database() and query ilike 'listen%tidings_changes%'`
  const owner = postgres(url, { max: 1, onnotice: () => {} })
  onTestFinished(() => owner.end())
  const before = (await listeners()).length
  await Promise.all(Array.from({ length: 8 }, () => listen(started, bearer(key))))
  expect((await listeners()).length).toBe(before + 1)
})

it('says that anything may have changed once the database was away and is back', async () => {
  const started = await startServer()
  const { key, call } = await addWorkspace(started.store, started.app)
  const page = await listen(started, bearer(key))
  const owner = postgres(url, { max: 1, onnotice: () => {} })
  onTestFinished(() => owner.end())
  await owner`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`
  await page.heard('change')
  expect(topicsOf(page.told)).toEqual([...TOPICS].sort())
  page.told.length = 0
  await until(async () => (await call('POST', '/v1/events', anEvent())).status === 202)
  await page.heard('change')
})

it('ends at the next sign of life after its browser signed out, and stays open else', async () => {
  const started = await startServer({ beatEveryMs: 100 })
  const { workspaceId } = await addWorkspace(started.store, started.app)
  const inWorkspace = <T>(work: Parameters<typeof started.store.inWorkspace<T>>[1]) =>
    started.store.inWorkspace(workspaceId, work)
  const browser = async () => {
    const link = await inWorkspace((tx) => addSignInLink(tx, Date.now()))
    return { cookie: `tidings_session=${await signIn(started.store, link, Date.now())}` }
  }
  const [out, stays] = [await browser(), await browser()]
  const [page, other] = [await listen(started, out), await listen(started, stays)]
  await page.heard('beat')
  await fetch(`${started.base}/v1/session`, { method: 'DELETE', headers: { ...out, 'sec-fetch-site': 'same-origin' } })
  await page.ended
  other.told.length = 0
  await other.heard('beat')
})

it('is refused without key or session, and to more pages than a workspace may have; one that leaves makes room', async () => {
  const started = await startServer()
  expect((await listen(started, {})).status).toBe(401)
  const [ours, theirs] = [
    await addWorkspace(started.store, started.app),
    await addWorkspace(started.store, started.app),
  ]
  const pages = await Promise.all(Array.from({ length: 100 }, () => listen(started, bearer(ours.key))))
  expect(pages.map((p) => p.status)).toEqual(pages.map(() => 200))
  const refused = await fetch(`${started.base}/v1/stream`, { headers: bearer(ours.key) })
  expect([refused.status, (await refused.json()).code]).toEqual([429, 'too_many_pages'])
  expect((await listen(started, bearer(theirs.key))).status).toBe(200)
  pages[0]!.leave()
  await until(async () => (await listen(started, bearer(ours.key))).status === 200)
})

it('ends at once when the server stops', async () => {
  const started = await startServer()
  const { key } = await addWorkspace(started.store, started.app)
  const page = await listen(started, bearer(key))
  const closed = once(started.server, 'close')
  started.server.close()
  started.stopping.abort()
  await page.ended
  started.server.closeIdleConnections()
  await closed
})

it('gives up a page that takes nothing of what it is told, and closes its connection', async () => {
  const started = await startServer({ beatEveryMs: 100 })
  const { key } = await addWorkspace(started.store, started.app)
  let closed = 0
  const env = { outgoing: { destroy: () => closed++ } }
  const unread = await Promise.all(
    Array.from({ length: 100 }, () => started.app.request('/v1/stream', { headers: bearer(key) }, env)),
  )
  expect(unread.map((r) => r.status)).toEqual(unread.map(() => 200))
  expect((await started.app.request('/v1/stream', { headers: bearer(key) }, env)).status).toBe(429)
  await until(() => closed === 100)
  expect((await listen(started, bearer(key))).status).toBe(200)
})
