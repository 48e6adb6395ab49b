import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { archiveOrders } from '../../db/archive.ts'
import { type BulkMove, moveChosen } from '../../db/bulk-moves.ts'
import { MOVE_ALL_MAX } from '../../db/model/limits.ts'
import { listTimeline } from '../../db/order-timeline.ts'
import { type Desk, freshStore, makeDesk, refusalOf, report, sms, trigger, unique } from '../factories.ts'
import { doneOrBlocked } from './interleave.ts'

const { store } = await freshStore()
const NOTHING = { moved: 0, unchanged: 0, stale: 0, refused: [], next: null }

const move = (desk: Desk, wish: Partial<BulkMove>) =>
  moveChosen(
    store,
    desk.id,
    { orders: { all: {} }, type: 'general', code: 'sent', by: 'session-1', silent: false, ...wish },
    desk.nowMs,
  )
async function ordersOf(desk: Desk, count: number, status = 'processing') {
  const made = await desk.receive(Array.from({ length: count }, () => report({ status, number: unique('N') })))
  desk.pass(1)
  return made.map(({ orderId, number }) => ({ id: orderId!, number: number! }))
}
const counts = (desk: Desk) =>
  desk.query<{ code: string; n: number }>(sql`select code, count(*)::int as n from orders o
    join order_statuses s on s.id = general_status_id group by code order by code`)

describe('orders named by their numbers', () => {
  it('S0-20 move together, each with its history, by the person who asked', async () => {
    const desk = await makeDesk(store)
    const [a, b, rest] = await ordersOf(desk, 3)
    expect(await move(desk, { orders: { numbers: [a!.number, b!.number] } })).toEqual({ ...NOTHING, moved: 2 })
    expect(await desk.codeOf(rest!)).toBe('processing')
    for (const { id } of [a!, b!]) {
      expect(await desk.codeOf({ id })).toBe('sent')
      const last = (await desk.run((tx) => listTimeline(tx, id))).at(-1)!
      expect(last.data).toMatchObject({ to: 'Sent', actor: 'bulk', actorId: 'session-1', actorName: null })
    }
  })

  it('C10 are counted as unchanged when they stand there already, so a repeat does nothing more', async () => {
    const desk = await makeDesk(store)
    const [a] = await ordersOf(desk, 1)
    const again = { orders: { numbers: [a!.number, a!.number] } }
    expect(await move(desk, again)).toEqual({ ...NOTHING, moved: 1 })
    const changes = sql`select count(*)::int as n from order_status_changes`
    const before = await desk.one(changes)
    expect(await move(desk, again)).toEqual({ ...NOTHING, unchanged: 1 })
    expect(await desk.one(changes)).toEqual(before)
  })

  it('C5 are refused by reason, with their numbers, while the others move', async () => {
    const desk = await makeDesk(store)
    const [free, ...archived] = await ordersOf(desk, 13)
    const numbers = archived.map((order) => order.number)
    await desk.run((tx) => archiveOrders(tx, { numbers }, desk.nowMs))
    const answer = await move(desk, { orders: { numbers: [...numbers, 'none', free!.number] } })
    expect(answer).toEqual({
      ...NOTHING,
      moved: 1,
      refused: [
        { code: 'order_archived', count: 12, orders: expect.any(Array) },
        { code: 'unknown_order', count: 1, orders: ['none'] },
      ],
    })
    expect(answer.refused[0]!.orders).toHaveLength(10)
    expect(numbers).toEqual(expect.arrayContaining(answer.refused[0]!.orders))
  })
})

describe('all orders of a list', () => {
  it('are those that its filters show, of any type, whatever the list shows afterwards', async () => {
    const desk = await makeDesk(store)
    await ordersOf(desk, 3, 'accepted')
    const others = await ordersOf(desk, 2)
    await desk.move(others[0]!, 'shipped', { axis: 'delivery' })
    expect(await move(desk, { orders: { all: { status: 'accepted' } } })).toEqual({ ...NOTHING, moved: 3 })
    expect(await move(desk, { orders: { all: { status: 'accepted' } } })).toEqual(NOTHING)
    expect(await move(desk, { orders: { all: { type: 'delivery', status: 'shipped' } }, code: 'paid' })).toMatchObject({
      moved: 1,
    })
    expect(await move(desk, { orders: { all: { q: others[1]!.number } }, code: 'spam' })).toMatchObject({ moved: 1 })
    expect(await counts(desk)).toEqual([
      { code: 'paid', n: 1 },
      { code: 'sent', n: 3 },
      { code: 'spam', n: 1 },
    ])
  })

  it('leave out what is archived', async () => {
    const desk = await makeDesk(store)
    const [a] = await ordersOf(desk, 2)
    await desk.run((tx) => archiveOrders(tx, { numbers: [a!.number] }, desk.nowMs))
    expect(await move(desk, {})).toEqual({ ...NOTHING, moved: 1 })
    expect(await desk.codeOf(a!)).toBe('processing')
  })

  it('have one turn each, in steps, and a call that cannot take all tells where to go on', {
    timeout: 120_000,
  }, async () => {
    const desk = await makeDesk(store)
    const extra = 3
    for (let n = 0; n < MOVE_ALL_MAX + extra; n += 500) await ordersOf(desk, Math.min(500, MOVE_ALL_MAX + extra - n))
    // the filter does not change by the move, so that only the mark keeps the calls from going round
    const first = await move(desk, { type: 'payment', code: 'paid' })
    expect(first).toEqual({ ...NOTHING, moved: MOVE_ALL_MAX, next: expect.any(String) })
    await ordersOf(desk, 1)
    const second = await move(desk, { type: 'payment', code: 'paid', before: first.next! })
    expect(second).toEqual({ ...NOTHING, moved: extra })
  })

  it('are left alone where somebody else moved them since the call began', async () => {
    const desk = await makeDesk(store)
    const [slow, quick] = await ordersOf(desk, 2)
    let moving: ReturnType<typeof move> | undefined
    await desk.run(async (tx) => {
      await tx.execute(sql`select from orders where id = ${slow!.id} for no key update`)
      moving = move(desk, {})
      // the move waits for the lock with its list in hand
      await doneOrBlocked(store, moving)
      const toId = await desk.statusId('spam')
      await tx.execute(sql`
        update orders set general_status_id = ${toId}, general_seq = general_seq + 1 where id = ${slow!.id}`)
    })
    expect(await moving).toEqual({ ...NOTHING, moved: 1, stale: 1 })
    expect([await desk.codeOf(slow!), await desk.codeOf(quick!)]).toEqual(['spam', 'sent'])
  })
})

it('S0-27 customers are told as by any other change, and not when it is silent', async () => {
  const desk = await makeDesk(store)
  await desk.campaign(trigger('sent', 'text'), sms('text', 'Hi {{ order.number }}'))
  desk.pass(1)
  const [told, quiet] = [await desk.order(), await desk.order()]
  await move(desk, { orders: { numbers: [told.number] } })
  await move(desk, { orders: { numbers: [quiet.number] }, silent: true })
  await desk.carry()
  expect(await desk.query(sql`select text from sms_messages`)).toEqual([{ text: `Hi ${told.number}` }])
  const last = (await desk.run((tx) => listTimeline(tx, quiet.id))).at(-1)!
  expect(last.data).toMatchObject({ actor: 'bulk', silent: true })
})

it('names the key that asked for many', async () => {
  const desk = await makeDesk(store)
  const order = await desk.order()
  await move(desk, { orders: { numbers: [order.number] }, by: desk.key.id })
  const last = (await desk.run((tx) => listTimeline(tx, order.id))).at(-1)!
  expect(last.data).toMatchObject({ actor: 'bulk', actorName: 'first' })
})

it('refuses an unknown status, and all while Orders are off', async () => {
  const desk = await makeDesk(store)
  expect(await refusalOf(move(desk, { code: 'nope' }))).toBe('unknown_status')
  const off = await makeDesk(store, { ordersEnabledBy: null })
  expect(await refusalOf(move(off, {}))).toBe('orders_disabled')
})
