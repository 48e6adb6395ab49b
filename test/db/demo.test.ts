import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { fillDemo, findDemo } from '../../db/demo.ts'
import { DEMO_NUMBERS } from '../../db/model/demo.ts'
import { listTimeline } from '../../db/order-timeline.ts'
import { listOrders } from '../../db/order-views.ts'
import { viewStatuses } from '../../db/status-views.ts'
import { type Desk, freshStore, makeDesk, NOON, sms, trigger } from '../factories.ts'

const { store } = await freshStore()

async function makeDemo(): Promise<Desk> {
  const desk = await makeDesk(store, { name: 'Demo shop', region: 'US', currency: 'USD', timezone: 'UTC' })
  await desk.run((tx) => fillDemo(tx, desk.nowMs))
  return desk
}
const count = async (desk: Desk, table: string): Promise<number> =>
  (await desk.one<{ n: number }>(sql`select count(*)::int as n from ${sql.raw(table)}`)).n
const page = { limit: 200, offset: 0 }

describe('a demo workspace', async () => {
  const desk = await makeDemo()

  it('has fifty orders of thirty customers, with totals in its currency, over three weeks', async () => {
    const { total, orders } = await desk.run((tx) => listOrders(tx, page))
    expect(total).toBe(50)
    expect(orders.map((o) => o.number).sort()).toEqual([...DEMO_NUMBERS].sort())
    expect(await count(desk, 'customers')).toBe(30)
    expect(new Set(orders.map((o) => o.currency))).toEqual(new Set(['USD']))
    const created = orders.map((o) => Date.parse(o.createdAt))
    expect(Math.min(...created)).toBeGreaterThan(NOON - 21 * 86_400_000)
    expect(orders.some((o) => o.customer?.phone === null)).toBe(true)
    for (const { statuses } of orders)
      for (const { changedAt } of Object.values(statuses)) expect(Date.parse(changedAt)).toBeLessThanOrEqual(NOON)
  })

  it('tells the past of an order as it happened, not as one moment', async () => {
    const [order] = await desk.query<{ id: string; at: string }>(
      sql`select id, created_at as at from orders where general_seq > 2 order by number limit 1`,
    )
    const told = (await desk.run((tx) => listTimeline(tx, order!.id))).map((t) => t.at)
    expect(told[0]).toBe(order!.at)
    expect(told).toEqual([...told].sort())
    expect(new Set(told).size).toBeGreaterThan(3)
  })

  it('fires nothing by its making: no outbox, no text, nobody in a campaign, no order that waits for one of its timeouts', async () => {
    expect(await count(desk, 'order_status_changes')).toBeGreaterThan(200)
    await desk.carry()
    for (const table of ["outbox where topic <> 'place.wake'", 'sms_messages', 'enrolments', 'status_change_refusals'])
      expect(await count(desk, table), table).toBe(0)
    const waiting = `orders where coalesce(general_due_from, delivery_due_from, payment_due_from) is not null`
    expect(await count(desk, waiting)).toBe(0)
  })

  it('S0-24, S0-25 shows two timeouts: Processing for two weeks is cleaned, Waiting for payment for a month returns', async () => {
    const rules = (await desk.run(viewStatuses)).flatMap((s) => (s.timeout ? [{ code: s.code, ...s.timeout }] : []))
    expect(rules).toEqual([
      { code: 'processing', after: 'P2W', to: 'cancelled' },
      { code: 'waiting-for-payment', after: 'P1M', to: 'return' },
    ])
  })

  it('has one campaign that is live and one that is a draft', async () => {
    expect(await desk.query(sql`select name, state from campaigns order by id`)).toEqual([
      { name: 'Order sent → tell the customer', state: 'live' },
      { name: 'Payment reminder', state: 'draft' },
    ])
  })

  it('goes on with what its orders do from now on: the one it names, once sent, has a text for its phone', async () => {
    const hint = (await desk.run(findDemo))!
    expect(hint).toMatchObject({ type: 'general', to: 'sent' })
    const { id } = await desk.one<{ id: string }>(sql`select id from orders where number = ${hint.order}`)
    desk.pass(1000)
    await desk.move({ id, number: hint.order }, hint.to)
    await desk.carry()
    desk.pass(4000)
    await desk.look(await desk.place({ campaign: hint.campaign, node: 'moment' }))
    expect(await desk.query(sql`select phone, state from sms_messages`)).toEqual([
      { phone: hint.phone, state: 'queued' },
    ])
    expect((await desk.run(findDemo))!.order).not.toBe(hint.order)
  })
})

describe('what a demo names to try', () => {
  it('is nothing once every such order was moved, or while its campaign is paused', async () => {
    const desk = await makeDemo()
    const { campaign } = (await desk.run(findDemo))!
    const setState = (state: string) => desk.query(sql`update campaigns set state = ${state} where id = ${campaign}`)
    await setState('paused')
    expect(await desk.run(findDemo)).toBeNull()
    await setState('live')
    for (let hint = await desk.run(findDemo); hint; hint = await desk.run(findDemo)) {
      const { id } = await desk.one<{ id: string }>(sql`select id from orders where number = ${hint.order}`)
      await desk.move({ id, number: hint.order }, 'sent')
    }
    const left = await desk.run((tx) => listOrders(tx, { ...page, status: 'accepted' }))
    expect(left.orders.every((o) => o.customer?.phone === null)).toBe(true)
  })

  it('is nothing in a workspace of somebody’s own, whatever its orders and campaigns', async () => {
    const desk = await makeDesk(store)
    await desk.campaign(trigger('sent', 'text', { from: { statuses: ['accepted'] } }), sms('text', 'x'))
    await desk.order({ status: 'accepted', number: 'T-1001', source: 'demo' })
    expect(await desk.run(findDemo)).toBeNull()
  })
})
