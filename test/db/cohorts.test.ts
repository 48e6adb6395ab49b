import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { consequencesOf } from '../../db/batches.ts'
import { halveCohort } from '../../db/cohorts.ts'
import { newId } from '../../db/ids.ts'
import { listControls } from '../../db/outbox.ts'
import { type Desk, filter, freshStore, makeDesk, sms, trigger } from '../factories.ts'

const { store } = await freshStore()

/** A cohort of so many at the step `text`; who has the order `first` may be sent another way. */
async function enter(count: number) {
  const desk = await makeDesk(store)
  const orders = []
  for (let n = 0; n < count; n++) orders.push(await desk.order())
  const isFirst = [{ field: 'order.number', operator: 'isOneOf', value: [orders[0]!.number] }]
  await desk.campaign(
    trigger('sent', 'split'),
    filter('split', isFirst, 'other', 'text'),
    sms('other', 'Other', 'text'),
    sms('text', 'Hi'),
  )
  await desk.carry()
  for (const order of orders) await desk.move(order, 'sent')
  const { cohortIds } = await desk.run(async (tx) => consequencesOf(tx, (await desk.batch())!, desk.nowMs))
  await desk.query(sql`update enrolments set node_id = 'text'`)
  return { desk, cohort: cohortIds[0]!, first: orders[0]! }
}
const cut = (desk: Desk, cohort: string, cutOffId = newId(desk.nowMs), nodeId = 'text') =>
  desk.run((tx) => halveCohort(tx, cohort, { nodeId, error: 'Bad', cutOffId }, desk.nowMs))
/** How many members each cohort has to walk, with its state and error; the fullest first. */
const cohorts = (desk: Desk) =>
  desk.query<{ state: string; error: string | null; members: number }>(
    sql`select h.state, h.error, (select count(*)::int from enrolments e where e.cohort_id = h.id and e.state = 'walking')
          as members from cohorts h order by members desc, h.created_at`,
  )

describe('halveCohort', () => {
  it('gives half of those who stand at the step to a cohort of their own, which the relay is told of', async () => {
    const { desk, cohort } = await enter(5)
    const cutOffId = newId(desk.nowMs)
    expect(await cut(desk, cohort, cutOffId)).toEqual({ goesOn: true })
    const both = [3, 2].map((members) => ({ state: 'walking', error: null, members }))
    expect(await cohorts(desk)).toEqual(both)
    const mine = (await listControls(store, 100)).filter((c) => c.workspaceId === desk.id)
    expect(mine).toMatchObject([{ topic: 'cohort.go', subjectId: cutOffId }])
    await desk.walk(cohort)
    await desk.walk(cutOffId)
    expect(await desk.query(sql`select from sms_messages`)).toHaveLength(5)
  })

  it('cuts once, however often the same cut is asked for', async () => {
    const { desk, cohort } = await enter(2)
    const cutOffId = newId(desk.nowMs)
    for (let n = 0; n < 3; n++) expect(await cut(desk, cohort, cutOffId)).toEqual({ goesOn: true })
    expect((await cohorts(desk)).map((h) => h.members)).toEqual([1, 1])
  })

  it('puts a cohort of one aside with the error', async () => {
    const { desk, cohort } = await enter(1)
    for (let n = 0; n < 2; n++) expect(await cut(desk, cohort)).toEqual({ goesOn: false })
    expect(await cohorts(desk)).toEqual([{ state: 'stuck', error: 'Bad', members: 1 }])
  })

  it('takes the only one at the step out of a cohort with members elsewhere', async () => {
    const { desk, cohort, first } = await enter(3)
    await desk.query(sql`update enrolments set node_id = 'other' where order_id = ${first.id}`)
    const cutOffId = newId(desk.nowMs)
    expect(await cut(desk, cohort, cutOffId, 'other')).toEqual({ goesOn: true })
    expect(await desk.query(sql`select node_id as node from enrolments where cohort_id = ${cutOffId}`)).toEqual([
      { node: 'other' },
    ])
    expect(await cut(desk, cutOffId, newId(desk.nowMs), 'other')).toEqual({ goesOn: false })
    await desk.walk(cohort)
    expect(await desk.query(sql`select from sms_messages`)).toHaveLength(2)
  })

  it('leaves a cohort alone that is held or at rest', async () => {
    const { desk, cohort } = await enter(2)
    for (const state of ['held', 'rest']) {
      await desk.query(sql`update cohorts set state = ${state}`)
      expect(await cut(desk, cohort)).toEqual({ goesOn: false })
      expect(await cohorts(desk)).toEqual([{ state, error: null, members: 2 }])
    }
  })
})
