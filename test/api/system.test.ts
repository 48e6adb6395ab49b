import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { rows } from '../../db/client.ts'
import { noteHandOvers } from '../../db/hand-over-counts.ts'
import { beat } from '../../db/installation.ts'
import { takeBatch } from '../../db/outbox.ts'
import { addWorkspace, anEvent, openApi } from './client.ts'
import { textOrders } from './messages.ts'

const { store, app, call, workspaceId } = await openApi()
let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'tidings-system-'))
  vi.stubEnv('TIDINGS_HOME', home)
  return () => {
    vi.unstubAllEnvs()
    rmSync(home, { recursive: true, force: true })
  }
})

async function gatewayAt(answer: Parameters<typeof createServer>[1]): Promise<void> {
  const server = createServer(answer)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  writeFileSync(join(home, 'sandbox-gateway.url'), `http://127.0.0.1:${(server.address() as AddressInfo).port}\n`)
}
const stateIn = (body: { parts: { name: string; state: string }[] }, part: string) =>
  body.parts.find(({ name }) => name === part)!.state
const stateOf = async (part: string) => stateIn((await call('GET', '/v1/system')).body, part)

it('tells what is connected, what is under way and what is stuck', async () => {
  const nowMs = Date.now()
  await beat(store, { id: crypto.randomUUID(), seenMs: nowMs, engineMs: nowMs })
  await call('POST', '/v1/events', anEvent())
  const { status, body } = await call('GET', '/v1/system')
  expect(status).toBe(200)
  expect(body).toMatchObject({
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    channel: { kind: 'sandbox' },
    work: { outboxWaiting: 3, batchesOpen: 0, textsQueued: 0, inboundWaiting: 0 },
    lag: { changesMs: expect.any(Number), textsMs: null, deadlinesMs: null },
    rates: { changes: { lastMinute: 0, lastHour: 0 }, textsHanded: { lastMinute: 0 }, textsFailed: { lastMinute: 0 } },
    stuck: [],
  })
  expect(body.parts.map(({ name, state }: { name: string; state: string }) => `${name} ${state}`)).toEqual([
    'database up',
    'engine up',
    'worker up',
    'gateway down',
  ])
})

it('says that the gateway is up when it answers, whatever it answers, and down when it does not within a second', async () => {
  expect(await stateOf('gateway')).toBe('down')
  await gatewayAt((_, response) => response.writeHead(404).end())
  expect(await stateOf('gateway')).toBe('up')
  await gatewayAt(() => {})
  const startedMs = performance.now()
  expect(await stateOf('gateway')).toBe('down')
  expect(performance.now() - startedMs).toBeLessThan(2_000)
})

/** What the workers say of the channel in use. */
async function say(workspaceId: string, failing: boolean, atMs: number): Promise<void> {
  const { id } = await store.inWorkspace(workspaceId, async (tx) => {
    const [channel] = await rows<{ id: string }>(tx, sql`select id from channels where in_use`)
    return channel!
  })
  const reason = failing ? 'connect ECONNREFUSED 127.0.0.1:13013' : null
  await noteHandOvers(store, [{ id, handed: 0, failed: 0, failing, reason }], atMs)
}

describe('what was put aside', () => {
  it('goes on when it is told to, once', async () => {
    const { call, workspaceId } = await addWorkspace(store, app)
    // else nothing can come of the batch, and it is done at once
    await call('PATCH', '/v1/statuses/general/accepted', { autoSms: { template: 'x', always: true } })
    await call('POST', '/v1/events', anEvent())
    const { id } = (await takeBatch(store, workspaceId, 500, Date.now()))!
    await store.inWorkspace(workspaceId, (tx) => tx.execute(sql`update batches set failed_at = now(), error = 'x'`))
    const stuck = async () => (await call('GET', '/v1/system')).body.stuck
    expect(await stuck()).toMatchObject([{ kind: 'batch', id, error: 'x' }])
    expect((await call('POST', `/v1/system/stuck/batch/${id}/retry`)).status).toBe(204)
    expect(await stuck()).toEqual([])
    const again = await call('POST', `/v1/system/stuck/batch/${id}/retry`)
    expect(again).toMatchObject({ status: 404, body: { code: 'not_stuck' } })
  })

  it('is a batch or a cohort: a text in doubt is not sent again', async () => {
    for (const kind of ['text', 'gateway', 'place'])
      expect((await call('POST', `/v1/system/stuck/${kind}/${crypto.randomUUID()}/retry`)).status).toBe(422)
    expect((await call('POST', '/v1/system/stuck/cohort/1/retry')).status).toBe(422)
  })
})

it('tells why the gateway is known to be away and since when, and that texts wait for it, after a minute', async () => {
  const { call, workspaceId } = await addWorkspace(store, app)
  const stateOf = async (part: string) => stateIn((await call('GET', '/v1/system')).body, part)
  await store.inWorkspace(workspaceId, (tx) => tx.execute(sql`update channels set kind = 'kannel'`))
  await textOrders(call, store, workspaceId, ['+380671000001'])
  const sinceMs = Date.now() - 120_000
  await say(workspaceId, true, sinceMs)
  const { body } = await call('GET', '/v1/system')
  const reason = 'connect ECONNREFUSED 127.0.0.1:13013'
  const since = new Date(sinceMs).toISOString()
  expect(body.parts.at(-1)).toEqual({ name: 'gateway', state: 'down', detail: reason, since })
  expect(body.stuck).toMatchObject([{ kind: 'gateway', channel: 'kannel', error: reason, since }])
  expect(body.lag.textsMs).toBeGreaterThanOrEqual(0)
  await say(workspaceId, false, Date.now())
  expect(await stateOf('gateway')).toBe('up')
  expect((await call('GET', '/v1/system')).body.stuck).toEqual([])
  await call('PUT', '/v1/channels/kannel', { url: 'http://other.example/', username: 'u', password: 'p', from: 'Shop' })
  expect(await stateOf('gateway')).toBe('unknown')
})

it('does not claim to know a gateway that it cannot ask', async () => {
  await store.inWorkspace(workspaceId, (tx) => tx.execute(`update channels set kind = 'kannel'`))
  expect((await call('GET', '/v1/system')).body.channel).toEqual({ kind: 'kannel' })
  expect(await stateOf('gateway')).toBe('unknown')
})
