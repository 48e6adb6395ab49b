import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { consequencesOf } from '../../db/batches.ts'
import { loadPlan, takeStep } from '../../db/enrolments.ts'
import { recordReply } from '../../db/replies.ts'
import {
  type Desk,
  filter,
  freshStore,
  HOUR,
  type Made,
  makeDesk,
  SECOND,
  sms,
  trigger,
  uniquePhone,
  wait,
} from '../factories.ts'

const { store } = await freshStore()

const EXIT = { id: 'exit', kind: 'exit' }
const atLeast = (total: number) => [{ field: 'order.total', operator: 'atLeast', value: total }]

/** Lets orders come to Sent in one batch; answers the cohort of it. */
async function enter(desk: Desk, ...orders: Made[]): Promise<string> {
  await desk.carry()
  for (const order of orders) await desk.move(order, 'sent')
  const { cohortIds } = await desk.run(async (tx) => consequencesOf(tx, (await desk.batch())!, desk.nowMs))
  return cohortIds[0]!
}
const step = (desk: Desk, cohort: string, node: string) =>
  desk.run((tx) => takeStep(tx, cohort, node, desk.nowMs)).then((s) => s.occupied)
const journal = (desk: Desk) =>
  desk.query<{ number: string; node: string; outcome: string }>(
    sql`select o.number, s.node_id as node, s.outcome, s.until from enrolment_steps s
        join enrolments e on e.id = s.enrolment_id join orders o on o.id = e.order_id order by s.at, o.number, s.outcome`,
  )
const members = (desk: Desk) =>
  desk.query<{ number: string; state: string; node: string | null; reason: string | null }>(
    sql`select o.number, e.state, e.node_id as node, e.end_reason as reason from enrolments e
        join orders o on o.id = e.order_id order by o.number`,
  )
const byNode = (a: { node: string }, b: { node: string }) => (a.node < b.node ? -1 : 1)
const cohortState = (desk: Desk, id: string) =>
  desk.one<{ state: string }>(sql`select state from cohorts where id = ${id}`)

describe('loadPlan', () => {
  it('tells kinds, titles and edges, no texts, and where the members stand', async () => {
    const desk = await makeDesk(store)
    await desk.campaign(
      trigger('sent', 'f'),
      filter('f', [], 'text', 'exit'),
      { ...sms('text', 'A secret offer', 'exit'), title: 'Offer' },
      EXIT,
    )
    const cohort = await enter(desk, await desk.order())
    const { plan, occupied } = await desk.run((tx) => loadPlan(tx, cohort, desk.nowMs))
    expect(occupied).toEqual(['f'])
    expect(plan.nodes).toEqual({
      trigger: { kind: 'order_status_changed', title: 'Order status changed', next: ['f'] },
      f: { kind: 'filter_customers', title: 'Filter customers', next: ['exit', 'text'] },
      text: { kind: 'send_sms', title: 'Offer', next: ['exit'] },
      exit: { kind: 'exit', title: 'Exit', next: [] },
    })
    expect(JSON.stringify(plan)).not.toContain('secret')
  })

  it('tells that nobody stands anywhere in a cohort that is at rest, held or gone', async () => {
    const desk = await makeDesk(store)
    await desk.campaign(trigger('sent', 'exit'), EXIT)
    const cohort = await enter(desk, await desk.order())
    const nobody = { plan: { nodes: {} }, occupied: [] }
    await desk.walk(cohort)
    expect(await desk.run((tx) => loadPlan(tx, cohort, desk.nowMs))).toEqual(nobody)
    await desk.query(sql`update cohorts set state = 'held'`)
    expect(await desk.run((tx) => loadPlan(tx, cohort, desk.nowMs))).toEqual(nobody)
    expect(await desk.run((tx) => loadPlan(tx, '00000000-0000-7000-8000-000000000000', 0))).toEqual(nobody)
  })
})

describe('takeStep', () => {
  it('S1-21 filters: each goes on by its own branch, and the journal says which', async () => {
    const desk = await makeDesk(store)
    await desk.campaign(trigger('sent', 'f'), filter('f', atLeast(100), 'exit', null), EXIT)
    const [rich, poor] = [await desk.order({ order: { total: '150' } }), await desk.order({ order: { total: '50' } })]
    const cohort = await enter(desk, rich, poor)
    expect(await step(desk, cohort, 'f')).toEqual(['exit'])
    expect(await members(desk)).toEqual(
      [
        { number: rich.number, state: 'walking', node: 'exit', reason: null },
        { number: poor.number, state: 'ended', node: null, reason: 'finished' },
      ].sort((a, b) => (a.number < b.number ? -1 : 1)),
    )
    expect((await journal(desk)).map((j) => [j.number, j.outcome]).sort()).toEqual(
      [
        [rich.number, 'yes'],
        [poor.number, 'no'],
      ].sort(),
    )
  })

  it('S1-22 sends: one text each, rendered with fresh facts, and goes on also past those it cannot reach', async () => {
    const desk = await makeDesk(store)
    await desk.campaign(
      trigger('sent', 'text'),
      sms('text', '{{ customer.first_name }}: {{ order.status }}', 'exit'),
      EXIT,
    )
    const stopped = uniquePhone()
    const { id: channel } = await desk.one<{ id: string }>(sql`select id from channels`)
    await desk.run((tx) => recordReply(tx, channel, { id: 'r', phone: stopped, text: 'STOP' }, desk.nowMs))
    const orders = [
      await desk.order(),
      await desk.order({ customer: { name: 'Ivan', phone: stopped } }),
      await desk.order({ customer: { name: 'Ira' } }),
    ]
    const cohort = await enter(desk, ...orders)
    for (let n = 0; n < 2; n++) expect(await step(desk, cohort, 'text')).toEqual(['exit'])
    expect(await desk.query(sql`select text, state, reason from sms_messages order by reason nulls first`)).toEqual(
      [
        { text: 'Olha: Sent', state: 'queued', reason: null },
        { text: '', state: 'suppressed', reason: 'no_phone' },
        { text: 'Ivan: Sent', state: 'suppressed', reason: 'opted_out' },
      ].map((m) => ({ ...m, text: m.reason === 'no_phone' ? 'Ira: Sent' : m.text })),
    )
    expect((await journal(desk)).map((j) => j.outcome).sort()).toEqual(['queued', 'suppressed', 'suppressed'])
  })

  it('waits: a deadline each, and a wake for the first who comes to an empty place', async () => {
    const desk = await makeDesk(store)
    const id = await desk.campaign(trigger('sent', 'w'), wait('w', 'PT2H', 'exit'), EXIT)
    const cohort = await enter(desk, await desk.order())
    const due = desk.nowMs + 2 * HOUR
    expect(await step(desk, cohort, 'w')).toEqual([])
    expect(await cohortState(desk, cohort)).toEqual({ state: 'rest' })
    expect(await members(desk)).toMatchObject([{ state: 'waiting', node: 'w' }])
    expect(await desk.one(sql`select due_at as due, place_id as place from enrolments`)).toEqual({
      due: new Date(due).toISOString(),
      place: await desk.place({ campaign: id, node: 'w' }),
    })
    expect(await journal(desk)).toMatchObject([{ node: 'w', outcome: 'waits', until: new Date(due).toISOString() }])
    expect(await desk.wakes()).toEqual([due])
  })

  it('ends at an exit', async () => {
    const desk = await makeDesk(store)
    await desk.campaign(trigger('sent', 'exit'), EXIT)
    const cohort = await enter(desk, await desk.order())
    expect(await step(desk, cohort, 'exit')).toEqual([])
    expect(await members(desk)).toMatchObject([{ state: 'ended', node: null, reason: 'finished' }])
    expect(await journal(desk)).toMatchObject([{ node: 'exit', outcome: 'ended' }])
    expect(await cohortState(desk, cohort)).toEqual({ state: 'rest' })
  })

  it('passes by steps that are switched off: no text, no wait, everybody by the first way out', async () => {
    const desk = await makeDesk(store)
    const off = (step: object) => ({ ...step, disabled: true })
    const id = await desk.campaign(
      trigger('sent', 'f'),
      off(filter('f', [{ field: 'order.payment', operator: 'equals', value: 'gone' }], 'text', 'exit')),
      off(sms('text', '', 'w')),
      off(wait('w', '', 'last')),
      off(sms('last', 'Hi')),
      EXIT,
    )
    const cohort = await enter(desk, await desk.order(), await desk.order())
    expect(await desk.walk(cohort)).toEqual(['f', 'text', 'w', 'last'])
    const skipped = ['f', 'last', 'text', 'w']
      .flatMap((node) => [node, node])
      .map((node) => ({ node, outcome: 'skipped' }))
    expect((await journal(desk)).map(({ node, outcome }) => ({ node, outcome })).sort(byNode)).toEqual(skipped)
    expect(await members(desk)).toMatchObject(Array(2).fill({ state: 'ended', node: null, reason: 'finished' }))
    expect(await desk.query(sql`select from sms_messages`)).toEqual([])
    expect(
      await desk.query(sql`select from places p join campaign_versions v on v.id = p.version_id
        where v.campaign_id = ${id}`),
    ).toEqual([])
    expect(await step(desk, cohort, 'f')).toEqual([])
    expect(await journal(desk)).toHaveLength(8)
  })

  it.each(['f', 'text', 'w', 'exit'])('does nothing when %s is taken again, and answers the same', async (node) => {
    const desk = await makeDesk(store)
    await desk.campaign(
      trigger('sent', 'f'),
      filter('f', atLeast(100), 'text', null),
      sms('text', 'Hi', 'w'),
      wait('w', 'PT2H', 'exit'),
      EXIT,
    )
    const cohort = await enter(desk, await desk.order({ order: { total: '150' } }), await desk.order())
    for (const before of ['f', 'text', 'w', 'exit']) {
      if (before === node) break
      await step(desk, cohort, before)
    }
    const first = await step(desk, cohort, node)
    const after = [await members(desk), await journal(desk), await desk.wakes()]
    desk.pass(SECOND)
    expect(await step(desk, cohort, node)).toEqual(first)
    expect([await members(desk), await journal(desk), await desk.wakes()]).toEqual(after)
    expect(await desk.query(sql`select from sms_messages`)).toHaveLength(node === 'f' ? 0 : 1)
  })

  it('acts once when two attempts run at once', async () => {
    const desk = await makeDesk(store)
    await desk.campaign(trigger('sent', 'text'), sms('text', 'Hi', 'exit'), EXIT)
    const cohort = await enter(desk, await desk.order())
    const answers = await Promise.all([1, 2, 3, 4].map(() => step(desk, cohort, 'text')))
    expect(answers).toEqual(Array(4).fill(['exit']))
    expect(await desk.query(sql`select from sms_messages`)).toHaveLength(1)
    expect(await journal(desk)).toHaveLength(1)
  })

  it('throws for a step the version does not have, and moves nobody', async () => {
    const desk = await makeDesk(store)
    await desk.campaign(trigger('sent', 'exit'), EXIT)
    const cohort = await enter(desk, await desk.order())
    await expect(step(desk, cohort, 'gone')).rejects.toThrow('no step gone')
    expect(await members(desk)).toMatchObject([{ state: 'walking', node: 'exit' }])
  })

  it('brings both branches to a join before it acts, once for all', async () => {
    const desk = await makeDesk(store)
    await desk.campaign(
      trigger('sent', 'f'),
      filter('f', atLeast(100), 'text', 'join'),
      sms('text', 'Hi', 'join'),
      sms('join', 'Ho'),
    )
    const cohort = await enter(desk, await desk.order({ order: { total: '150' } }), await desk.order())
    expect(await desk.walk(cohort)).toEqual(['f', 'text', 'join'])
    expect(
      await desk.query(sql`select text, count(*)::int as n from sms_messages group by text order by text`),
    ).toEqual([
      { text: 'Hi', n: 1 },
      { text: 'Ho', n: 2 },
    ])
  })
})
