import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { describe, expect, it } from 'vitest'
import { openStore, rows } from '../../db/client.ts'
import type { Unit } from '../../db/model/period.ts'
import { shortestMs } from '../../db/model/period.ts'
import { EMPTY_LOOK_MIN_MS } from '../../db/model/place.ts'
import { noteWake } from '../../db/places.ts'
import { changeStatus } from '../../db/statuses.ts'
import type { NewWorkspace } from '../../db/workspaces.ts'
import { DAY, type Desk, freshStore, HOUR, makeDesk, NOON, report, SECOND, unique } from '../factories.ts'
import { freshDatabase } from '../stack/postgres.ts'

const { store } = await freshStore()
const MINUTE = 60 * SECOND

/** A workspace where an order leaves Accepted for Sent after a time; answers the place. */
async function withTimeout(amount: number, unit: Unit, wish: Partial<NewWorkspace> = {}) {
  const desk = await makeDesk(store, wish)
  await setTimeoutOf(desk, 'accepted', amount, unit, 'sent')
  return { desk, place: await desk.place({ status: 'accepted' }) }
}
const setTimeoutOf = (desk: Desk, code: string, amount: number, unit: Unit, to: string) =>
  desk.run((tx) => changeStatus(tx, 'general', code, { timeout: { after: { amount, unit }, to } }, desk.nowMs))
const codeOf = async (desk: Desk, id: string) =>
  (
    await desk.one<{ code: string }>(sql`select code from orders o join order_statuses s on s.id = general_status_id
    where o.id = ${id}`)
  ).code
const counts = (desk: Desk) =>
  desk.query<{ code: string; n: number }>(sql`select code, count(*)::int as n from orders o
    join order_statuses s on s.id = general_status_id group by code order by code`)
const wakesSince = async (desk: Desk, fromMs: number) =>
  (
    await desk.query<{ at: number }>(sql`select (payload ->> 'atMs')::float8 as at from outbox
      where topic = 'place.wake' and created_at >= ${new Date(fromMs).toISOString()}`)
  ).map((w) => w.at)

describe('an order whose time is over', () => {
  it('S0-22, S0-24 moves on at the deadline and not a millisecond before, by the timeout and its period', async () => {
    const { desk, place } = await withTimeout(14, 'day')
    const order = await desk.order({ status: 'accepted' })
    desk.pass(14 * DAY - 1)
    expect(await desk.look(place)).toMatchObject({ lookAgainAt: expect.any(Number) })
    expect(await codeOf(desk, order.id)).toBe('accepted')
    desk.pass(1)
    await desk.look(place)
    expect(await codeOf(desk, order.id)).toBe('sent')
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
    expect(await codeOf(desk, order.id)).toBe('accepted')
    desk.pass(DAY / 2)
    await desk.look(place)
    expect(await codeOf(desk, order.id)).toBe('sent')
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
      expect(await codeOf(desk, order.id)).toBe('paid')
      const history = await desk.query(sql`select seq from order_status_changes where order_id = ${order.id}
        and axis = 'general' order by seq`)
      expect(history.map((h) => (h as { seq: number }).seq)).toEqual(history.map((_, i) => i + 1))
    }
  })

  it('P8 is left alone when it moved between the look and the move', async () => {
    const { desk, place } = await withTimeout(1, 'hour')
    const order = await desk.order({ status: 'accepted' })
    desk.pass(HOUR - 1)
    expect(await desk.move(order, 'paid')).toMatchObject({ outcome: 'moved' })
    desk.pass(1)
    await desk.look(place)
    expect(await codeOf(desk, order.id)).toBe('paid')
    expect(await desk.query(sql`select from order_status_changes where actor_kind = 'timeout'`)).toEqual([])
  })

  it('goes through a chain of timeouts, each from its own change', async () => {
    const { desk, place } = await withTimeout(1, 'hour')
    await setTimeoutOf(desk, 'sent', 2, 'hour', 'return')
    const next = await desk.place({ status: 'sent' })
    const order = await desk.order({ status: 'accepted' })
    desk.pass(HOUR)
    await desk.look(place)
    await desk.look(next)
    expect(await codeOf(desk, order.id)).toBe('sent')
    desk.pass(2 * HOUR)
    await desk.look(next)
    expect(await codeOf(desk, order.id)).toBe('return')
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
    expect(await codeOf(desk, order.id)).toBe('accepted')
    await desk.query(sql`update orders set archived_at = null`)
    await desk.look(place)
    expect(await codeOf(desk, order.id)).toBe('sent')
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
    expect(await codeOf(desk, order.id)).toBe('accepted')
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
    expect(await codeOf(desk, order.id)).toBe('sent')
  })

  it('is tried again once the rule has changed', async () => {
    const { desk, place, order } = await refused()
    desk.pass(DAY)
    await desk.look(place)
    expect(await codeOf(desk, order.id)).toBe('accepted')
    await setTimeoutOf(desk, 'accepted', 2, 'minute', 'sent')
    await desk.look(place)
    expect(await codeOf(desk, order.id)).toBe('sent')
  })
})

describe('periods', () => {
  const kyiv = { timezone: 'Europe/Kyiv' }
  /** When an order that came to Accepted at `since` is due, to the millisecond. */
  async function dueAt(amount: number, unit: Unit, since: string, timezone = 'Europe/Kyiv'): Promise<string> {
    const { desk } = await withTimeout(amount, unit, { timezone })
    const { due } = await desk.one<{ due: string }>(
      sql`select due_after(${since}::timestamptz, ${amount}, ${unit}, ${timezone}) as due`,
    )
    return due
  }

  it.each([
    ['S0-25, C12 one month, at the same time of day', 1, 'month', '2026-01-15T10:00:00Z', '2026-02-15T10:00:00.000Z'],
    [
      'C12 31 January and one month: the last of February',
      1,
      'month',
      '2026-01-31T10:00:00Z',
      '2026-02-28T10:00:00.000Z',
    ],
    ['31 January of a leap year', 1, 'month', '2028-01-31T10:00:00Z', '2028-02-29T10:00:00.000Z'],
    [
      'the last evening of January in UTC, which is February in Kyiv',
      1,
      'month',
      '2026-01-31T22:30:00Z',
      '2026-02-28T22:30:00.000Z',
    ],
    ['a month over the night the clocks go forward', 1, 'month', '2026-03-15T10:00:00Z', '2026-04-15T09:00:00.000Z'],
    ['a month to an hour that the clocks skip', 1, 'month', '2026-02-28T01:30:00Z', '2026-03-28T01:30:00.000Z'],
    ['a month to the skipped hour itself', 1, 'month', '2027-02-28T01:30:00Z', '2027-03-28T01:30:00.000Z'],
    [
      'a day over the night the clocks go forward: 24 hours',
      1,
      'day',
      '2026-03-28T12:00:00Z',
      '2026-03-29T12:00:00.000Z',
    ],
    [
      'a week over the night the clocks go back: 168 hours',
      1,
      'week',
      '2026-10-24T12:00:00Z',
      '2026-10-31T12:00:00.000Z',
    ],
  ] as const)('are due by the calendar of the workspace: %s', async (_, amount, unit, since, due) => {
    expect(await dueAt(amount, unit, since)).toBe(due)
  })

  it('of days are 24 hours though the database server lives where clocks change', async () => {
    const url = await freshDatabase()
    const owner = postgres(url, { max: 1 })
    await owner.unsafe(`alter database "${new URL(url).pathname.slice(1)}" set timezone to 'Europe/Kyiv'`)
    await owner.end()
    const elsewhere = openStore(url, { connectionsMax: 1 })
    const [row] = await rows<{ due: string }>(
      elsewhere.across,
      sql`select due_after('2026-03-28T12:00:00Z', 1, 'day', 'Europe/Kyiv') as due`,
    )
    await elsewhere.close()
    expect(row!.due).toBe('2026-03-29T12:00:00.000Z')
  })

  it('of months: everybody is let go within the tick of their own deadline, though deadlines do not come in order', async () => {
    const { desk, place } = await withTimeout(1, 'month', kyiv)
    // in the order of arrival; the later ones are due at an earlier hour of 28 February
    const arrivals = ['2026-01-29T18:00:00Z', '2026-01-30T12:00:00Z', '2026-01-31T06:00:00Z'].map((t) => Date.parse(t))
    const orders: { id: string; dueMs: number }[] = []
    for (const ms of arrivals) {
      desk.nowMs = ms
      const { id } = await desk.order({ status: 'accepted' })
      const { due } = await desk.one<{ due: string }>(
        sql`select due_after(general_due_from, 1, 'month', 'Europe/Kyiv') as due from orders where id = ${id}`,
      )
      orders.push({ id, dueMs: Date.parse(due) })
    }
    expect(orders.map((o) => o.dueMs).sort()).not.toEqual(orders.map((o) => o.dueMs))
    const wentMs = new Map<string, number>()
    for (let looks = 0; wentMs.size < 3 && looks < 100; looks++) {
      const { lookAgainAt } = await desk.look(place)
      for (const { id } of orders)
        if (!wentMs.has(id) && (await codeOf(desk, id)) === 'sent') wentMs.set(id, desk.nowMs)
      desk.nowMs = lookAgainAt!
    }
    for (const { id, dueMs } of orders) {
      expect(wentMs.get(id)! - dueMs).toBeGreaterThanOrEqual(0)
      expect(wentMs.get(id)! - dueMs).toBeLessThanOrEqual(10 * SECOND)
    }
  })
})

describe('a rule that changes while orders wait', () => {
  it('C11 applies to them: a shorter period makes some due at once', async () => {
    const { desk, place } = await withTimeout(14, 'day')
    const old = await desk.order({ status: 'accepted' })
    desk.pass(2 * DAY)
    const young = await desk.order({ status: 'accepted' })
    desk.pass(HOUR)
    await setTimeoutOf(desk, 'accepted', 1, 'day', 'paid')
    await desk.look(place)
    expect([await codeOf(desk, old.id), await codeOf(desk, young.id)]).toEqual(['paid', 'accepted'])
    desk.pass(DAY)
    await desk.look(place)
    expect(await codeOf(desk, young.id)).toBe('paid')
  })

  it('C11 a new rule finds those who wait already', async () => {
    const desk = await makeDesk(store)
    const order = await desk.order({ status: 'accepted' })
    desk.pass(2 * DAY)
    await setTimeoutOf(desk, 'accepted', 1, 'day', 'sent')
    await desk.look(await desk.place({ status: 'accepted' }))
    expect(await codeOf(desk, order.id)).toBe('sent')
  })
})

describe('wakes', () => {
  it.each<[number, Unit, boolean]>([
    [5, 'second', true],
    [9, 'minute', true],
    [10, 'minute', false],
    [1, 'hour', false],
    [14, 'day', false],
    [1, 'month', false],
  ])('of a newcomer to an empty place with %i %s are asked for: %s', async (amount, unit, asked) => {
    const { desk, place } = await withTimeout(amount, unit)
    desk.pass(SECOND)
    await desk.look(place)
    desk.pass(SECOND)
    await desk.order({ status: 'accepted' })
    const dueMs = desk.nowMs + shortestMs({ amount, unit })
    expect(await wakesSince(desk, desk.nowMs)).toEqual(asked ? [dueMs] : [])
    // and without a wake the place looks in time all the same
    const { wake } = await desk.one<{ wake: string }>(sql`select wake_at as wake from places where id = ${place}`)
    if (!asked) expect(Date.parse(wake)).toBeLessThanOrEqual(dueMs)
    else expect(Date.parse(wake)).toBe(desk.nowMs - SECOND + EMPTY_LOOK_MIN_MS)
  })

  it('are asked for once: whoever comes later is due later', async () => {
    const { desk, place } = await withTimeout(5, 'second')
    desk.pass(SECOND)
    await desk.look(place)
    const fromMs = desk.nowMs
    await desk.order({ status: 'accepted' })
    const [dueMs] = await wakesSince(desk, fromMs)
    await desk.run((tx) => noteWake(tx, place, dueMs!))
    desk.pass(SECOND)
    await desk.order({ status: 'accepted' })
    expect(await wakesSince(desk, fromMs)).toEqual([dueMs])
    desk.pass(4 * SECOND)
    expect((await desk.look(place)).lookAgainAt).toBe(desk.nowMs + SECOND)
    expect(await counts(desk)).toEqual([
      { code: 'accepted', n: 1 },
      { code: 'sent', n: 1 },
    ])
  })

  it('noted never put a look off', async () => {
    const { desk, place } = await withTimeout(1, 'hour')
    await desk.run((tx) => noteWake(tx, place, desk.nowMs - HOUR))
    await desk.run((tx) => noteWake(tx, place, desk.nowMs + HOUR))
    expect(await desk.one(sql`select wake_at as wake from places where id = ${place}`)).toEqual({
      wake: new Date(desk.nowMs - HOUR).toISOString(),
    })
  })

  it('are not lost when somebody comes while the place is looked at', async () => {
    const { desk, place } = await withTimeout(1, 'second')
    for (let round = 0; round < 10; round++) {
      desk.pass(HOUR)
      const fromMs = desk.nowMs
      const [order, look] = await Promise.all([desk.order({ status: 'accepted' }), desk.look(place)])
      const told = [look.lookAgainAt!, ...(await wakesSince(desk, fromMs))]
      expect(Math.min(...told)).toBeLessThanOrEqual(fromMs + 2 * SECOND)
      desk.pass(2 * SECOND)
      await desk.look(place)
      expect(await codeOf(desk, order.id)).toBe('sent')
    }
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
