import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { shortestMs, type Unit } from '../../db/model/period.ts'
import { EMPTY_LOOK_MIN_MS } from '../../db/model/place.ts'
import type { NewWorkspace } from '../../db/new-workspace.ts'
import { noteWake } from '../../db/places.ts'
import { type Desk, freshStore, HOUR, makeDesk, SECOND } from '../factories.ts'

const { store } = await freshStore()

/** A workspace where an order leaves Accepted for Sent after a time; answers the place. */
async function withTimeout(amount: number, unit: Unit, wish: Partial<NewWorkspace> = {}) {
  const desk = await makeDesk(store, wish)
  await desk.timeout('accepted', amount, unit, 'sent')
  return { desk, place: await desk.place({ status: 'accepted' }) }
}
const counts = (desk: Desk) =>
  desk.query<{ code: string; n: number }>(sql`select code, count(*)::int as n from orders o
    join order_statuses s on s.id = general_status_id group by code order by code`)

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
    expect(await desk.wakes(desk.nowMs)).toEqual(asked ? [dueMs] : [])
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
    const [dueMs] = await desk.wakes(fromMs)
    await desk.run((tx) => noteWake(tx, place, dueMs!))
    desk.pass(SECOND)
    await desk.order({ status: 'accepted' })
    expect(await desk.wakes(fromMs)).toEqual([dueMs])
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
      const told = [look.lookAgainAt!, ...(await desk.wakes(fromMs))]
      expect(Math.min(...told)).toBeLessThanOrEqual(fromMs + 2 * SECOND)
      desk.pass(2 * SECOND)
      await desk.look(place)
      expect(await desk.codeOf(order)).toBe('sent')
    }
  })
})
