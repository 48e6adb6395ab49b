import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { createApp } from '../../api/app.ts'
import { openStore, rows } from '../../db/client.ts'
import { noteHandOvers } from '../../db/hand-over-counts.ts'
import { openApi } from './client.ts'
import { textOrders } from './messages.ts'

const { app, store, call, workspaceId } = await openApi()
const read = async (of = app, headers = {}) => {
  const answer = await of.request('/metrics', { headers })
  return { status: answer.status, text: await answer.text() }
}
const figureIn = (text: string, name: string) =>
  Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${name} `))
      ?.split(' ')[1],
  )

it('counts what is under way in all workspaces, and how long requests took by route, without a name or a number of anybody', async () => {
  await textOrders(call, store, workspaceId, ['+380671000001', '+380671000002'])
  const [channel] = await store.inWorkspace(workspaceId, (tx) => rows<{ id: string }>(tx, sql`select id from channels`))
  const word = { ...channel!, handed: 2, failed: 1, failing: true, reason: 'connect ECONNREFUSED' }
  await noteHandOvers(store, [{ ...word, handed: 0, failed: 0 }], Date.now() - 60_000)
  await noteHandOvers(store, [word], Date.now())
  const order = { number: 'M-1', customer: { phone: '+380671000003' } }
  const data = { order, type: 'general', status: 'processing' }
  await call('POST', '/v1/events', { specversion: '1.0', id: '1', source: 's', type: 'order.status_changed', data })
  await call('GET', '/v1/orders/T-secret')
  const { status, text } = await read()
  expect(status).toBe(200)
  expect(figureIn(text, 'tidings_changes_waiting')).toBeGreaterThan(0)
  expect(figureIn(text, 'tidings_texts{state="queued"}')).toBe(2)
  expect(figureIn(text, 'tidings_database_up')).toBe(1)
  for (const within of ['minute', 'hour']) {
    expect(figureIn(text, `tidings_changes_recent{within="${within}"}`)).toBe(6)
    expect(figureIn(text, `tidings_texts_handed_recent{within="${within}"}`)).toBe(2)
    expect(figureIn(text, `tidings_texts_failed_recent{within="${within}"}`)).toBe(1)
  }
  expect(figureIn(text, 'tidings_channels_failing')).toBe(1)
  expect(figureIn(text, 'tidings_channels_failing_seconds')).toBeGreaterThanOrEqual(59)
  expect(text).toContain('tidings_http_request_seconds_count{method="GET",route="/v1/orders/:number",status="404"} 1')
  for (const secret of ['T-secret', '38067', workspaceId]) expect(text).not.toContain(secret)
})

it('is for a watcher on this machine: what a proxy passes on finds nothing there', async () => {
  expect((await read(app, { 'x-forwarded-for': '203.0.113.9' })).status).toBe(404)
})

it('says that the database is away instead of failing', async () => {
  const away = openStore('postgres://nobody@127.0.0.1:1/none')
  const { status, text } = await read(createApp({ store: away }))
  expect([status, figureIn(text, 'tidings_database_up')]).toEqual([200, 0])
  await away.close()
})
