import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { describe, expect, it } from 'vitest'
import { openStore, rows } from '../../db/client.ts'
import type { Unit } from '../../db/model/period.ts'
import type { NewWorkspace } from '../../db/new-workspace.ts'
import { DAY, freshStore, HOUR, makeDesk, SECOND } from '../factories.ts'
import { freshDatabase } from '../stack/postgres.ts'

const { store } = await freshStore()

/** A workspace where an order leaves Accepted for Sent after a time; answers the place. */
async function withTimeout(amount: number, unit: Unit, wish: Partial<NewWorkspace> = {}) {
  const desk = await makeDesk(store, wish)
  await desk.timeout('accepted', amount, unit, 'sent')
  return { desk, place: await desk.place({ status: 'accepted' }) }
}
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
        if (!wentMs.has(id) && (await desk.codeOf({ id })) === 'sent') wentMs.set(id, desk.nowMs)
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
    await desk.timeout('accepted', 1, 'day', 'paid')
    await desk.look(place)
    expect([await desk.codeOf(old), await desk.codeOf(young)]).toEqual(['paid', 'accepted'])
    desk.pass(DAY)
    await desk.look(place)
    expect(await desk.codeOf(young)).toBe('paid')
  })

  it('C11 a new rule finds those who wait already', async () => {
    const desk = await makeDesk(store)
    const order = await desk.order({ status: 'accepted' })
    desk.pass(2 * DAY)
    await desk.timeout('accepted', 1, 'day', 'sent')
    await desk.look(await desk.place({ status: 'accepted' }))
    expect(await desk.codeOf(order)).toBe('sent')
  })
})
