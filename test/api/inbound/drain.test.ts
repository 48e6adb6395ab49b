import { createHmac } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import { type Drain, startDrain } from '../../../api/inbound/drain.ts'
import type { Store } from '../../../db/client.ts'
import { switchOrders } from '../../../db/workspaces.ts'
import { until } from '../../stack/until.ts'
import { ask, Log, openApi, unique } from '../client.ts'

const { app, store, call, workspaceId } = await openApi()
const SLOW_POLL_MS = 60_000

let drain: Drain | undefined
afterEach(() => drain?.close())

async function connect(statusMap = {}) {
  const { body } = await call('POST', '/v1/integrations', { kind: 'woocommerce', name: 'Shop', secret: 's', statusMap })
  const id: string = body.id
  const deliver = async (order: unknown, topic = 'order.updated') => {
    const text = typeof order === 'string' ? order : JSON.stringify(order)
    const signature = createHmac('sha256', 's').update(text).digest('base64')
    const headers = {
      'x-wc-webhook-signature': signature,
      'x-wc-webhook-topic': topic,
      'x-wc-webhook-delivery-id': unique('d'),
    }
    expect((await ask(app, 'POST', `/v1/inbound/woocommerce/${id}`, text, headers)).status).toBe(200)
  }
  const events = async () => (await call('GET', `/v1/inbound-events?integration=${id}`)).body.events.reverse()
  const outcomes = async () => (await events()).map((e: { outcome: string | null }) => e.outcome)
  const isDone = () => until(async () => !(await outcomes()).includes(null))
  return { id, deliver, events, outcomes, isDone }
}

let lastId = 1000
const anOrder = (part: Record<string, unknown> = {}) => {
  const id = ++lastId
  return {
    id,
    number: unique('woo'),
    status: 'processing',
    total: '120.00',
    currency: 'UAH',
    date_created_gmt: '2026-03-01T08:00:00',
    date_modified_gmt: '2026-03-02T09:30:15',
    billing: { first_name: 'Ольга', phone: '0671234567', country: 'UA' },
    ...part,
  }
}

it('processes what was stored before it started, and then each body as it is committed', async () => {
  const shop = await connect()
  const [before, after] = [anOrder(), anOrder({ date_paid_gmt: '2026-03-01T08:10:00' })]
  await shop.deliver(before)
  drain = startDrain(store, undefined, { pollEveryMs: SLOW_POLL_MS })
  await shop.isDone()
  await shop.deliver(after)
  await shop.isDone()
  expect(await shop.outcomes()).toEqual(['moved', 'moved'])
  const { body } = await call('GET', `/v1/orders/${after.number}`)
  expect(body).toMatchObject({
    total: '120.00',
    customer: { name: 'Ольга', phone: '+380671234567' },
    statuses: { general: { code: 'processing' }, payment: { code: 'paid' }, delivery: { code: 'not-shipped' } },
  })
})

it('applies a repeated, an older and an unreadable body as what they are', async () => {
  const shop = await connect()
  const order = anOrder({ status: 'completed', date_paid_gmt: '2026-03-02T08:10:00' })
  await shop.deliver(order)
  await shop.deliver(order)
  await shop.deliver({ ...order, status: 'cancelled', date_modified_gmt: '2026-03-01T10:00:00' })
  await shop.deliver([order])
  await shop.deliver('{broken')
  await shop.deliver({ id: order.id }, 'order.deleted')
  drain = startDrain(store, undefined, { pollEveryMs: SLOW_POLL_MS })
  await shop.isDone()
  expect(await shop.outcomes()).toEqual(['moved', 'duplicate', 'stale', 'invalid', 'invalid', 'noted'])
  const errors = (await shop.events()).map((e: { error: { code: string } | null }) => e.error?.code)
  expect(errors).toEqual([undefined, undefined, undefined, 'is_a_list', 'broken_json', undefined])
  expect((await call('GET', `/v1/orders/${order.number}`)).body.statuses.general.code).toBe('paid')
})

it('uses the map of the integration, and tells of words that it does not know', async () => {
  const shop = await connect({ packed: { delivery: 'preparing' } })
  await shop.deliver(anOrder({ status: 'packed' }))
  await shop.deliver(anOrder({ status: 'wrapped' }))
  drain = startDrain(store, undefined, { pollEveryMs: SLOW_POLL_MS })
  await shop.isDone()
  expect((await shop.events()).map((e: { error: unknown }) => e.error)).toEqual([
    null,
    { code: 'unmapped_status', detail: expect.stringContaining('wrapped') },
  ])
})

it('gives every integration its turn while one has much', async () => {
  const [busy, quiet] = [await connect(), await connect()]
  await Promise.all(Array.from({ length: 300 }, () => busy.deliver(anOrder())))
  await quiet.deliver(anOrder())
  drain = startDrain(store, undefined, { pollEveryMs: SLOW_POLL_MS })
  await quiet.isDone()
  await busy.isDone()
  const open = (await call('GET', `/v1/inbound-events?integration=${busy.id}&limit=200`)).body.events
  expect(new Set(open.map((e: { outcome: string }) => e.outcome))).toEqual(new Set(['moved']))
}, 60_000)

it('tells the log of a failure and tries again', async () => {
  const shop = await connect()
  await shop.deliver(anOrder())
  let failures = 0
  const flaky: Store = {
    ...store,
    inWorkspace: (id, work) =>
      failures++ === 0
        ? Promise.reject(Object.assign(new Error('gone'), { code: 'CONNECTION_CLOSED' }))
        : store.inWorkspace(id, work),
  }
  const log = new Log()
  drain = startDrain(flaky, log.logger, { pollEveryMs: SLOW_POLL_MS })
  await shop.isDone()
  expect(log.lines[0]).toMatchObject({ integrationId: shop.id, code: 'CONNECTION_CLOSED' })
})

it('keeps bodies until Orders are switched on, and applies them then', async () => {
  const shop = await connect()
  const turn = (on: boolean) =>
    store.inWorkspace(workspaceId, (tx) => tx.execute(`update workspaces set orders_enabled = ${on}`))
  await turn(false)
  await shop.deliver(anOrder())
  const log = new Log()
  drain = startDrain(store, log.logger, { pollEveryMs: 300 })
  await until(() => log.lines.length > 0)
  await shop.deliver(anOrder())
  await pause(700)
  // said once, however often it was tried
  expect(log.lines).toEqual([expect.objectContaining({ message: expect.stringContaining('Orders are off') })])
  expect(await shop.outcomes()).toEqual([null, null])
  await turn(true)
  await shop.isDone()
  expect(await shop.outcomes()).toEqual(['moved', 'moved'])
})

it('S1-01 takes kept bodies in as soon as Orders are switched on, without waiting for its poll', async () => {
  const shop = await connect()
  const turn = (on: boolean) => store.inWorkspace(workspaceId, (tx) => switchOrders(tx, on, 'test', Date.now()))
  await turn(false)
  await shop.deliver(anOrder())
  const log = new Log()
  drain = startDrain(store, log.logger, { pollEveryMs: SLOW_POLL_MS })
  await until(() => log.lines.length > 0)
  await turn(true)
  await shop.isDone()
  expect(await shop.outcomes()).toEqual(['moved'])
})

it('finds by its poll what no notification told', async () => {
  const shop = await connect()
  const deaf: Store = { ...store, listen: () => Promise.reject(new Error('no channel')) }
  drain = startDrain(deaf, undefined, { pollEveryMs: 300 })
  await shop.deliver(anOrder())
  await shop.isDone()
})

it('closes only when the body it holds is done', async () => {
  const shop = await connect()
  await Promise.all(Array.from({ length: 50 }, () => shop.deliver(anOrder())))
  const closing = startDrain(store, undefined)
  await closing.close()
  const before = await shop.outcomes()
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(await shop.outcomes()).toEqual(before)
})

it('runs twice without doing anything twice', async () => {
  const shop = await connect()
  const orders = Array.from({ length: 40 }, () => anOrder())
  await Promise.all(orders.map((order) => shop.deliver(order)))
  const drains = [startDrain(store, undefined), startDrain(store, undefined)]
  await shop.isDone()
  await Promise.all(drains.map((d) => d.close()))
  const { body } = await call('GET', `/v1/orders/${orders[0]!.number}`)
  expect(body.history).toHaveLength(3)
})
