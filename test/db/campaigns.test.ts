import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { consequencesOf } from '../../db/batches.ts'
import {
  createCampaign,
  getCampaign,
  listCampaigns,
  pauseCampaign,
  publishCampaign,
  resumeCampaign,
  saveDraft,
} from '../../db/campaigns.ts'
import { takeStep } from '../../db/enrolments.ts'
import { Campaign } from '../../db/model/campaign.ts'
import type { Problem } from '../../db/model/refusal.ts'
import { type Desk, filter, freshStore, makeDesk, refusalOf, SECOND, sms, trigger, unique, wait } from '../factories.ts'
import { interrupted } from './interleave.ts'

const { store } = await freshStore()

const draftOf = (...steps: object[]): Campaign => Campaign.parse({ steps })
const create = (desk: Desk, ...steps: object[]) =>
  desk.run((tx) => createCampaign(tx, unique('Campaign'), draftOf(...steps), desk.nowMs))
const publish = (desk: Desk, id: string) => desk.run((tx) => publishCampaign(tx, id, 'anna', desk.nowMs))
const view = (desk: Desk, id: string) => desk.run((tx) => getCampaign(tx, id))
const pause = (desk: Desk, id: string) => desk.run((tx) => pauseCampaign(tx, id, desk.nowMs))
const resume = (desk: Desk, id: string) => desk.run((tx) => resumeCampaign(tx, id, desk.nowMs))
const save = (desk: Desk, id: string, expectedVersion: number, ...steps: object[]) =>
  desk.run((tx) => saveDraft(tx, id, { draft: draftOf(...steps), expectedVersion }, desk.nowMs))
const enrolled = (desk: Desk, campaign: string) =>
  desk.query<{ version: number; state: string }>(
    sql`select v.number as version, e.state from enrolments e join campaign_versions v on v.id = e.version_id
        where e.campaign_id = ${campaign} order by entered_at, e.id`,
  )
/** An order that comes to `to` now. */
async function moveOne(desk: Desk, to = 'sent'): Promise<void> {
  const order = await desk.order()
  desk.pass(1)
  await desk.move(order, to)
}

describe('saveDraft', () => {
  it('P15 saves over the draft that was opened only', async () => {
    const desk = await makeDesk(store)
    const id = await create(desk)
    expect(await save(desk, id, 1, trigger('sent', null))).toBe(2)
    expect(await refusalOf(save(desk, id, 1))).toBe('draft_stale')
    const both = await Promise.all([refusalOf(save(desk, id, 2)), refusalOf(save(desk, id, 2))])
    expect(both.sort()).toEqual(['draft_stale', 'nothing was refused'])
    expect(await refusalOf(save(desk, '00000000-0000-7000-8000-000000000000', 1))).toBe('unknown_campaign')
  })
})

describe('publishCampaign', () => {
  it('refuses a draft with problems and names all of them, those of the workspace’s statuses too', async () => {
    const desk = await makeDesk(store)
    const rules = [{ field: 'order.payment', operator: 'isOneOf', value: ['paid', 'gone'] }]
    const group = [{ field: 'order.group', operator: 'equals', value: 'archive' }]
    const id = await create(
      desk,
      trigger('nowhere', 'f', { from: { statuses: ['sent', 'lost'] } }),
      filter('f', rules, 'g', null),
      filter('g', [{ combinator: 'or', rules: group }], 'w', null),
      wait('w', 'P2M', null),
    )
    const refused = await publish(desk, id).catch((error) => error)
    expect(refused.code).toBe('campaign_invalid')
    expect(refused.problems.map((p: Problem) => p.field)).toEqual([
      'steps/3/for',
      'steps/0/from',
      'steps/0/to',
      'steps/1/where/rules/0/value',
      'steps/2/where/rules/0/rules/0/value',
    ])
    expect(await view(desk, id)).toMatchObject({ state: 'draft', version: null })
  })

  it('refuses a draft that an earlier release saved in another form', async () => {
    const desk = await makeDesk(store)
    const id = await create(desk)
    await desk.query(sql`update campaigns set draft = '{"nodes": []}'`)
    expect(await refusalOf(publish(desk, id))).toBe('campaign_invalid')
  })

  it('P11 makes version after version; each is kept as it was published, with who did it', async () => {
    const desk = await makeDesk(store)
    const id = await create(desk, trigger('sent', null))
    expect(await publish(desk, id)).toEqual({ version: 1 })
    desk.pass(SECOND)
    await save(desk, id, 1, trigger('paid', null))
    expect(await publish(desk, id)).toEqual({ version: 2 })
    expect(await view(desk, id)).toMatchObject({ state: 'live', version: 2, draftVersion: 2 })
    const versions =
      await desk.query(sql`select number, document #>> '{steps,0,to,statuses,0}' as "to", published_by as by,
      live_until is null as live from campaign_versions order by number`)
    expect(versions).toEqual([
      { number: 1, to: 'sent', by: 'anna', live: false },
      { number: 2, to: 'paid', by: 'anna', live: true },
    ])
  })

  it('leaves one live version when two publish at once', async () => {
    const desk = await makeDesk(store)
    const id = await create(desk, trigger('sent', null))
    await Promise.all([publish(desk, id), publish(desk, id), publish(desk, id)])
    const live = await desk.query(sql`select number from campaign_versions where live_until is null`)
    expect(live).toEqual([{ number: 3 }])
  })
})

describe('the version that reacts', () => {
  it('is the one that was live when the change was recorded, whenever the change is looked at', async () => {
    const desk = await makeDesk(store)
    const id = await create(desk, trigger('sent', null))
    await moveOne(desk)
    desk.pass(SECOND)
    await publish(desk, id)
    await moveOne(desk)
    desk.pass(SECOND)
    await publish(desk, id)
    await moveOne(desk)
    desk.pass(SECOND)
    await desk.carry()
    expect(await enrolled(desk, id)).toEqual([
      { version: 1, state: 'ended' },
      { version: 2, state: 'ended' },
    ])
  })

  it('is the new one for a change of the very millisecond in which it went live', async () => {
    const desk = await makeDesk(store)
    const order = await desk.order()
    const id = await create(desk, trigger('sent', null))
    await publish(desk, id)
    desk.pass(SECOND)
    await publish(desk, id)
    await desk.move(order, 'sent')
    await desk.carry()
    expect(await enrolled(desk, id)).toEqual([{ version: 2, state: 'ended' }])
  })
})

describe('the trigger', () => {
  it.each<[string, object, string[], number]>([
    ['S1-19 the pair it names', { from: { statuses: ['accepted'] } }, ['accepted', 'sent'], 1],
    ['S1-19 another original status', { from: { statuses: ['call-back'] } }, ['accepted', 'sent'], 0],
    ['S1-19 another target status', {}, ['accepted', 'paid'], 0],
    ['one of several targets', { to: { statuses: ['paid', 'sent'] } }, ['paid', 'sent', 'paid'], 3],
    ['any target', { to: 'any' }, ['accepted', 'sent'], 2],
    [
      'S0-14 a group on both sides',
      { from: { group: 'processing' }, to: { group: 'accepted' } },
      ['call-back', 'accepted'],
      1,
    ],
    ['another group', { to: { group: 'spam' } }, ['accepted', 'sent'], 0],
    ['another axis', { type: 'payment', to: { statuses: ['paid'] } }, ['paid'], 0],
    ['C9 creation, which is not counted', { to: { statuses: ['processing'] } }, [], 0],
    ['C9 creation, where it is asked for', { to: { statuses: ['processing'] }, includingCreation: true }, [], 1],
    [
      'C9 creation, with a stated original status',
      { from: { statuses: ['sent'] }, to: 'any', includingCreation: true },
      [],
      0,
    ],
  ])('reacts to %s', async (_, more, path, entries) => {
    const desk = await makeDesk(store)
    const id = await desk.campaign(trigger('sent', null, more))
    const order = await desk.order()
    for (const code of path) {
      desk.pass(1)
      await desk.move(order, code)
    }
    await desk.carry()
    expect(await enrolled(desk, id)).toHaveLength(entries)
  })

  it('lets a change that the customer is not told about start nothing and send nothing', async () => {
    const desk = await makeDesk(store)
    const id = await desk.campaign(trigger('sent', 'text'), sms('text', 'Hi'))
    await desk.query(sql`insert into status_auto_sms (status_id, workspace_id, template, always)
      select id, workspace_id, 'Hi', true from order_statuses where code = 'sent'`)
    const order = await desk.order()
    await desk.move(order, 'sent', { silent: true })
    await desk.carry()
    expect(await enrolled(desk, id)).toEqual([])
    expect(await desk.query(sql`select from sms_messages`)).toEqual([])
    await desk.move(order, 'paid')
    await desk.move(order, 'sent')
    await desk.carry()
    expect(await desk.query(sql`select from sms_messages`)).toHaveLength(2)
  })
})

describe('a paused campaign', () => {
  const states = sql`select state from cohorts order by created_at, id`

  it('takes newcomers in and holds them; resumed, it lets the relay start every held cohort', async () => {
    const desk = await makeDesk(store)
    const id = await desk.campaign(trigger('sent', 'text'), sms('text', 'Hi'))
    await pause(desk, id)
    await moveOne(desk)
    await desk.carry()
    expect(await enrolled(desk, id)).toEqual([{ version: 1, state: 'walking' }])
    expect(await desk.query(states)).toEqual([{ state: 'held' }])
    expect(await desk.query(sql`select from sms_messages`)).toEqual([])
    await resume(desk, id)
    const gone = await desk.query<{ id: string }>(sql`select subject_id as id from outbox where topic = 'cohort.go'`)
    expect(gone).toEqual(await desk.query(sql`select id from cohorts`))
    await desk.walk(gone[0]!.id)
    expect(await enrolled(desk, id)).toEqual([{ version: 1, state: 'ended' }])
    expect(await desk.query(sql`select from sms_messages`)).toHaveLength(1)
  })

  it('holds a cohort before its next step, and goes on where it stood', async () => {
    const desk = await makeDesk(store)
    const id = await desk.campaign(trigger('sent', 'one'), sms('one', 'One', 'two'), sms('two', 'Two'))
    await moveOne(desk)
    const batch = (await desk.batch())!
    const { cohortIds } = await desk.run((tx) => consequencesOf(tx, batch, desk.nowMs))
    const step = (node: string) => desk.run((tx) => takeStep(tx, cohortIds[0]!, node, desk.nowMs))
    expect(await step('one')).toEqual({ occupied: ['two'] })
    await pause(desk, id)
    expect(await step('two')).toEqual({ occupied: [] })
    expect(await desk.query(states)).toEqual([{ state: 'held' }])
    await resume(desk, id)
    expect(await desk.walk(cohortIds[0]!)).toEqual(['two'])
    expect(await desk.query(sql`select text from sms_messages order by queued_at, id`)).toHaveLength(2)
  })

  it('keeps those who wait beyond their time, and lets them go when it is resumed', async () => {
    const desk = await makeDesk(store)
    const id = await desk.campaign(trigger('sent', 'w'), wait('w', 'PT1H', 'text'), sms('text', 'Hi'))
    await moveOne(desk)
    await desk.carry()
    const place = await desk.place({ campaign: id, node: 'w' })
    await pause(desk, id)
    desk.pass(2 * 3_600_000)
    expect((await desk.look(place)).lookAgainAt).toBeGreaterThan(desk.nowMs)
    expect(await enrolled(desk, id)).toEqual([{ version: 1, state: 'waiting' }])
    await resume(desk, id)
    expect(
      await desk.query(sql`select subject_id as id from outbox where topic = 'place.wake' and
        (payload ->> 'atMs')::float8 = ${desk.nowMs}`),
    ).toEqual([{ id: place }])
    await desk.look(place)
    expect(await enrolled(desk, id)).toEqual([{ version: 1, state: 'ended' }])
  })

  it('lets go those who wait in a version that was replaced meanwhile', async () => {
    const desk = await makeDesk(store)
    const id = await desk.campaign(trigger('sent', 'w'), wait('w', 'PT1H', null))
    await moveOne(desk)
    await desk.carry()
    const place = await desk.place({ campaign: id, node: 'w' })
    await pause(desk, id)
    desk.pass(SECOND)
    await publish(desk, id)
    desk.pass(2 * 3_600_000)
    await desk.look(place)
    await resume(desk, id)
    await desk.look(place)
    expect(await enrolled(desk, id)).toEqual([{ version: 1, state: 'ended' }])
  })

  it.each([
    ['a cohort is made', 'insert into cohorts', consequencesOf],
    ['a cohort takes its next step', "state = 'held'", null],
  ] as const)('leaves nobody held that is resumed while %s', async (_, statement, enrol) => {
    const desk = await makeDesk(store)
    const id = await desk.campaign(trigger('sent', 'text'), sms('text', 'Hi'))
    await moveOne(desk)
    const batch = (await desk.batch())!
    const cohort = enrol ?? (await desk.run((tx) => consequencesOf(tx, batch, desk.nowMs))).cohortIds[0]!
    await pause(desk, id)
    let resumed: Promise<unknown> = Promise.resolve()
    await desk.run<unknown>((tx) => {
      const slow = interrupted(store, tx, statement, () => {
        resumed = resume(desk, id)
        return resumed
      })
      return typeof cohort === 'string'
        ? takeStep(slow, cohort, 'text', desk.nowMs)
        : consequencesOf(slow, batch, desk.nowMs)
    })
    await resumed
    expect(await view(desk, id)).toMatchObject({ state: 'live' })
    expect(await desk.query(states)).toEqual([{ state: 'walking' }])
  })

  it('cannot be one that was never published', async () => {
    const desk = await makeDesk(store)
    const id = await create(desk)
    expect(await refusalOf(pause(desk, id))).toBe('campaign_not_live')
    expect(await refusalOf(resume(desk, id))).toBe('campaign_not_live')
    expect(await refusalOf(pause(desk, '00000000-0000-7000-8000-000000000000'))).toBe('unknown_campaign')
  })

  it('stays paused when a new version is published', async () => {
    const desk = await makeDesk(store)
    const id = await desk.campaign(trigger('sent', null))
    await pause(desk, id)
    desk.pass(SECOND)
    await publish(desk, id)
    expect(await view(desk, id)).toMatchObject({ state: 'paused', version: 2 })
  })
})

describe('listCampaigns', () => {
  it('counts customers by where they are: whoever entered walks, waits or has ended', async () => {
    const desk = await makeDesk(store)
    const rules = [{ field: 'order.total', operator: 'atLeast', value: 100 }]
    const id = await desk.campaign(trigger('sent', 'f'), filter('f', rules, 'w', null), wait('w', 'PT1H', null))
    for (const total of ['50', '150', '250']) {
      const order = await desk.order({ order: { total } })
      desk.pass(1)
      await desk.move(order, 'sent')
    }
    await desk.carry()
    await pause(desk, id)
    await moveOne(desk)
    await desk.carry()
    expect(await desk.run(listCampaigns)).toMatchObject([{ id, state: 'paused', entered: 4, waiting: 2, ended: 1 }])
    expect(
      await desk.query(sql`select state, count(*)::int as n from enrolments group by state order by state`),
    ).toEqual([
      { state: 'ended', n: 1 },
      { state: 'waiting', n: 2 },
      { state: 'walking', n: 1 },
    ])
  })
})
