import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CampaignCounts, countCampaign, listStepCustomers } from '../../db/campaign-counts.ts'
import { loadPlan, takeStep } from '../../db/enrolments.ts'
import { ready } from '../../db/model/walk.ts'
import {
  type Desk,
  filter,
  freshStore,
  HOUR,
  type Made,
  makeDesk,
  refusalOf,
  sms,
  trigger,
  wait,
} from '../factories.ts'
import { create, pause, publish, resume } from './campaign-verbs.ts'

const { store } = await freshStore()
const count = (desk: Desk, id: string, version: number | null = null) =>
  desk.run((tx) => countCampaign(tx, id, version, desk.nowMs))
const at = (desk: Desk, id: string, step: string, more: { version?: number; limit?: number; offset?: number } = {}) =>
  desk.run((tx) => listStepCustomers(tx, id, { step, version: null, limit: 10, offset: 0, ...more }))

const rules = [{ field: 'order.total', operator: 'atLeast', value: 10 }]
const STEPS = [
  trigger('sent', 'rich'),
  filter('rich', rules, 'hour', 'poor'),
  wait('hour', 'PT1H', 'off'),
  { ...sms('off', 'Never', 'text'), disabled: true },
  sms('text', 'Hi', 'again'),
  wait('again', 'PT2H', 'bye'),
  sms('poor', 'Hello', 'bye'),
  { id: 'bye', kind: 'exit', next: {} },
]

/** A shop with the campaign above, where things happen as a generated story tells. */
class Story {
  readonly desk: Desk
  readonly id: string
  readonly orders: Made[] = []
  versions = 1

  constructor(desk: Desk, id: string) {
    this.desk = desk
    this.id = id
  }

  readonly acts: Record<string, (n: number) => Promise<unknown>> = {
    enter: async (n) => {
      const order = await this.desk.order({ order: { total: n % 2 ? '50' : '5' } })
      this.orders.push(order)
      this.desk.pass(1)
      await this.desk.move(order, 'sent')
    },
    leave: async (n) => {
      const order = this.orders[n % (this.orders.length || 1)]
      if (order) await this.desk.move(order, 'accepted')
    },
    carry: () => this.desk.carry(),
    step: async (n) => {
      const cohorts = await this.open()
      const cohort = cohorts[n % (cohorts.length || 1)]
      if (!cohort) return
      const { plan, occupied } = await this.desk.run((tx) => loadPlan(tx, cohort, this.desk.nowMs))
      const [node] = ready(plan, new Set(occupied))
      if (node) await this.desk.run((tx) => takeStep(tx, cohort, node, this.desk.nowMs))
    },
    walk: async () => {
      for (const cohort of await this.open()) await this.desk.walk(cohort)
    },
    look: async (n) => {
      this.desk.pass(HOUR)
      const places = await this.desk.query<{ id: string }>(
        sql`select p.id from places p join campaign_versions v on v.id = p.version_id where v.campaign_id = ${this.id}`,
      )
      for (const { id } of n % 2 ? places : places.slice(0, 1)) await this.desk.look(id)
    },
    stick: () =>
      this.desk.query(sql`update cohorts set state = 'stuck' where id = (
        select id from cohorts where state = 'walking' order by id limit 1)`),
    pause: () => pause(this.desk, this.id),
    resume: () => resume(this.desk, this.id),
    publish: async () => {
      await publish(this.desk, this.id)
      this.versions++
    },
  }

  private async open(): Promise<string[]> {
    const found = await this.desk.query<{ id: string }>(sql`select id from cohorts where state = 'walking' order by id`)
    return found.map((c) => c.id)
  }

  /** One step of one version counted anew, with questions of its own. */
  recount(step: string, version: number) {
    const of = sql`select e.id from enrolments e join campaign_versions v on v.id = e.version_id
      where v.campaign_id = ${this.id} and v.number = ${version}`
    return this.desk.one(sql`select
      (select count(*)::int from enrolments e where e.id in (${of}) and (e.node_id = ${step} or exists (
        select from enrolment_steps s where s.enrolment_id = e.id and s.node_id = ${step}))) as entered,
      (select count(*)::int from enrolments e where e.id in (${of}) and e.node_id = ${step}) as here,
      (select count(*)::int from enrolments e where e.id in (${of}) and e.node_id = ${step} and e.state = 'waiting') as waiting,
      (select count(*)::int from enrolments e join cohorts h on h.id = e.cohort_id where e.id in (${of})
        and e.node_id = ${step} and e.state = 'walking' and h.state = 'held') as held,
      (select count(*)::int from enrolments e join cohorts h on h.id = e.cohort_id where e.id in (${of})
        and e.node_id = ${step} and e.state = 'walking' and h.state = 'stuck') as stuck,
      (select count(*)::int from enrolment_steps s where s.enrolment_id in (${of}) and s.node_id = ${step}
        and s.outcome in ('left', 'ended')) as ended`)
  }
}

function expectSums(counts: CampaignCounts): void {
  const { entered, ended, inside, steps, lines } = counts
  expect(ended.finished + ended.leftStatus + inside).toBe(entered)
  expect(Object.values(steps).reduce((sum, s) => sum + s.here, 0)).toBe(inside)
  expect(steps.trigger?.entered).toBe(entered)
  for (const [id, step] of Object.entries(steps)) {
    const left = Object.values(step.left).reduce((sum, n) => sum + n, 0)
    expect(left + step.ended + step.here, id).toBe(step.entered)
    expect(step.waiting + step.walking + step.held + step.stuck, id).toBe(step.here)
    const came = lines.filter((line) => line.to === id).reduce((sum, line) => sum + line.count, 0)
    if (id !== 'trigger') expect(came, id).toBe(step.entered)
  }
}

const told = fc.oneof(
  { weight: 4, arbitrary: fc.constant('enter') },
  { weight: 3, arbitrary: fc.constant('carry') },
  { weight: 3, arbitrary: fc.constant('look') },
  { weight: 8, arbitrary: fc.constantFrom('leave', 'step', 'walk', 'pause', 'resume', 'publish', 'stick') },
)

describe('the figures of a campaign', () => {
  it('add up at every moment of any story, and equal a recount of each step', { timeout: 120_000 }, async () => {
    let moved = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(told, fc.nat(20)), { minLength: 10, maxLength: 25, size: 'max' }),
        async (tale) => {
          const desk = await makeDesk(store)
          const story = new Story(desk, await desk.campaign(...STEPS))
          for (const [act, n] of tale) {
            await story.acts[act]!(n)
            for (let version = 1; version <= story.versions; version++) {
              const counts = await count(desk, story.id, version)
              expect(counts.version).toBe(version)
              expectSums(counts)
            }
          }
          for (let version = 1; version <= story.versions; version++) {
            const counts = await count(desk, story.id, version)
            moved += counts.entered
            for (const { id } of STEPS.slice(1)) {
              const { left: _, walking: __, ...step } = counts.steps[id]!
              expect(await story.recount(id, version), id).toEqual(step)
            }
          }
        },
      ),
      { numRuns: 12 },
    )
    expect(moved).toBeGreaterThan(0)
  })

  it('are those of the live version where none is named, and nothing before the first', async () => {
    const desk = await makeDesk(store)
    const id = await create(desk, ...STEPS)
    expect(await count(desk, id)).toMatchObject({ version: null, entered: 0, inside: 0, steps: {}, lines: [] })
    expect(await refusalOf(count(desk, id, 1))).toBe('unknown_version')
    await publish(desk, id)
    expect(await count(desk, id)).toMatchObject({ version: 1, entered: 0, asOf: new Date(desk.nowMs).toISOString() })
    await publish(desk, id)
    expect((await count(desk, id)).version).toBe(2)
    expect(await refusalOf(count(desk, '00000000-0000-7000-8000-000000000000'))).toBe('unknown_campaign')
  })
})

describe('who is at a step', () => {
  it('are listed by when their wait ends, a page at a time, with the total', async () => {
    const desk = await makeDesk(store)
    const id = await desk.campaign(...STEPS)
    const numbers: string[] = []
    for (let i = 0; i < 3; i++) {
      const order = await desk.order({ order: { total: '20' } })
      numbers.push(order.number)
      desk.pass(1)
      await desk.move(order, 'sent')
      await desk.carry()
    }
    const { total, customers } = await at(desk, id, 'hour', { limit: 2 })
    expect([total, customers.map((c) => c.order)]).toEqual([3, numbers.slice(0, 2)])
    expect(customers[1]).toEqual({
      order: numbers[1],
      name: 'Olha Petrenko',
      phone: expect.stringMatching(/^\+380/),
      since: new Date(desk.nowMs - 1).toISOString(),
      until: new Date(desk.nowMs - 1 + HOUR).toISOString(),
      state: 'waiting',
    })
    expect((await at(desk, id, 'hour', { limit: 2, offset: 2 })).customers.map((c) => c.order)).toEqual([numbers[2]])
    expect(await at(desk, id, 'text')).toEqual({ total: 0, customers: [] })
  })

  it('tell who is held by a pause and who is stuck', async () => {
    const desk = await makeDesk(store)
    const id = await desk.campaign(...STEPS)
    await pause(desk, id)
    const story = new Story(desk, id)
    await story.acts.enter!(1)
    await desk.carry()
    expect((await at(desk, id, 'rich')).customers).toMatchObject([{ state: 'held', until: null }])
    await resume(desk, id)
    await story.acts.stick!(0)
    expect((await at(desk, id, 'rich')).customers).toMatchObject([{ state: 'stuck', until: null }])
  })

  it('refuses steps and versions that there are not', async () => {
    const desk = await makeDesk(store)
    const id = await desk.campaign(...STEPS)
    expect(await refusalOf(at(desk, id, 'nowhere'))).toBe('unknown_step')
    expect(await refusalOf(at(desk, id, 'hour', { version: 2 }))).toBe('unknown_version')
    expect(await refusalOf(at(desk, '00000000-0000-7000-8000-000000000000', 'hour'))).toBe('unknown_campaign')
  })
})
