import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { consequencesOf } from '../../db/batches.ts'
import { publishCampaign, saveDraft } from '../../db/campaigns.ts'
import { takeStep } from '../../db/enrolments.ts'
import { Campaign } from '../../db/model/campaign-schema.ts'
import { releaseDue } from '../../db/releases.ts'
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
  wait,
} from '../factories.ts'

const { store } = await freshStore()

/** Lets orders come to Sent in one batch; answers the cohort of it. */
async function enter(desk: Desk, ...orders: Made[]): Promise<string> {
  await desk.carry()
  for (const order of orders) await desk.move(order, 'sent')
  const { cohortIds } = await desk.run(async (tx) => consequencesOf(tx, (await desk.batch())!, desk.nowMs))
  return cohortIds[0]!
}
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
    const id = await desk.campaign(
      trigger('sent', 'w'),
      wait('w', 'PT1H', 'one'),
      sms('one', '1', 'two'),
      sms('two', '2'),
    )
    await desk.walk(await enter(desk, await desk.order()))
    const place = await desk.place({ campaign: id, node: 'w' })
    desk.pass(HOUR)
    const look = () => releaseDue(store, desk.id, place, desk.nowMs).then((l) => l.cohortIds)
    const [cohort] = await look()
    expect(await look()).toEqual([cohort])
    desk.pass(SECOND)
    await desk.run((tx) => takeStep(tx, cohort!, 'one', desk.nowMs))
    expect(await look()).toEqual([])
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
    expect(await desk.look(place)).toMatchObject({ lookAgainAt: null, cohortIds: [] })
    await desk.carry()
    expect(await desk.one(sql`select closed_at from places where id = ${place}`)).toEqual({ closed_at: null })
    expect(await desk.wakes()).toContain(desk.nowMs + HOUR)
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
