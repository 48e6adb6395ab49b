import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { listChoices } from '../../db/order-status.ts'
import { listTimeline, listWaits } from '../../db/order-timeline.ts'
import { getOrder, listOrders } from '../../db/order-views.ts'
import { type Desk, freshStore, HOUR, type Made, makeDesk, sms, trigger, wait } from '../factories.ts'
import { publish } from './campaign-verbs.ts'
import { connect, woo } from './shop.ts'

const { store } = await freshStore()
const read = (desk: Desk, { number }: Made) => desk.run((tx) => getOrder(tx, number))
const deadlines = async (desk: Desk, order: Made) => (await read(desk, order)).deadlines

describe('the deadlines of an order', () => {
  it('tell the very moment at which it moves on by itself, and where to', async () => {
    const desk = await makeDesk(store)
    await desk.timeout('sent', 1, 'hour', 'paid')
    const order = await desk.order()
    expect(await deadlines(desk, order)).toEqual([])
    desk.pass(1)
    await desk.move(order, 'sent')
    const atMs = desk.nowMs + HOUR
    const due = {
      type: 'general',
      at: new Date(atMs).toISOString(),
      to: { code: 'paid', name: 'Paid' },
      state: 'waiting',
    }
    expect(await deadlines(desk, order)).toEqual([due])
    expect((await desk.run((tx) => listOrders(tx, { limit: 1, offset: 0 }))).orders[0]?.deadlines).toEqual([due])
    const place = await desk.place({ status: 'sent' })
    desk.nowMs = atMs - 1
    await desk.look(place)
    expect(await desk.codeOf(order)).toBe('sent')
    desk.nowMs = atMs
    await desk.look(place)
    expect(await desk.codeOf(order)).toBe('paid')
    expect(await deadlines(desk, order)).toEqual([])
  })

  it('end months by the calendar of the workspace', async () => {
    const desk = await makeDesk(store)
    await desk.timeout('sent', 1, 'month', 'paid')
    desk.nowMs = Date.parse('2026-03-15T10:00:00Z')
    const order = await desk.order()
    await desk.move(order, 'sent')
    // clocks in Kyiv go an hour ahead on 29 March
    expect(await deadlines(desk, order)).toMatchObject([{ at: '2026-04-15T09:00:00.000Z' }])
  })

  it('rest while the order is archived, or while its move was refused', async () => {
    const desk = await makeDesk(store)
    await desk.timeout('sent', 1, 'hour', 'paid')
    const order = await desk.order()
    await desk.move(order, 'sent')
    await desk.query(sql`update orders set general_refused_seq = general_seq`)
    expect(await deadlines(desk, order)).toMatchObject([{ state: 'refused' }])
    await desk.query(sql`update orders set archived_at = now()`)
    expect(await deadlines(desk, order)).toMatchObject([{ state: 'suspended' }])
  })
})

describe('the waits of an order', () => {
  it('name the campaign, the version and the step, and when they end', async () => {
    const desk = await makeDesk(store)
    const steps = [trigger('sent', 'w'), { ...wait('w', 'PT2H', 'text'), title: 'Two hours' }, sms('text', 'Hi')]
    const id = await desk.campaign(...steps)
    const other = await desk.campaign(trigger('sent', 'w'), wait('w', 'PT1H', null))
    const order = await desk.order()
    desk.pass(1)
    await desk.move(order, 'sent')
    await desk.carry()
    await publish(desk, id)
    const waits = await desk.run((tx) => listWaits(tx, order.id))
    const until = (hours: number) => new Date(desk.nowMs + hours * HOUR).toISOString()
    const campaign = expect.any(String)
    expect(waits).toEqual([
      { campaign, campaignId: other, version: 1, step: 'w', title: 'Wait', until: until(1) },
      { campaign, campaignId: id, version: 1, step: 'w', title: 'Two hours', until: until(2) },
    ])
    const timeline = await desk.run((tx) => listTimeline(tx, order.id))
    const ofCampaign = { campaignId: id, version: 1 }
    expect(timeline).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'enrolment', data: expect.objectContaining(ofCampaign) }),
        expect.objectContaining({ kind: 'step', data: expect.objectContaining({ ...ofCampaign, step: 'w' }) }),
      ]),
    )
  })
})

describe('the choices for an order', () => {
  it('are every status of each type, in their order; the one it has is `current`', async () => {
    const desk = await makeDesk(store)
    const order = await desk.order()
    const choices = await desk.run(async (tx) => listChoices(tx, await getOrder(tx, order.number), desk.nowMs))
    expect(Object.keys(choices)).toEqual(['general', 'delivery', 'payment'])
    expect(choices.general[0]).toMatchObject({
      code: 'processing',
      meaning: 'processing',
      refusal: { code: 'current' },
    })
    const refused = Object.values(choices).map((list) => list.filter((c) => c.refusal !== null).length)
    expect(refused).toEqual([1, 1, 1])
    const outcomes = await Promise.all(choices.general.slice(1, 4).map((c) => desk.move(order, c.code)))
    expect(outcomes.map((o) => o.outcome)).toEqual(['moved', 'moved', 'moved'])
  })

  it('are all refused to an archived one, as its moves are', async () => {
    const desk = await makeDesk(store)
    const order = await desk.order()
    await desk.query(sql`update orders set archived_at = now()`)
    const { payment } = await desk.run(async (tx) => listChoices(tx, await getOrder(tx, order.number), desk.nowMs))
    expect(payment.map((c) => c.refusal?.code)).toEqual(['current', ...payment.slice(1).map(() => 'order_archived')])
    expect(await desk.move(order, 'sent')).toEqual({ outcome: 'refused', code: 'order_archived' })
  })
})

it('tells who changed a status by name: the shop', async () => {
  const desk = await makeDesk(store)
  const shop = await connect(desk, { processing: { general: 'accepted' } })
  await shop.post(woo({ id: 9 }))
  await shop.drain()
  const { id } = await desk.one<{ id: string }>(sql`select id from orders`)
  const { name } = await desk.one<{ name: string }>(sql`select name from integrations`)
  const statuses = (await desk.run((tx) => listTimeline(tx, id))).filter((entry) => entry.kind === 'status')
  expect(statuses.map((entry) => entry.data)).toContainEqual(
    expect.objectContaining({
      toCode: 'accepted',
      toMeaning: 'accepted',
      actor: 'integration',
      actorId: shop.id,
      actorName: name,
    }),
  )
})
