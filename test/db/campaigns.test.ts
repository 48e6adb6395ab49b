import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { listCampaigns } from '../../db/campaign-views.ts'
import { saveDraft } from '../../db/campaigns.ts'
import type { Problem } from '../../db/model/refusal.ts'
import { type Desk, filter, freshStore, makeDesk, refusalOf, SECOND, trigger, wait } from '../factories.ts'
import { create, draftOf, moveOne, pause, publish, view } from './campaign-verbs.ts'

const { store } = await freshStore()

const save = (desk: Desk, id: string, expectedVersion: number, ...steps: object[]) =>
  desk.run((tx) => saveDraft(tx, id, { draft: draftOf(...steps), expectedVersion }, desk.nowMs))
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
