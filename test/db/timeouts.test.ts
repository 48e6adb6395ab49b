import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { Axis } from '../../db/model/status.ts'
import { viewStatuses } from '../../db/status-views.ts'
import { changeStatus, type StatusWish } from '../../db/statuses.ts'
import { DAY, type Desk, freshStore, makeDesk, refusalOf } from '../factories.ts'

const { store } = await freshStore()

const change = (desk: Desk, code: string, wish: StatusWish, type: Axis = 'general') =>
  desk.run((tx) => changeStatus(tx, type, code, wish, desk.nowMs))
const view = async (desk: Desk, code: string, type: Axis = 'general') =>
  (await desk.run(viewStatuses)).find((s) => s.type === type && s.code === code)
const problemOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing was refused',
    ({ code, problems }) => [code, ...problems.map((p: { detail: string }) => p.detail)].join(': '),
  )
const timeoutAfter = (amount: number, unit: 'minute' | 'hour' | 'day' | 'month', to: string) => ({
  timeout: { after: { amount, unit }, to },
})
const wakes = (desk: Desk) =>
  desk.query(sql`select subject_id as place, (payload ->> 'atMs')::float8 as at from outbox where topic = 'place.wake'`)

describe('timeouts', () => {
  it('P22 refuses a circle and names it, however long it is', async () => {
    const desk = await makeDesk(store)
    await change(desk, 'accepted', timeoutAfter(1, 'day', 'sent'))
    await change(desk, 'sent', timeoutAfter(1, 'month', 'return'))
    expect(await problemOf(change(desk, 'return', timeoutAfter(2, 'hour', 'accepted')))).toMatch(
      /^timeout_cycle: (Accepted → Sent → Return → Accepted|Sent → Return → Accepted → Sent|Return → Accepted → Sent → Return)$/,
    )
    expect(await view(desk, 'return')).toMatchObject({ timeout: null })
    await change(desk, 'return', timeoutAfter(2, 'hour', 'paid'))
  })

  it('cannot close a circle from two sides at once', async () => {
    for (let round = 0; round < 5; round++) {
      const desk = await makeDesk(store)
      const outcomes = await Promise.all([
        refusalOf(change(desk, 'accepted', timeoutAfter(1, 'day', 'sent'))),
        refusalOf(change(desk, 'sent', timeoutAfter(1, 'day', 'accepted'))),
      ])
      expect(outcomes.sort()).toEqual(['nothing was refused', 'timeout_cycle'])
    }
  })

  it('C11 ask for a look at once when they are set, and again when they change', async () => {
    const desk = await makeDesk(store)
    await change(desk, 'accepted', timeoutAfter(14, 'day', 'sent'))
    const place = await desk.place({ status: 'accepted' })
    expect(await wakes(desk)).toEqual([{ place, at: desk.nowMs }])
    desk.pass(DAY)
    await change(desk, 'accepted', timeoutAfter(1, 'day', 'paid'))
    expect(await wakes(desk)).toHaveLength(2)
    expect(await desk.one(sql`select amount, unit from places where id = ${place}`)).toEqual({ amount: 1, unit: 'day' })
    await change(desk, 'accepted', { name: 'Agreed' })
    expect(await wakes(desk)).toHaveLength(2)
  })

  it('close their place when they are taken away, and open it again', async () => {
    const desk = await makeDesk(store)
    await change(desk, 'accepted', timeoutAfter(1, 'day', 'sent'))
    const place = await desk.place({ status: 'accepted' })
    const closed = sql`select closed_at is not null as closed from places where id = ${place}`
    await change(desk, 'accepted', { timeout: null })
    expect(await desk.one(closed)).toEqual({ closed: true })
    expect(await desk.look(place)).toMatchObject({ lookAgainAt: null, cohortIds: [] })
    await change(desk, 'accepted', timeoutAfter(1, 'day', 'sent'))
    expect(await desk.one(closed)).toEqual({ closed: false })
  })
})
