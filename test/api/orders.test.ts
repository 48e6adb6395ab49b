import { describe, expect, it } from 'vitest'
import { addWorkspace, anEvent, openApi, unique } from './client.ts'

const { app, store, call, workspaceId, key } = await openApi()
const keyId = key.replace(/^td_(.{8})(.{4})(.{4})(.{4})(.{12})_.*/, '$1-$2-$3-$4-$5')

async function anOrder(order: Record<string, unknown> = {}): Promise<string> {
  const event = anEvent({ order: { number: unique('order'), ...order }, status: 'processing' })
  expect((await call('POST', '/v1/events', event)).status).toBe(202)
  return event.data.order.number
}
const put = (number: string, body: unknown) => call('PUT', `/v1/orders/${encodeURIComponent(number)}/status`, body)
const get = async (number: string) => (await call('GET', `/v1/orders/${number}`)).body

describe('setting a status by its code (S1-13)', () => {
  it('moves the order and notes the key as who did it', async () => {
    const number = await anOrder()
    expect(await put(number, { type: 'delivery', code: 'shipped' })).toMatchObject({
      status: 200,
      body: { outcome: 'moved', order: number },
    })
    const { statuses, history } = await get(number)
    expect(statuses.delivery).toMatchObject({ code: 'shipped', name: 'Shipped', seq: 2 })
    expect(history.at(-1)).toMatchObject({
      type: 'delivery',
      seq: 2,
      from: 'not-shipped',
      to: 'shipped',
      actor: { kind: 'key', id: keyId, name: 'first' },
    })
  })

  it('moves each of the three types on its own', async () => {
    const number = await anOrder()
    for (const [type, code] of [
      ['general', 'accepted'],
      ['delivery', 'delivered'],
      ['payment', 'paid'],
    ] as const)
      expect((await put(number, { type, code })).body.outcome).toBe('moved')
    const { statuses } = await get(number)
    expect([statuses.general.code, statuses.delivery.code, statuses.payment.code]).toEqual([
      'accepted',
      'delivered',
      'paid',
    ])
  })

  it('to the same status is a noop: no history row, no event for campaigns (C10)', async () => {
    const number = await anOrder()
    await put(number, { type: 'general', code: 'sent' })
    const before = await get(number)
    expect((await put(number, { type: 'general', code: 'sent' })).body.outcome).toBe('noop')
    expect(await get(number)).toEqual(before)
  })

  it('silently marks the change, so that nobody is told', async () => {
    const number = await anOrder()
    await put(number, { type: 'general', code: 'sent', silent: true })
    const [row] = await store.inWorkspace(workspaceId, async (tx) => [
      ...(await tx.execute<{
        silent: boolean
      }>(`select silent from order_status_changes h join orders o on o.id = h.order_id
        where o.number = '${number}' and axis = 'general' and h.seq = 2`)),
    ])
    expect(row?.silent).toBe(true)
  })

  it.each([
    ['an unknown order', 'none', { type: 'general', code: 'sent' }, 404, 'unknown_order'],
    ['an unknown code', undefined, { type: 'general', code: 'nope' }, 404, 'unknown_status'],
    ['the code of another type', undefined, { type: 'payment', code: 'sent' }, 404, 'unknown_status'],
    ['an unknown type', undefined, { type: 'colour', code: 'sent' }, 422, 'invalid_request'],
    ['no code', undefined, { type: 'general' }, 422, 'invalid_request'],
    [
      'a silence that is no boolean',
      undefined,
      { type: 'general', code: 'sent', silent: 'yes' },
      422,
      'invalid_request',
    ],
  ])('refuses %s', async (_, number, body, status, code) => {
    const answer = await put(number ?? (await anOrder()), body)
    expect([answer.status, answer.body.code]).toEqual([status, code])
  })

  it('of an archived order answers 409 and keeps the refusal on its timeline', async () => {
    const number = await anOrder()
    await store.inWorkspace(workspaceId, (tx) =>
      tx.execute(`update orders set archived_at = now() where number = '${number}'`),
    )
    const { status, body } = await put(number, { type: 'general', code: 'sent' })
    expect([status, body.code]).toEqual([409, 'order_archived'])
    const event = anEvent({ order: { number }, status: 'paid' })
    expect(await call('POST', '/v1/events', event)).toMatchObject({ status: 409, body: { code: 'order_archived' } })
    const { timeline, archived } = await get(number)
    expect(archived).toBe(true)
    expect(timeline.filter((t: { kind: string }) => t.kind === 'refusal')).toHaveLength(2)
  })
})

describe('reading orders', () => {
  it('lists newest first, a page at a time, with the total', async () => {
    const { workspaceId: _, call: own } = await addWorkspace(store, app)
    const numbers = ['1', '2', '3'].map(() => unique('page'))
    for (const number of numbers) await own('POST', '/v1/events', anEvent({ order: { number } }))
    const { body } = await own('GET', '/v1/orders?limit=2')
    expect(body.total).toBe(3)
    expect(body.orders.map((o: { number: string }) => o.number)).toEqual([numbers[2], numbers[1]])
    const rest = await own('GET', '/v1/orders?limit=2&offset=2')
    expect(rest.body.orders.map((o: { number: string }) => o.number)).toEqual([numbers[0]])
  })

  it.each([
    ['a full page', 'limit=3', 3],
    ['a page that is not full', 'limit=2&offset=2', 1],
    ['an empty page behind the last', 'limit=2&offset=4', 0],
  ])('tells the same total with %s', async (_, query, shown) => {
    const { call: own } = await addWorkspace(store, app)
    await own('POST', '/v1/events', [anEvent(), anEvent(), anEvent()])
    const { body } = await own('GET', `/v1/orders?${query}`)
    expect([body.total, body.orders.length]).toEqual([3, shown])
  })

  it('finds by status of a type, and by a part of number, name or phone taken literally', async () => {
    const name = unique('Zoë %_\\')
    const number = await anOrder({ customer: { name, phone: '+380501112233' } })
    await put(number, { type: 'delivery', code: 'returned' })
    const find = async (query: string) =>
      (await call('GET', `/v1/orders?${query}`)).body.orders.map((o: { number: string }) => o.number)
    expect(await find('type=delivery&status=returned')).toEqual([number])
    expect(await find('status=spam')).toEqual([])
    expect(await find(`q=${encodeURIComponent(name)}`)).toEqual([number])
    expect(await find('q=50111223')).toEqual([number])
    expect(await find(`q=${encodeURIComponent('%%')}`)).toEqual([])
  })

  it.each(['limit=0', 'limit=201', 'limit=x', 'offset=-1', 'type=colour', 'limit=1.5'])('refuses %s', async (query) => {
    const { status, body } = await call('GET', `/v1/orders?${query}`)
    expect([status, body.code, body.errors[0].field]).toEqual([422, 'invalid_request', query.split('=')[0]])
  })

  it('shows one with its customer, three statuses, history and timeline in order', async () => {
    const number = await anOrder({ customer: { name: 'Олена', email: 'o@example.com' }, total: 10 })
    await put(number, { type: 'general', code: 'accepted' })
    const order = await get(number)
    expect(order).toMatchObject({
      number,
      total: '10.00',
      customer: { name: 'Олена', phone: null, email: 'o@example.com' },
    })
    expect(Object.keys(order.statuses)).toEqual(expect.arrayContaining(['general', 'delivery', 'payment']))
    expect(order.history).toHaveLength(4)
    expect(order.timeline.map((t: { kind: string }) => t.kind)).toEqual(['status', 'status', 'status', 'status'])
    expect(order.timeline.at(-1).data).toMatchObject({ from: 'Processing', to: 'Accepted', actor: 'key' })
    expect(order.createdAt).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/)
    expect(order.id).toBeUndefined()
  })

  it('tells of one what it may be given, and of each status what it means', async () => {
    const number = await anOrder()
    await put(number, { type: 'delivery', code: 'shipped' })
    const { allowed, statuses, waits, deadlines } = await get(number)
    expect(statuses.delivery).toMatchObject({ code: 'shipped', meaning: 'shipped' })
    expect(allowed.delivery.find((s: { code: string }) => s.code === 'shipped').refusal).toMatchObject({
      code: 'current',
      detail: expect.any(String),
    })
    expect(allowed.payment.find((s: { code: string }) => s.code === 'paid')).toMatchObject({
      name: 'Paid',
      meaning: 'paid',
      refusal: null,
    })
    expect([waits, deadlines]).toEqual([[], []])
  })

  it('tells what a text about one can say, and whether it reaches anybody', async () => {
    const number = await anOrder({ customer: { name: 'Ann Lee', phone: '+380671234567' }, total: 10 })
    const read = async () => (await call('GET', `/v1/orders/${number}/facts`)).body
    expect(await read()).toEqual({
      facts: {
        customer: { name: 'Ann Lee', first_name: 'Ann', phone: '+380671234567', email: '' },
        order: expect.objectContaining({ number, total: '10.00', currency: 'UAH', status: 'Processing' }),
        shop: { name: 'Shop' },
      },
      phone: '+380671234567',
      optedOut: false,
    })
    await store.inWorkspace(workspaceId, (tx) =>
      tx.execute(`insert into opt_outs (workspace_id, phone, since, source)
        values (tidings_workspace(), '+380671234567', now(), 'person')`),
    )
    expect((await read()).optedOut).toBe(true)
    const other = await addWorkspace(store, app)
    expect((await other.call('GET', `/v1/orders/${number}/facts`)).body.code).toBe('unknown_order')
  })

  it('takes numbers with any signs in the path', async () => {
    for (const number of ['7/8', 'a b', '№ 5', '50%', '?', '#1']) {
      await anOrder({ number })
      expect((await call('GET', `/v1/orders/${encodeURIComponent(number)}`)).body.number, number).toBe(number)
      expect((await put(number, { type: 'general', code: 'sent' })).body.outcome).toBe('moved')
    }
  })

  it('answers 404 unknown_order to a number that no order has, also one of another workspace', async () => {
    const number = await anOrder()
    const other = await addWorkspace(store, app)
    expect((await other.call('GET', `/v1/orders/${number}`)).body.code).toBe('unknown_order')
    expect((await other.call('GET', '/v1/orders')).body.total).toBe(0)
  })
})

it('answers 403 orders_disabled to all of it while Orders are off (S1-01)', async () => {
  const off = await addWorkspace(store, app, null)
  const answers = await Promise.all([
    off.call('GET', '/v1/orders'),
    off.call('GET', '/v1/orders/1'),
    off.call('GET', '/v1/orders/1/facts'),
    off.call('PUT', '/v1/orders/1/status', { type: 'general', code: 'sent' }),
    off.call('POST', '/v1/events', []),
  ])
  for (const { status, body } of answers) expect([status, body.code]).toEqual([403, 'orders_disabled'])
})
