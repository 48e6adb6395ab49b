import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { getCampaign } from '../../db/campaign-views.ts'
import { pauseCampaign, resumeCampaign } from '../../db/campaigns.ts'
import { rows } from '../../db/client.ts'
import { listMessages } from '../../db/messages.ts'
import { until } from '../stack/until.ts'
import { publishSteps, report, sms, trigger } from './story.ts'
import { startWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
  await world.reconcile(Date.now())
})
afterAll(() => world?.end())

const say = (numbers: string[], code: string, total?: string) => report(world, numbers, code, total)
const publish = (name: string, steps: unknown[]) => publishSteps(world, name, steps)
const campaign = (id: string) => world.store.inWorkspace(world.workspaceId, (tx) => getCampaign(tx, id))
const texts = (word: string) =>
  world.recorder.texts
    .filter((t) => t.text.startsWith(word))
    .map((t) => t.text)
    .sort()

describe('a campaign on the real engine', () => {
  it('S1-16, S1-17, S1-20 filters, waits and sends one text to each who passes', async () => {
    const id = await publish('main', [
      trigger('accepted', 'big'),
      {
        id: 'big',
        kind: 'filter_customers',
        where: { combinator: 'and', rules: [{ field: 'order.total', operator: 'atLeast', value: 10 }] },
        next: { yes: 'pause', no: null },
      },
      { id: 'pause', kind: 'wait', for: 'PT1S', next: { out: 'text' } },
      sms('text', 'Main {{ customer.name }} {{ order.number }}'),
    ])
    await say(['101', '102'], 'processing')
    await say(['101', '102'], 'accepted')
    await say(['103'], 'processing')
    await say(['103'], 'accepted', '3.00')
    await until(async () => (await campaign(id)).ended === 3)
    await until(() => texts('Main').length === 2)
    expect(texts('Main')).toEqual(['Main Ann 101 101', 'Main Ann 102 102'])
    // the batch walked the first one itself, the wait step's timer started the last
    const [first, ...released] = await world.store.inWorkspace(world.workspaceId, (tx) =>
      rows<{ id: string; origin: string }>(
        tx,
        sql`select id, origin_id as origin from cohorts order by created_at, id`,
      ),
    )
    await world.record('campaign-run', `cohort/${released.at(-1)!.id}`)
    await world.record('order-status-changed-and-walked', `batch/${first!.origin}`)
    await world.record('send-messages', 'send/0')
  })

  it('meets a join once for the members of both branches', async () => {
    const id = await publish('branches', [
      trigger('call-back', 'split'),
      {
        id: 'split',
        kind: 'filter_customers',
        where: { combinator: 'and', rules: [{ field: 'order.number', operator: 'isOneOf', value: ['201'] }] },
        next: { yes: 'one', no: 'two' },
      },
      sms('one', 'One {{ order.number }}', 'both'),
      sms('two', 'Two {{ order.number }}', 'both'),
      sms('both', 'Both {{ order.number }}'),
    ])
    await say(['201', '202', '203'], 'processing')
    await say(['201', '202', '203'], 'call-back')
    await until(async () => (await campaign(id)).ended === 3)
    await until(() => texts('Both').length === 3)
    expect([texts('One'), texts('Two')]).toEqual([['One 201'], ['Two 202', 'Two 203']])
    const joins = await world.store.inWorkspace(world.workspaceId, (tx) =>
      rows(
        tx,
        sql`select distinct s.at from enrolment_steps s join enrolments e on e.id = s.enrolment_id
        where e.campaign_id = ${id} and s.node_id = 'both'`,
      ),
    )
    expect(joins).toHaveLength(1)
  })

  it('takes customers in while it is paused, holds them, and lets them go on when resumed', async () => {
    const id = await publish('held', [
      trigger('sent', 'pause'),
      { id: 'pause', kind: 'wait', for: 'PT1S', next: { out: 'text' } },
      sms('text', 'Held {{ order.number }}'),
    ])
    await say(['301', '302'], 'processing')
    await say(['301'], 'sent')
    await until(async () => (await campaign(id)).waiting === 1)
    await world.store.inWorkspace(world.workspaceId, (tx) => pauseCampaign(tx, id, Date.now()))
    await say(['302'], 'sent')
    await until(async () => (await campaign(id)).entered === 2)
    const dueMs = Date.now() + 1_500
    await until(() => Date.now() > dueMs)
    expect(await campaign(id)).toMatchObject({ state: 'paused', entered: 2, ended: 0 })
    await world.store.inWorkspace(world.workspaceId, (tx) => resumeCampaign(tx, id, Date.now()))
    await until(async () => (await campaign(id)).ended === 2)
    await until(() => texts('Held').length === 2)
    expect(texts('Held')).toEqual(['Held 301', 'Held 302'])
  })

  it('keeps a text that was refused for now until the gateway takes it, and one whose answer was lost is not repeated', async () => {
    const id = await publish('gateway', [trigger('paid', 'text'), sms('text', 'Gate {{ order.number }}')])
    let refusals = 2
    world.recorder.answer = ({ text }) =>
      text === 'Gate 401' && refusals-- > 0
        ? { outcome: 'again', reason: 'busy', afterMs: 10 }
        : text === 'Gate 402'
          ? { outcome: 'unknown', reason: 'lost' }
          : { outcome: 'sent', gatewayId: 'g' }
    await say(['401', '402'], 'processing')
    await say(['401', '402'], 'paid')
    await until(async () => (await campaign(id)).ended === 2)
    const states = () =>
      world.store.inWorkspace(world.workspaceId, async (tx) => {
        const { messages } = await listMessages(tx, { limit: 50, offset: 0 })
        return Object.fromEntries(messages.filter((m) => m.text.startsWith('Gate')).map((m) => [m.text, m.state]))
      })
    await until(async () => (await states())['Gate 401'] === 'sent')
    expect(await states()).toEqual({ 'Gate 401': 'sent', 'Gate 402': 'unknown' })
    expect(texts('Gate')).toEqual(['Gate 401', 'Gate 401', 'Gate 401', 'Gate 402'])
  })
})
