import { expect, it } from 'vitest'
import { createApp } from '../../api/app.ts'
import { openStore } from '../../db/client.ts'
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
  const order = { number: 'M-1', customer: { phone: '+380671000003' } }
  const data = { order, type: 'general', status: 'processing' }
  await call('POST', '/v1/events', { specversion: '1.0', id: '1', source: 's', type: 'order.status_changed', data })
  await call('GET', '/v1/orders/T-secret')
  const { status, text } = await read()
  expect(status).toBe(200)
  expect(figureIn(text, 'tidings_changes_waiting')).toBeGreaterThan(0)
  expect(figureIn(text, 'tidings_texts{state="queued"}')).toBe(2)
  expect(figureIn(text, 'tidings_database_up')).toBe(1)
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
