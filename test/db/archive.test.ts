import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { type ArchivedOrders, archiveOrders, unarchiveOrders } from '../../db/archive.ts'
import type { ChosenOrders } from '../../db/chosen-orders.ts'
import type { OrderSearch } from '../../db/order-views.ts'
import { getOrder, listOrders } from '../../db/order-views.ts'
import { viewStatuses } from '../../db/status-views.ts'
import {
  DAY,
  type Desk,
  freshStore,
  HOUR,
  type Made,
  makeDesk,
  refusalOf,
  report,
  SECOND,
  unique,
} from '../factories.ts'
import { doneOrBlocked, interrupted } from './interleave.ts'

const { store } = await freshStore()
const archive = (desk: Desk, orders: ChosenOrders) => desk.run((tx) => archiveOrders(tx, orders, desk.nowMs))
const unarchive = (desk: Desk, orders: ArchivedOrders) => desk.run((tx) => unarchiveOrders(tx, orders, desk.nowMs))
const listed = async (desk: Desk, search: OrderSearch = {}) => {
  const { orders } = await desk.run((tx) => listOrders(tx, { ...search, limit: 200, offset: 0 }))
  return orders.map((order) => order.number)
}
const read = (desk: Desk, { number }: Made) => desk.run((tx) => getOrder(tx, number))

/** A workspace where an order leaves Accepted for Sent after an hour, and one such order in the archive. */
async function archivedWaiting(hours = 1) {
  const desk = await makeDesk(store)
  await desk.timeout('accepted', hours, 'hour', 'sent')
  const place = await desk.place({ status: 'accepted' })
  const order = await desk.order({ status: 'accepted' })
  await archive(desk, { numbers: [order.number] })
  return { desk, place, order }
}

describe('putting orders into the archive', () => {
  it('S3-27 takes all of one status at once, and only those', async () => {
    const desk = await makeDesk(store)
    const paid = await desk.receive([1, 2, 3].map(() => report({ status: 'paid' })))
    const other = await desk.order()
    expect(await archive(desk, { all: { status: 'paid' } })).toEqual({
      archived: 3,
      at: new Date(desk.nowMs).toISOString(),
    })
    expect(await listed(desk)).toEqual([other.number])
    expect((await listed(desk, { archived: true })).sort()).toEqual(paid.map((p) => p.number!).sort())
    const counted = (await desk.run(viewStatuses)).find((s) => s.code === 'paid' && s.type === 'general')
    expect(counted!.orders).toBe(0)
  })

  it('leaves those alone that are there already, so that they come back with those they went in with', async () => {
    const desk = await makeDesk(store)
    const [first, second] = [await desk.order(), await desk.order()]
    const before = await archive(desk, { numbers: [first.number] })
    desk.pass(1)
    const after = await archive(desk, { numbers: [first.number, second.number, 'none'] })
    expect([before.archived, after.archived]).toEqual([1, 1])
    expect(await unarchive(desk, { archivedAtMs: Date.parse(after.at) })).toMatchObject({ unarchived: 1 })
    expect(await listed(desk)).toEqual([second.number])
  })

  it('S3-28 is looked through by status and by words', async () => {
    const desk = await makeDesk(store)
    const [sent, paid] = [await desk.order({ status: 'sent' }), await desk.order({ status: 'paid' })]
    await archive(desk, { all: {} })
    expect(await listed(desk, { archived: true, status: 'sent' })).toEqual([sent.number])
    expect(await listed(desk, { archived: true, q: paid.number })).toEqual([paid.number])
    expect(await listed(desk, { status: 'sent' })).toEqual([])
  })

  it('S3-30 lets no status change until the order is out again, and then it may', async () => {
    const desk = await makeDesk(store)
    const order = await desk.order()
    await archive(desk, { numbers: [order.number] })
    expect(await desk.move(order, 'sent')).toEqual({ outcome: 'refused', code: 'order_archived' })
    await unarchive(desk, { numbers: [order.number] })
    expect(await desk.move(order, 'sent')).toMatchObject({ outcome: 'moved' })
  })

  it('meets a move of the same orders without harm: either came first, and none waits for ever', async () => {
    const desk = await makeDesk(store)
    await desk.receive(Array.from({ length: 60 }, () => report({ number: unique('N') })))
    const orders = await desk.query<Made>(sql`select id, number from orders order by number`)
    await Promise.all([
      archive(desk, { all: {} }),
      ...orders.slice(0, 20).map((order) => desk.move(order, 'sent')),
      archive(desk, { numbers: orders.map((o) => o.number).reverse() }),
    ])
    expect(await listed(desk)).toEqual([])
  })
})

describe('taking orders out of the archive', () => {
  it('S3-29 brings them back into the lists with the statuses they had', async () => {
    const desk = await makeDesk(store)
    const order = await desk.order({ status: 'paid' })
    const before = await read(desk, order)
    await archive(desk, { all: { status: 'paid' } })
    expect((await read(desk, order)).archived).toBe(true)
    expect(await unarchive(desk, { all: { status: 'paid', archived: true } })).toEqual({
      unarchived: 1,
      overdue: { count: 0, orders: [] },
    })
    expect(await read(desk, order)).toEqual(before)
    expect(await listed(desk, { status: 'paid' })).toEqual([order.number])
  })

  it('C5 moves one on at once whose time was over meanwhile, and names it before', async () => {
    const { desk, place, order } = await archivedWaiting()
    desk.pass(HOUR)
    const { lookAgainAt } = await desk.look(place)
    expect(lookAgainAt).toBeGreaterThan(desk.nowMs)
    desk.pass(1)
    const [asked, dueMs] = [desk.nowMs, desk.nowMs - 1]
    expect(await unarchive(desk, { numbers: [order.number] })).toEqual({
      unarchived: 1,
      overdue: { count: 1, orders: [order.number] },
    })
    expect(await desk.wakes(asked)).toEqual([dueMs])
    expect(await desk.codeOf(order)).toBe('accepted')
    await desk.look(place)
    expect(await desk.codeOf(order)).toBe('sent')
  })

  it('C5 wakes the timer for a deadline that is still to come but earlier than its next look', async () => {
    const { desk, place, order } = await archivedWaiting(48)
    const dueMs = desk.nowMs + 2 * DAY
    desk.pass(2 * DAY - HOUR)
    await desk.look(place)
    desk.pass(SECOND)
    const asked = desk.nowMs
    expect((await read(desk, order)).deadlines).toMatchObject([
      { state: 'suspended', at: new Date(dueMs).toISOString() },
    ])
    expect(await unarchive(desk, { numbers: [order.number] })).toMatchObject({ overdue: { count: 0 } })
    expect(await desk.wakes(asked)).toEqual([dueMs])
    desk.nowMs = dueMs - 1
    await desk.look(place)
    expect(await desk.codeOf(order)).toBe('accepted')
    desk.pass(1)
    await desk.look(place)
    expect(await desk.codeOf(order)).toBe('sent')
  })

  it('wakes no timer that looks early enough by itself', async () => {
    const { desk, order } = await archivedWaiting()
    desk.pass(SECOND)
    await unarchive(desk, { numbers: [order.number] })
    expect(await desk.wakes(desk.nowMs)).toEqual([])
  })

  it('asks for nothing where the move of an order was refused before', async () => {
    const { desk, order } = await archivedWaiting()
    await desk.query(sql`update orders set general_refused_seq = general_seq`)
    desk.pass(2 * HOUR)
    expect(await unarchive(desk, { all: { archived: true } })).toEqual({
      unarchived: 1,
      overdue: { count: 0, orders: [] },
    })
    expect(await desk.wakes(desk.nowMs)).toEqual([])
    expect(await desk.codeOf(order)).toBe('accepted')
  })

  it('asks for a wake where the place was looked at just before, without it', async () => {
    const { desk, place, order } = await archivedWaiting(48)
    desk.pass(2 * DAY + 1)
    const [asked, dueMs] = [desk.nowMs, desk.nowMs - 1]
    await desk.run((tx) => {
      const late = interrupted(store, tx, 'for share', () => desk.look(place))
      return unarchiveOrders(late, { numbers: [order.number] }, desk.nowMs)
    })
    expect(await desk.wakes(asked)).toEqual([dueMs])
  })

  it('is waited for by a look that is about to begin, so that no wake is needed', async () => {
    const { desk, place, order } = await archivedWaiting(48)
    desk.pass(2 * DAY + 1)
    let look: ReturnType<Desk['look']> | undefined
    await desk.run(async (tx) => {
      await unarchiveOrders(tx, { numbers: [order.number] }, desk.nowMs)
      look = desk.look(place)
      await doneOrBlocked(store, look)
    })
    const { lookAgainAt } = (await look)!
    expect(await desk.wakes(desk.nowMs)).toEqual([])
    expect(lookAgainAt).toBeLessThanOrEqual(desk.nowMs + 10 * SECOND)
  })
})

it('refuses all of it while Orders are off', async () => {
  const off = await makeDesk(store, { ordersEnabledBy: null })
  expect(await refusalOf(archive(off, { all: {} }))).toBe('orders_disabled')
  expect(await refusalOf(unarchive(off, { all: { archived: true } }))).toBe('orders_disabled')
})
