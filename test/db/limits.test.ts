import { sql } from 'drizzle-orm'
import { describe, expect, it, vi } from 'vitest'
import { consequencesOf } from '../../db/batches.ts'
import { changeStatus } from '../../db/statuses.ts'
import { freshStore, HOUR, makeDesk, report, trigger, unique, wait } from '../factories.ts'

// the real ones would take thousands of orders
vi.mock('../../db/model/limits.ts', async (importOriginal) => ({
  ...(await importOriginal<typeof import('../../db/model/limits.ts')>()),
  COHORT_MAX: 10,
  RELEASE_MAX: 30,
}))

const { store } = await freshStore()
const many = (count: number, status: string) =>
  Array.from({ length: count }, () => report({ number: unique('N'), status }))

describe('a look at a place', () => {
  it('releases at most RELEASE_MAX orders, in steps of COHORT_MAX, and asks for the next look now', async () => {
    const desk = await makeDesk(store)
    const timeout = { after: { amount: 1, unit: 'hour' as const }, to: 'sent' }
    await desk.run((tx) => changeStatus(tx, 'general', 'accepted', { timeout }, desk.nowMs))
    const place = await desk.place({ status: 'accepted' })
    await desk.receive(many(45, 'accepted'))
    desk.pass(HOUR)
    const left = async () =>
      (
        await desk.query(
          sql`select from orders o join order_statuses s on s.id = general_status_id where code = 'accepted'`,
        )
      ).length
    expect((await desk.look(place)).lookAgainAt).toBe(desk.nowMs)
    expect(await left()).toBe(15)
    expect((await desk.look(place)).lookAgainAt).toBe(desk.nowMs + HOUR)
    expect(await left()).toBe(0)
  })

  it('lets members of a campaign go in cohorts of at most COHORT_MAX', async () => {
    const desk = await makeDesk(store)
    const campaign = await desk.campaign(
      trigger('accepted', 'w', { includingCreation: true }),
      wait('w', 'PT1H', 'later'),
      wait('later', 'P1D', null),
    )
    await desk.receive(many(45, 'accepted'))
    await desk.carry()
    desk.pass(HOUR)
    const place = await desk.place({ campaign, node: 'w' })
    expect((await desk.look(place)).lookAgainAt).toBe(desk.nowMs)
    await desk.look(place)
    expect(
      await desk.query(sql`select count(*)::int as n from enrolments e join places p on p.id = e.place_id
        where p.node_id = 'later' group by e.cohort_id order by 1 desc`),
    ).toEqual([10, 10, 10, 10, 5].map((n) => ({ n })))
  })
})

describe('a batch', () => {
  it('makes cohorts of at most COHORT_MAX members', async () => {
    const desk = await makeDesk(store)
    await desk.campaign(trigger('accepted', 'w', { includingCreation: true }), wait('w', 'PT1H', null))
    await desk.receive(many(25, 'accepted'))
    const batch = (await desk.batch(500))!
    const { cohortIds } = await desk.run((tx) => consequencesOf(tx, batch, desk.nowMs))
    expect(cohortIds).toHaveLength(3)
    expect(await desk.query(sql`select count(*)::int as n from enrolments group by cohort_id order by 1 desc`)).toEqual(
      [10, 10, 5].map((n) => ({ n })),
    )
  })
})
