import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { getCampaign } from '../../db/campaign-views.ts'
import { rows } from '../../db/client.ts'
import { getInstallation } from '../../db/installation.ts'
import { NODES_MAX } from '../../db/model/limits.ts'
import { workflowIds } from '../../workflows/contracts.ts'
import { until } from '../stack/until.ts'
import { publishSteps, report, sms, trigger } from './story.ts'
import { startWorld, type World } from './world.ts'

const CUSTOMERS = 250
/** Steps between the trigger and the text at the end. */
const RUNGS = NODES_MAX - 2
/** Of one run with a walk of NODES_MAX steps; the engine warns at 10,240 events. */
const EVENTS_MAX = 1_000

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world?.end())

const read = <Row extends object>(statement: ReturnType<typeof sql>) =>
  world.store.inWorkspace(world.workspaceId, (tx) => rows<Row>(tx, statement))

/** A filter that parts the customers by the n-th figure of their number; both ways lead to the next step. */
const rung = (n: number) => {
  const next = n === RUNGS - 1 ? 'end' : `r${n + 1}`
  const rules = [{ field: 'order.number', operator: 'contains', value: `${n % 10}` }]
  return { id: `r${n}`, kind: 'filter_customers', where: { combinator: 'and', rules }, next: { yes: next, no: next } }
}

it('walks hundreds of customers through a ladder of joins once a step, though 2^198 ways lead through it', async () => {
  const rungs = Array.from({ length: RUNGS }, (_, n) => rung(n))
  const id = await publishSteps(world, 'ladder', [trigger('accepted', 'r0'), ...rungs, sms('end', 'End')])
  const numbers = Array.from({ length: CUSTOMERS }, (_, i) => `${1_000 + i}`)
  await report(world, numbers, 'processing')
  await report(world, numbers, 'accepted')
  const campaign = () => world.store.inWorkspace(world.workspaceId, (tx) => getCampaign(tx, id))
  await until(async () => (await campaign()).ended === CUSTOMERS)

  const taken = await read<{ steps: number; customers: number; times: number }>(sql`
    select count(distinct node_id)::int as steps, count(distinct enrolment_id)::int as customers, count(*)::int as times
    from enrolment_steps`)
  const steps = RUNGS + 1
  expect(taken).toEqual([{ steps, customers: CUSTOMERS, times: steps * CUSTOMERS }])
  expect(await read(sql`select from sms_messages`)).toHaveLength(CUSTOMERS)

  // each cohort met each step once: what a step writes has its time, and a history has an event a step
  const cohorts = await read<{ id: string; origin: string; acts: number }>(sql`
    select h.id, h.origin_id as origin, count(distinct (s.node_id, s.at))::int as acts
    from cohorts h join enrolments e on e.cohort_id = h.id join enrolment_steps s on s.enrolment_id = e.id group by h.id`)
  const { id: installation } = await getInstallation(world.store)
  for (const cohort of cohorts) {
    expect(cohort.acts).toBe(steps)
    const run = world.client.workflow.getHandle(workflowIds.batch(installation, cohort.origin))
    const { events } = await run.fetchHistory()
    expect(events!.length).toBeLessThan(EVENTS_MAX)
  }
})
