import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { Period } from '../../db/model/period.ts'
import { previewTimeout } from '../../db/status-timeouts.ts'
import { getStatus } from '../../db/statuses.ts'
import { DAY, type Desk, freshStore, makeDesk, NOON, refusalOf } from '../factories.ts'
import { change, timeoutAfter } from './status-verbs.ts'

const { store } = await freshStore()
const preview = (desk: Desk, after: Period) =>
  desk.run(async (tx) => previewTimeout(tx, await getStatus(tx, 'general', 'accepted'), after, desk.nowMs))

describe('the preview of a timeout', () => {
  it('C11 counts the orders that would move at once, as they then do', async () => {
    const desk = await makeDesk(store)
    const orders = []
    for (let day = 0; day < 4; day++) {
      orders.push(await desk.order({ status: 'accepted' }))
      desk.pass(DAY)
    }
    expect(await preview(desk, { amount: 2, unit: 'day' })).toEqual({
      waiting: 4,
      resting: 0,
      due: 3,
      nextAt: new Date(NOON + 5 * DAY).toISOString(),
    })
    await change(desk, 'accepted', timeoutAfter(2, 'day', 'cancelled'))
    expect((await desk.look(await desk.place({ status: 'accepted' }))).released).toBe(3)
    expect(await Promise.all(orders.map((o) => desk.codeOf(o)))).toEqual([
      'cancelled',
      'cancelled',
      'cancelled',
      'accepted',
    ])
  })

  it('leaves out archived orders and those of an imported past', async () => {
    const desk = await makeDesk(store)
    const archived = await desk.order({ status: 'accepted' })
    await desk.query(sql`update orders set archived_at = now() where id = ${archived.id}`)
    const past = await desk.order({ status: 'accepted' })
    await desk.query(sql`update orders set general_due_from = null where id = ${past.id}`)
    desk.pass(DAY)
    expect(await preview(desk, { amount: 1, unit: 'hour' })).toEqual({ waiting: 0, resting: 1, due: 0, nextAt: null })
  })

  it('C12 counts calendar months', async () => {
    const desk = await makeDesk(store)
    desk.nowMs = Date.parse('2026-01-31T10:00:00Z')
    await desk.order({ status: 'accepted' })
    expect(await preview(desk, { amount: 1, unit: 'month' })).toMatchObject({ nextAt: '2026-02-28T10:00:00.000Z' })
  })

  it('refuses a period that no timeout may have', async () => {
    const desk = await makeDesk(store)
    expect(await refusalOf(preview(desk, { amount: 200, unit: 'month' }))).toBe('timeout_invalid')
  })
})
