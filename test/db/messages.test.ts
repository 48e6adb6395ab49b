import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { Answer } from '../../db/hand-over.ts'
import { listMessages } from '../../db/messages.ts'
import { changeStatus } from '../../db/statuses.ts'
import { type Desk, freshStore, HOUR, type Made, makeDesk, SECOND, sms, trigger, uniquePhone } from '../factories.ts'
import { moveOne } from './campaign-verbs.ts'
import { atShard, Holder, newShard, queue, receipt, say, states } from './senders.ts'

const { store } = await freshStore()

describe('a number that said stop', () => {
  it('gets no text that was queued before', async () => {
    const phone = uniquePhone()
    const { desk, shard, holder } = await atShard(store, 1, { phone })
    await queue(desk, shard, 1)
    await say(desk, phone, 'STOP')
    expect(await holder.claim()).toHaveLength(1)
    expect(await states(desk)).toEqual(['suppressed opted_out', 'claimed'])
  })

  it('of one workspace gets the texts of another', async () => {
    const phone = uniquePhone()
    const { holder } = await atShard(store, 1, { phone })
    await say(await makeDesk(store), phone, 'STOP')
    expect(await holder.claim()).toHaveLength(1)
  })

  it('gets them again once it said start', async () => {
    const phone = uniquePhone()
    const { desk, holder } = await atShard(store, 1, { phone })
    await say(desk, phone, 'стоп')
    await say(desk, phone, 'START')
    expect(await holder.claim()).toHaveLength(1)
  })
})

describe('the key of what is sent once', () => {
  const autoSms = async () => {
    const desk = await makeDesk(store)
    const autoSms = { template: 'Hi', always: false }
    await desk.run((tx) => changeStatus(tx, 'general', 'sent', { autoSms }, desk.nowMs))
    const shard = newShard()
    const holder = new Holder(desk, shard)
    await holder.take()
    return { desk, shard, holder }
  }
  /** Comes to Sent (again); the text of it, if there is one, lies in the test's shard. */
  async function enter(desk: Desk, shard: number, order: Made): Promise<void> {
    await desk.move(order, 'paid')
    desk.pass(SECOND)
    await desk.move(order, 'sent')
    await desk.carry()
    await desk.query(sql`update sms_messages set shard = ${shard}`)
  }

  it('C8 is freed by a failure, so that the next entry sends, and the one after it does not', async () => {
    const { desk, shard, holder } = await autoSms()
    const order = await desk.order()
    await enter(desk, shard, order)
    const [id] = await holder.hold()
    await holder.settle({ id: id!, state: 'failed', reason: 'rejected' })
    await enter(desk, shard, order)
    await enter(desk, shard, order)
    expect(await states(desk)).toEqual(['failed rejected', 'queued'])
  })

  it.each(['sent', 'unknown'] as const)('is kept by a text that is %s', async (state) => {
    const { desk, shard, holder } = await autoSms()
    const order = await desk.order()
    await enter(desk, shard, order)
    const [id] = await holder.hold()
    await holder.settle({ id: id!, state, reason: 'x' })
    await enter(desk, shard, order)
    expect(await desk.query(sql`select from sms_messages`)).toHaveLength(1)
  })

  // open: claim_messages suppresses without freeing the key
  it('C8 is freed by an opt-out that came after queueing', async () => {
    const { desk, shard, holder } = await autoSms()
    const phone = uniquePhone()
    const order = await desk.order({ customer: { phone } })
    await enter(desk, shard, order)
    await say(desk, phone, 'STOP')
    expect(await holder.claim()).toEqual([])
    await say(desk, phone, 'START')
    await enter(desk, shard, order)
    expect(await states(desk)).toEqual(['suppressed opted_out', 'queued'])
  })
})

describe('receipts', () => {
  it('only raise what is known of a text, in whatever order they come', async () => {
    const { desk, ids, holder } = await atShard(store, 3)
    await holder.hold()
    await holder.settle(...ids.map((id): Answer => ({ id, state: 'sent' })))
    expect(await receipt(desk, ids[0]!, 'delivered')).toBe(1)
    expect(await receipt(desk, ids[0]!, 'undelivered')).toBe(0)
    expect(await receipt(desk, ids[0]!, 'delivered')).toBe(0)
    expect(await receipt(desk, ids[1]!, 'undelivered')).toBe(1)
    expect(await receipt(desk, ids[1]!, 'delivered')).toBe(0)
    expect(await states(desk)).toEqual(['delivered', 'undelivered undelivered', 'sent'])
  })

  it('may overtake the answer', async () => {
    const { desk, ids, holder } = await atShard(store, 1)
    await holder.hold()
    await receipt(desk, ids[0]!, 'delivered')
    await holder.settle({ id: ids[0]!, state: 'sent', gatewayId: 'g' })
    expect(await desk.one(sql`select state, sent_at is not null as sent from sms_messages`)).toEqual({
      state: 'delivered',
      sent: true,
    })
  })

  it('count for a text that was given back to the queue after it had been handed over', async () => {
    const { desk, ids, holder } = await atShard(store, 1)
    await holder.hold()
    await holder.settle({ id: ids[0]!, state: 'queued', reason: 'no answer', afterMs: 1 })
    expect(await receipt(desk, ids[0]!, 'delivered')).toBe(1)
    desk.pass(HOUR)
    expect(await holder.claim()).toEqual([])
  })

  it('say nothing of texts that were never handed over, nor of another channel’s', async () => {
    const { desk, ids } = await atShard(store, 1)
    expect(await receipt(desk, ids[0]!, 'delivered')).toBe(0)
    const other = await atShard(store, 1)
    await other.holder.hold()
    expect(await receipt(desk, other.ids[0]!, 'delivered')).toBe(0)
    expect(await states(other.desk)).toEqual(['handing'])
  })
})

it('lists the texts of one campaign', async () => {
  const desk = await makeDesk(store)
  const [id, other] = [
    await desk.campaign(trigger('sent', 'text'), sms('text', 'One')),
    await desk.campaign(trigger('sent', 'text'), sms('text', 'Two')),
  ]
  await moveOne(desk)
  await desk.carry()
  const find = (campaign: string) => desk.run((tx) => listMessages(tx, { campaign, limit: 10, offset: 0 }))
  expect(await find(id)).toMatchObject({ total: 1, messages: [{ text: 'One', campaignId: id, channel: 'sandbox' }] })
  expect(await find(other)).toMatchObject({ total: 1, messages: [{ text: 'Two', campaignId: other }] })
})
