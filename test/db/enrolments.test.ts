import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { consequencesOf } from '../../db/batches.ts'
import { publishCampaign, saveDraft } from '../../db/campaigns.ts'
import { loadPlan, takeStep } from '../../db/enrolments.ts'
import { Campaign } from '../../db/model/campaign.ts'
import { releaseDue } from '../../db/releases.ts'
import { recordReply } from '../../db/replies.ts'
import {
  type Desk,
  filter,
  freshStore,
  HOUR,
  type Made,
  makeDesk,
  report,
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
const cohortState = (desk: Desk, id: string) =>
  desk.one<{ state: string }>(sql`select state from cohorts where id = ${id}`)
const wakes = (desk: Desk) =>
  desk.query<{ at: number }>(
    sql`select (payload ->> 'atMs')::float8 as at from outbox where topic = 'place.wake' order by id`,
  )

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
    expect(await wakes(desk)).toEqual([{ at: due }])
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
    const after = [await members(desk), await journal(desk), await wakes(desk)]
    desk.pass(SECOND)
    expect(await step(desk, cohort, node)).toEqual(first)
    expect([await members(desk), await journal(desk), await wakes(desk)]).toEqual(after)
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

describe('a wait of a campaign', () => {
  const hourThenText = [wait('w', 'PT1H', 'text'), sms('text', 'Still {{ order.status }}?')]

  it('lets everybody who is due go on as one cohort, and nobody before', async () => {
    const desk = await makeDesk(store)
    const id = await desk.campaign(trigger('sent', 'w'), ...hourThenText)
    await desk.walk(await enter(desk, await desk.order(), await desk.order()))
    desk.pass(30 * 60 * SECOND)
    await desk.walk(await enter(desk, await desk.order()))
    const place = await desk.place({ campaign: id, node: 'w' })
    desk.pass(30 * 60 * SECOND - 1)
    expect(await desk.look(place)).toMatchObject({ cohortIds: [] })
    desk.pass(1)
    const look = await desk.look(place)
    expect(look.cohortIds).toHaveLength(1)
    expect(look.lookAgainAt).toBe(desk.nowMs + 30 * 60 * SECOND)
    expect(await desk.query(sql`select from sms_messages`)).toHaveLength(2)
    expect((await members(desk)).map((m) => m.state).sort()).toEqual(['ended', 'ended', 'waiting'])
    desk.pass(HOUR)
    await desk.look(place)
    expect(await desk.query(sql`select from sms_messages`)).toHaveLength(3)
    expect((await journal(desk)).map((j) => j.outcome).sort()).toEqual(
      ['waits', 'waits', 'waits', 'waited', 'waited', 'waited', 'queued', 'queued', 'queued'].sort(),
    )
  })

  it('names a cohort until it has taken a step, so that a repeated look starts it again', async () => {
    const desk = await makeDesk(store)
    const id = await desk.campaign(trigger('sent', 'w'), ...hourThenText)
    await desk.walk(await enter(desk, await desk.order()))
    const place = await desk.place({ campaign: id, node: 'w' })
    desk.pass(HOUR)
    const first = await releaseDue(store, desk.id, place, desk.nowMs)
    expect((await releaseDue(store, desk.id, place, desk.nowMs)).cohortIds).toEqual(first.cohortIds)
    desk.pass(SECOND)
    await desk.walk(first.cohortIds[0]!)
    expect((await releaseDue(store, desk.id, place, desk.nowMs)).cohortIds).toEqual([])
    expect(await desk.query(sql`select from sms_messages`)).toHaveLength(1)
  })

  it.each([
    ['P12 the status was left', ['paid'], 'left_status', 0],
    ['the status was left and come back to', ['paid', 'sent'], 'left_status', 0],
    ['nothing changed', [], 'finished', 1],
  ] as const)('lets customers leave at its end: %s', async (_, path, reason, count) => {
    const desk = await makeDesk(store)
    const id = await desk.campaign(trigger('sent', 'w'), ...hourThenText)
    const order = await desk.order()
    await desk.walk(await enter(desk, order))
    for (const code of path) await desk.move(order, code)
    desk.pass(HOUR)
    await desk.look(await desk.place({ campaign: id, node: 'w' }))
    expect(await members(desk)).toMatchObject([{ state: 'ended', reason }])
    expect(await desk.query(sql`select from sms_messages`)).toHaveLength(count)
    expect((await journal(desk)).map((j) => j.outcome)).toContain(count === 0 ? 'left' : 'waited')
  })

  it('minds changes of the trigger’s own type only', async () => {
    const desk = await makeDesk(store)
    const id = await desk.campaign(trigger('sent', 'w'), ...hourThenText)
    const order = await desk.order()
    await desk.walk(await enter(desk, order))
    await desk.move(order, 'paid', { axis: 'payment' })
    desk.pass(HOUR)
    await desk.look(await desk.place({ campaign: id, node: 'w' }))
    expect(await members(desk)).toMatchObject([{ reason: 'finished' }])
  })

  it('keeps everybody in where the rule is switched off, and reads fresh data behind it', async () => {
    const desk = await makeDesk(store)
    const off = { leaveWhenStatusChanges: false }
    const isPaid = [{ field: 'order.general', operator: 'equals', value: 'paid' }]
    const id = await desk.campaign(
      trigger('sent', 'w', off),
      wait('w', 'PT1H', 'f'),
      filter('f', isPaid, null, 'text'),
      sms('text', 'Please pay'),
    )
    const [pays, owes] = [await desk.order(), await desk.order()]
    await desk.walk(await enter(desk, pays, owes))
    await desk.move(pays, 'paid')
    desk.pass(HOUR)
    await desk.look(await desk.place({ campaign: id, node: 'w' }))
    expect(await desk.query(sql`select o.number from sms_messages m join orders o on o.id = m.order_id`)).toEqual([
      { number: owes.number },
    ])
    expect((await members(desk)).map((m) => m.reason)).toEqual(['finished', 'finished'])
  })

  it('ends where nothing comes after it', async () => {
    const desk = await makeDesk(store)
    const id = await desk.campaign(trigger('sent', 'w'), wait('w', 'PT1H', null))
    await desk.walk(await enter(desk, await desk.order()))
    desk.pass(HOUR)
    const look = await desk.look(await desk.place({ campaign: id, node: 'w' }))
    expect(look.cohortIds).toEqual([])
    expect(await members(desk)).toMatchObject([{ state: 'ended', reason: 'finished' }])
    expect(await desk.query(sql`select from cohorts where state <> 'rest'`)).toEqual([])
  })

  it('P11 follows the version a customer began with', async () => {
    const desk = await makeDesk(store)
    const id = await desk.campaign(trigger('sent', 'w'), ...hourThenText)
    await desk.walk(await enter(desk, await desk.order()))
    const place = await desk.place({ campaign: id, node: 'w' })
    const draft = Campaign.parse({ steps: [trigger('sent', 'w'), wait('w', 'P1D', 'text'), sms('text', 'New')] })
    await desk.run((tx) => saveDraft(tx, id, { draft, expectedVersion: 1 }, desk.nowMs))
    desk.pass(SECOND)
    await desk.run((tx) => publishCampaign(tx, id, 'anna', desk.nowMs))
    desk.pass(HOUR)
    await desk.look(place)
    expect(await desk.query(sql`select text from sms_messages`)).toEqual([{ text: 'Still Sent?' }])
    expect(await desk.look(place)).toMatchObject({ lookAgainAt: null })
    expect(await desk.query(sql`select from places where closed_at is null`)).toHaveLength(1)
  })

  it('opens its place again for a latecomer of a version that nobody was in any more', async () => {
    const desk = await makeDesk(store)
    const id = await desk.campaign(trigger('sent', 'w'), wait('w', 'PT1H', null))
    const place = await desk.place({ campaign: id, node: 'w' })
    const late = await desk.order()
    await desk.move(late, 'sent')
    desk.pass(SECOND)
    await desk.run((tx) => publishCampaign(tx, id, 'anna', desk.nowMs))
    expect(await desk.look(place)).toEqual({ lookAgainAt: null, cohortIds: [] })
    await desk.carry()
    expect(await desk.one(sql`select closed_at from places where id = ${place}`)).toEqual({ closed_at: null })
    expect(await wakes(desk)).toContainEqual({ at: desk.nowMs + HOUR })
    desk.pass(HOUR)
    await desk.look(place)
    expect(await members(desk)).toMatchObject([{ state: 'ended' }])
  })
})

describe('receiving while somebody waits', () => {
  it('P12 a payment that the shop tells lets the customer leave before the reminder', async () => {
    const desk = await makeDesk(store)
    const unpaid = trigger('awaiting', 'w', { type: 'payment' })
    const id = await desk.campaign(unpaid, wait('w', 'P1D', 'text'), sms('text', 'Please pay'))
    const order = await desk.order()
    await desk.move(order, 'awaiting', { axis: 'payment' })
    await desk.carry()
    desk.pass(HOUR)
    await desk.receive([report({ number: order.number, type: 'payment', status: 'paid' })])
    desk.pass(24 * HOUR)
    await desk.look(await desk.place({ campaign: id, node: 'w' }))
    expect(await desk.query(sql`select from sms_messages`)).toEqual([])
  })
})
