import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { Unit } from '../../db/model/period.ts'
import type { NewWorkspace } from '../../db/new-workspace.ts'
import { DAY, type Desk, freshStore, HOUR, makeDesk, NOON, report, SECOND, unique } from '../factories.ts'

const { store } = await freshStore()
const MINUTE = 60 * SECOND

/** A workspace where an order leaves Accepted for Sent after a time; answers the place. */
async function withTimeout(amount: number, unit: Unit, wish: Partial<NewWorkspace> = {}) {
  const desk = await makeDesk(store, wish)
  await desk.timeout('accepted', amount, unit, 'sent')
  return { desk, place: await desk.place({ status: 'accepted' }) }
}
const counts = (desk: Desk) =>
  desk.query<{ code: string; n: number }>(sql`select code, count(*)::int as n from orders o
    join order_statuses s on s.id = general_status_id group by code order by code`)

describe('an order whose time is over', () => {
  it('S0-22, S0-24 moves on at the deadline and not a millisecond before, by the timeout and its period', async () => {
    const { desk, place } = await withTimeout(14, 'day')
    const order = await desk.order({ status: 'accepted' })
    desk.pass(14 * DAY - 1)
    expect(await desk.look(place)).toMatchObject({ lookAgainAt: expect.any(Number) })
    expect(await desk.codeOf(order)).toBe('accepted')
    desk.pass(1)
    await desk.look(place)
    expect(await desk.codeOf(order)).toBe('sent')
    expect(
      await desk.one(sql`select actor_kind as kind, reason, depth, cause_change_id is not null as caused
        from order_status_changes where order_id = ${order.id} and axis = 'general' and seq = 2`),
    ).toEqual({ kind: 'timeout', reason: 'P14D', depth: 0, caused: true })
  })

  it('S0-26 counts from the last change: an old order moved today does not go today, and leaving begins anew', async () => {
    const { desk, place } = await withTimeout(1, 'day')
    const order = await desk.order({ status: 'accepted', order: { createdAtMs: NOON - 365 * DAY } })
    desk.pass(DAY / 2)
    await desk.move(order, 'call-back')
    await desk.move(order, 'accepted')
    desk.pass(DAY / 2)
    await desk.look(place)
    expect(await desk.codeOf(order)).toBe('accepted')
    desk.pass(DAY / 2)
    await desk.look(place)
    expect(await desk.codeOf(order)).toBe('sent')
  })

  it('P8 stays where it came to a millisecond before, however often the two race', async () => {
    const { desk, place } = await withTimeout(1, 'hour')
    for (let round = 0; round < 15; round++) {
      const order = await desk.order({ status: 'accepted' })
      desk.pass(HOUR - 1)
      const moving = desk.move(order, 'paid')
      desk.pass(1)
      const [outcome] = await Promise.all([moving, desk.look(place)])
      // either came first: paid by the key, or sent by the timeout and then paid
      expect(outcome.outcome).toBe('moved')
      expect(await desk.codeOf(order)).toBe('paid')
      const history = await desk.query(sql`select seq from order_status_changes where order_id = ${order.id}
        and axis = 'general' order by seq`)
      expect(history.map((h) => (h as { seq: number }).seq)).toEqual(history.map((_, i) => i + 1))
    }
  })

  it('is passed over while somebody works on it, holds up no other, and goes with the next look', async () => {
    const { desk, place } = await withTimeout(1, 'hour')
    const [held, free] = [await desk.order({ status: 'accepted' }), await desk.order({ status: 'accepted' })]
    desk.pass(HOUR)
    await desk.run(async (tx) => {
      await tx.execute(sql`select from orders where id = ${held.id} for no key update`)
      expect(await desk.look(place)).toMatchObject({ released: 1, lookAgainAt: desk.nowMs + SECOND })
    })
    expect([await desk.codeOf(held), await desk.codeOf(free)]).toEqual(['accepted', 'sent'])
    desk.pass(SECOND)
    await desk.look(place)
    expect(await desk.codeOf(held)).toBe('sent')
  })

  it('P8 is left alone when it moved between the look and the move', async () => {
    const { desk, place } = await withTimeout(1, 'hour')
    const order = await desk.order({ status: 'accepted' })
    desk.pass(HOUR - 1)
    expect(await desk.move(order, 'paid')).toMatchObject({ outcome: 'moved' })
    desk.pass(1)
    await desk.look(place)
    expect(await desk.codeOf(order)).toBe('paid')
    expect(await desk.query(sql`select from order_status_changes where actor_kind = 'timeout'`)).toEqual([])
  })

  it('goes through a chain of timeouts, each from its own change', async () => {
    const { desk, place } = await withTimeout(1, 'hour')
    await desk.timeout('sent', 2, 'hour', 'return')
    const next = await desk.place({ status: 'sent' })
    const order = await desk.order({ status: 'accepted' })
    desk.pass(HOUR)
    await desk.look(place)
    await desk.look(next)
    expect(await desk.codeOf(order)).toBe('sent')
    desk.pass(2 * HOUR)
    await desk.look(next)
    expect(await desk.codeOf(order)).toBe('return')
    expect(await desk.query(sql`select depth from order_status_changes where axis = 'general' order by seq`)).toEqual([
      { depth: 0 },
      { depth: 1 },
      { depth: 2 },
    ])
  })

  it('C5 does not move while it is archived', async () => {
    const { desk, place } = await withTimeout(1, 'hour')
    const order = await desk.order({ status: 'accepted' })
    await desk.query(sql`update orders set archived_at = now()`)
    desk.pass(2 * HOUR)
    await desk.look(place)
    expect(await desk.codeOf(order)).toBe('accepted')
    await desk.query(sql`update orders set archived_at = null`)
    await desk.look(place)
    expect(await desk.codeOf(order)).toBe('sent')
  })

  it('P28 does not move out of an imported past', async () => {
    const { desk, place } = await withTimeout(1, 'hour')
    const past = report({ status: 'accepted', occurredAtMs: NOON - 365 * DAY })
    await desk.receive([past], { actor: { kind: 'import', id: null } })
    desk.pass(30 * DAY)
    await desk.look(place)
    expect(await counts(desk)).toEqual([{ code: 'accepted', n: 1 }])
  })
})

describe('an order whose move is refused', () => {
  async function refused() {
    const { desk, place } = await withTimeout(1, 'minute')
    const order = await desk.order()
    const cause = { changeId: order.id, depth: 7, recordedAtMs: desk.nowMs }
    await desk.move(order, 'accepted', { cause })
    desk.pass(MINUTE)
    const look = await desk.look(place)
    return { desk, place, order, look }
  }
  const refusals = (desk: Desk) => desk.query(sql`select code, actor_kind as actor from status_change_refusals`)

  it('P13 is shown as refused, once, and not tried again at every look', async () => {
    const { desk, place, order, look } = await refused()
    expect(await desk.codeOf(order)).toBe('accepted')
    expect(look.lookAgainAt).toBeGreaterThan(desk.nowMs)
    for (let n = 0; n < 3; n++) {
      desk.pass(MINUTE)
      await desk.look(place)
    }
    expect(await refusals(desk)).toEqual([{ code: 'chain_too_deep', actor: 'timeout' }])
  })

  it('is tried again once it has changed', async () => {
    const { desk, place, order } = await refused()
    await desk.move(order, 'call-back')
    await desk.move(order, 'accepted')
    desk.pass(MINUTE)
    await desk.look(place)
    expect(await desk.codeOf(order)).toBe('sent')
  })

  it('is tried again once the rule has changed', async () => {
    const { desk, place, order } = await refused()
    desk.pass(DAY)
    await desk.look(place)
    expect(await desk.codeOf(order)).toBe('accepted')
    await desk.timeout('accepted', 2, 'minute', 'sent')
    await desk.look(place)
    expect(await desk.codeOf(order)).toBe('sent')
  })
})

describe('very many who are due at once', () => {
  it('go in steps, each order once; more than a look may release asks for the next look now', {
    timeout: 60_000,
  }, async () => {
    const { desk, place } = await withTimeout(1, 'hour')
    const orders = 1_200
    for (let n = 0; n < orders; n += 400)
      await desk.receive(Array.from({ length: 400 }, () => report({ number: unique('N'), status: 'accepted' })))
    desk.pass(HOUR)
    const look = await desk.look(place)
    expect(await counts(desk)).toEqual([{ code: 'sent', n: orders }])
    expect(look.lookAgainAt).toBe(desk.nowMs + HOUR)
    const changes = sql`select count(*)::int as n, max(seq) as seq from order_status_changes where actor_kind = 'timeout'`
    expect(await desk.one(changes)).toEqual({ n: orders, seq: 2 })
  })

  it('move once though two timers look at once', { timeout: 60_000 }, async () => {
    const { desk, place } = await withTimeout(1, 'hour')
    await desk.receive(Array.from({ length: 400 }, () => report({ number: unique('N'), status: 'accepted' })))
    desk.pass(HOUR)
    await Promise.all([desk.look(place), desk.look(place), desk.look(place)])
    expect(await counts(desk)).toEqual([{ code: 'sent', n: 400 }])
    expect(
      await desk.one(sql`select count(*)::int as n from order_status_changes where actor_kind = 'timeout'`),
    ).toEqual({
      n: 400,
    })
  })
})
