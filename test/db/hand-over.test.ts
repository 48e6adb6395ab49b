import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { describe, expect, it } from 'vitest'
import {
  type Answer,
  beginHanding,
  claimMessages,
  nextMessageAt,
  releaseMessages,
  settleMessages,
  takeShard,
} from '../../db/hand-over.ts'
import { newId } from '../../db/ids.ts'
import { queueTexts, recordReceipts } from '../../db/messages.ts'
import { recordReply } from '../../db/replies.ts'
import { changeStatus } from '../../db/statuses.ts'
import { type Desk, freshStore, HOUR, type Made, makeDesk, SECOND, unique, uniquePhone } from '../factories.ts'
import { doneOrBlocked } from './interleave.ts'

const { store, url } = await freshStore()
let shards = 100

/** A shard of this test's own, where a desk's texts are; answers their ids, the oldest first. */
async function queue(desk: Desk, shard: number, count: number, { priority = 2, phone = uniquePhone() } = {}) {
  const ids: string[] = []
  for (let n = 0; n < count; n++) {
    const { id } = await desk.order({ customer: { phone } })
    const dedupeKey = unique('key')
    await desk.run((tx) => queueTexts(tx, [{ dedupeKey, orderId: id, template: 'Hi', priority }], desk.nowMs))
    const made = sql`update sms_messages set shard = ${shard} where dedupe_key = ${dedupeKey} returning id`
    ids.push((await desk.one<{ id: string }>(made)).id)
    desk.pass(1)
  }
  return ids
}

/** One sender at a shard. */
class Holder {
  readonly id = newId()
  readonly desk: Desk
  readonly shard: number
  constructor(desk: Desk, shard: number) {
    this.desk = desk
    this.shard = shard
  }
  take = (idempotent: string[] = []) => takeShard(store, this.shard, this.id, idempotent, this.desk.nowMs)
  claim = async (max = 100) => (await claimMessages(store, this.shard, this.id, max, this.desk.nowMs)).map((m) => m.id)
  begin = async (ids: readonly string[]) => [...(await beginHanding(store, this.id, ids, this.desk.nowMs))]
  settle = (...answers: Answer[]) => settleMessages(store, this.id, answers, this.desk.nowMs)
  /** Claims what there is and begins to hand it over. */
  async hold(max = 100): Promise<string[]> {
    return this.begin(await this.claim(max))
  }
}

async function atShard(count: number, wish: Parameters<typeof queue>[3] = {}) {
  const desk = await makeDesk(store)
  const shard = ++shards
  const ids = await queue(desk, shard, count, wish)
  const holder = new Holder(desk, shard)
  await holder.take()
  return { desk, shard, ids, holder }
}
const states = async (desk: Desk) =>
  (
    await desk.query<{ word: string }>(
      sql`select concat_ws(' ', state, reason) as word from sms_messages order by queued_at, id`,
    )
  ).map((m) => m.word)
const channelOf = async (desk: Desk) => (await desk.one<{ id: string }>(sql`select id from channels`)).id
const receipt = async (desk: Desk, id: string, state: 'delivered' | 'undelivered') =>
  desk.run(async (tx) => recordReceipts(tx, await channelOf(desk), [{ id, state, atMs: desk.nowMs }]))
const say = async (desk: Desk, phone: string, text: string) => {
  const channel = await channelOf(desk)
  await desk.run((tx) => recordReply(tx, channel, { id: unique('reply'), phone, text }, desk.nowMs))
}

describe('a text', () => {
  it('goes from queued to sent in the hands of its sender, who is told where to', async () => {
    const { desk, shard, ids, holder } = await atShard(1)
    const claimed = await claimMessages(store, shard, holder.id, 10, desk.nowMs)
    expect(claimed).toEqual([
      { id: ids[0], phone: expect.stringMatching(/^\+380/), body: 'Hi', kind: 'sandbox', token: expect.any(String) },
    ])
    expect(await states(desk)).toEqual(['claimed'])
    expect(await holder.begin(ids)).toEqual(ids)
    expect(await states(desk)).toEqual(['handing'])
    await holder.settle({ id: ids[0]!, state: 'sent', gatewayId: 'g1' })
    expect(await desk.one(sql`select state, gateway_id as gateway, attempts, sent_at as at from sms_messages`)).toEqual(
      {
        state: 'sent',
        gateway: 'g1',
        attempts: 1,
        at: new Date(desk.nowMs).toISOString(),
      },
    )
  })

  it('is claimed by one of many who claim at once', async () => {
    const { ids, holder } = await atShard(20)
    const claimed = (await Promise.all(Array.from({ length: 8 }, () => holder.claim(3)))).flat()
    expect(claimed.length).toBeGreaterThanOrEqual(3)
    expect([...claimed, ...(await holder.claim())].sort()).toEqual([...ids].sort())
  })

  it('is not begun twice', async () => {
    const { holder } = await atShard(1)
    const claimed = await holder.claim()
    const begun = await Promise.all([holder.begin(claimed), holder.begin(claimed), holder.begin(claimed)])
    expect(begun.flat()).toEqual(claimed)
  })

  it('goes in the order of priority, then of time, and not before its time', async () => {
    const { desk, shard, ids, holder } = await atShard(2, { priority: 2 })
    const [urgent] = await queue(desk, shard, 1, { priority: 1 })
    expect(await holder.claim(1)).toEqual([urgent])
    expect(await holder.begin([urgent!])).toEqual([urgent])
    await holder.settle({ id: urgent!, state: 'queued', reason: 'busy', afterMs: HOUR })
    expect(await holder.claim(1)).toEqual([ids[0]])
    expect(await holder.claim(5)).toEqual([ids[1]])
    expect(await nextMessageAt(store, shard)).toBe(desk.nowMs + HOUR)
    desk.pass(HOUR - 1)
    expect(await holder.claim()).toEqual([])
    desk.pass(1)
    expect(await holder.claim()).toEqual([urgent])
    expect(await nextMessageAt(store, shard)).toBeNull()
  })

  it('goes back to the queue when it was not handed over after all', async () => {
    const { desk, ids, holder } = await atShard(2)
    const other = new Holder(desk, holder.shard)
    await holder.claim()
    await releaseMessages(store, other.id, ids)
    expect(await states(desk)).toEqual(['claimed', 'claimed'])
    await holder.begin([ids[0]!])
    await releaseMessages(store, holder.id, ids)
    expect(await states(desk)).toEqual(['handing', 'queued'])
  })
})

describe('the fence of a shard', () => {
  it('lets only its present holder claim', async () => {
    const { desk, shard, holder } = await atShard(1)
    const other = new Holder(desk, shard)
    expect(await other.claim()).toEqual([])
    await other.take()
    expect(await holder.claim()).toEqual([])
    expect(await other.claim()).toHaveLength(1)
  })

  it('frees what the former holder had claimed, and calls unknown what it was handing over', async () => {
    const { desk, shard, ids, holder } = await atShard(3)
    await holder.hold(2)
    await holder.claim(1)
    const next = new Holder(desk, shard)
    expect(await next.take()).toBe(2)
    expect(await states(desk)).toEqual(['unknown sender_died', 'unknown sender_died', 'queued'])
    expect(await holder.begin(ids)).toEqual([])
    expect(await next.claim()).toEqual([ids[2]])
    expect(await holder.begin(ids)).toEqual([])
    expect(await next.begin(ids)).toEqual([ids[2]])
  })

  it('lets the former holder still tell what the gateway answered', async () => {
    const { desk, shard, ids, holder } = await atShard(3)
    await holder.hold()
    await new Holder(desk, shard).take()
    await holder.settle(
      { id: ids[0]!, state: 'sent', gatewayId: 'g' },
      { id: ids[1]!, state: 'failed', reason: 'rejected' },
    )
    expect(await states(desk)).toEqual(['sent', 'failed rejected', 'unknown sender_died'])
  })

  it('lets a receipt settle what is unknown, and the answer that comes after it change nothing', async () => {
    const { desk, shard, ids, holder } = await atShard(1)
    await holder.hold()
    await new Holder(desk, shard).take()
    expect(await receipt(desk, ids[0]!, 'delivered')).toBe(1)
    await holder.settle({ id: ids[0]!, state: 'failed', reason: 'rejected' })
    expect(await states(desk)).toEqual(['delivered'])
  })

  it('sends again what a channel takes twice for one', async () => {
    const { desk, shard, holder } = await atShard(1)
    await holder.hold()
    const next = new Holder(desk, shard)
    expect(await next.take(['sandbox'])).toBe(0)
    expect(await next.claim()).toHaveLength(1)
  })

  it('lets nobody but the holder settle', async () => {
    const { desk, shard, ids, holder } = await atShard(1)
    await holder.hold()
    await new Holder(desk, shard).settle({ id: ids[0]!, state: 'sent' })
    expect(await states(desk)).toEqual(['handing'])
  })

  it('leaves other shards alone', async () => {
    const first = await atShard(1)
    const second = await atShard(1)
    await first.holder.hold()
    await second.holder.hold()
    await new Holder(first.desk, first.shard).take()
    expect(await states(first.desk)).toEqual(['unknown sender_died'])
    expect(await states(second.desk)).toEqual(['handing'])
  })

  // open: claim_messages does not lock the shard's row as begin_handing does
  it('leaves nothing claimed by a former holder whose claim was not committed yet', async () => {
    const { desk, shard, holder } = await atShard(1)
    const client = postgres(url, { max: 1, connection: { role: 'tidings_app' } as Record<string, string> })
    const next = new Holder(desk, shard)
    let taking: Promise<number> | undefined
    await client.begin(async (tx) => {
      await tx`select * from claim_messages(${shard}, ${holder.id}, 10, ${new Date(desk.nowMs)})`
      taking = next.take()
      await doneOrBlocked(store, taking)
    })
    await taking
    await client.end()
    expect(await next.claim()).toHaveLength(1)
  })
})

describe('a number that said stop', () => {
  it('gets no text that was queued before', async () => {
    const phone = uniquePhone()
    const { desk, shard, holder } = await atShard(1, { phone })
    await queue(desk, shard, 1)
    await say(desk, phone, 'STOP')
    expect(await holder.claim()).toHaveLength(1)
    expect(await states(desk)).toEqual(['suppressed opted_out', 'claimed'])
  })

  it('of one workspace gets the texts of another', async () => {
    const phone = uniquePhone()
    const { holder } = await atShard(1, { phone })
    await say(await makeDesk(store), phone, 'STOP')
    expect(await holder.claim()).toHaveLength(1)
  })

  it('gets them again once it said start', async () => {
    const phone = uniquePhone()
    const { desk, holder } = await atShard(1, { phone })
    await say(desk, phone, 'стоп')
    await say(desk, phone, 'START')
    expect(await holder.claim()).toHaveLength(1)
  })
})

describe('claims', () => {
  it('serve workspaces in turn, however long one’s queue is', async () => {
    const { desk, shard, holder } = await atShard(12)
    const small = await makeDesk(store)
    const [only] = await queue(small, shard, 1)
    small.nowMs = desk.nowMs
    const claimed = await holder.claim(6)
    expect(claimed).toContain(only)
    expect(claimed.length).toBeGreaterThanOrEqual(4)
    expect(claimed.length).toBeLessThanOrEqual(6)
  })
})

describe('the key of what is sent once', () => {
  const autoSms = async () => {
    const desk = await makeDesk(store)
    const autoSms = { template: 'Hi', always: false }
    await desk.run((tx) => changeStatus(tx, 'general', 'sent', { autoSms }, desk.nowMs))
    const shard = ++shards
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
    const { desk, ids, holder } = await atShard(3)
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
    const { desk, ids, holder } = await atShard(1)
    await holder.hold()
    await receipt(desk, ids[0]!, 'delivered')
    await holder.settle({ id: ids[0]!, state: 'sent', gatewayId: 'g' })
    expect(await desk.one(sql`select state, sent_at is not null as sent from sms_messages`)).toEqual({
      state: 'delivered',
      sent: true,
    })
  })

  it('say nothing of texts that were never handed over, nor of another channel’s', async () => {
    const { desk, ids } = await atShard(1)
    expect(await receipt(desk, ids[0]!, 'delivered')).toBe(0)
    const other = await atShard(1)
    await other.holder.hold()
    expect(await receipt(desk, other.ids[0]!, 'delivered')).toBe(0)
    expect(await states(other.desk)).toEqual(['handing'])
  })
})
