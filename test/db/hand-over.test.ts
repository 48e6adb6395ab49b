import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { describe, expect, it } from 'vitest'
import { claimMessages, nextMessageAt, releaseMessages } from '../../db/hand-over.ts'
import { type Desk, freshStore, HOUR, makeDesk } from '../factories.ts'
import { doneOrBlocked } from './interleave.ts'
import { atShard, Holder, newShard, queue, receipt, states } from './senders.ts'

const { store, url } = await freshStore()

describe('a text', () => {
  it('goes from queued to sent in the hands of its sender, who is told where to', async () => {
    const { desk, shard, ids, holder } = await atShard(store, 1)
    const claimed = await claimMessages(store, shard, holder.id, 10, desk.nowMs)
    expect(claimed).toEqual([
      {
        id: ids[0],
        phone: expect.stringMatching(/^\+380/),
        body: 'Hi',
        parts: 1,
        channelId: expect.any(String),
        kind: 'sandbox',
        token: expect.any(String),
        settings: {},
        changeId: null,
      },
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
    const { ids, holder } = await atShard(store, 20)
    const claimed = (await Promise.all(Array.from({ length: 8 }, () => holder.claim(3)))).flat()
    expect(claimed.length).toBeGreaterThanOrEqual(3)
    expect([...claimed, ...(await holder.claim())].sort()).toEqual([...ids].sort())
  })

  it('is begun in the same trip that settles the one before it', async () => {
    const { desk, ids, holder } = await atShard(store, 2)
    await holder.claim()
    await holder.begin([ids[0]!])
    expect(await holder.begin([ids[1]!], { id: ids[0]!, state: 'sent', gatewayId: 'g1' })).toEqual([ids[1]])
    expect(await states(desk)).toEqual(['sent', 'handing'])
    await holder.settle({ id: ids[1]!, state: 'sent', gatewayId: 'g2' })
    // a repeat of what was settled changes nothing
    expect(await holder.begin([], { id: ids[0]!, state: 'failed', reason: 'late' })).toEqual([])
    expect(await states(desk)).toEqual(['sent', 'sent'])
  })

  it('is settled by its key, however large a ledger the planner knows nothing of', async () => {
    const { desk, ids, holder } = await atShard(store, 1)
    await desk.query(sql`
      insert into sms_messages (id, workspace_id, channel_id, dedupe_key, order_id, phone, text, parts, state, priority,
        shard, not_before, queued_at)
      select gen_random_uuid(), workspace_id, channel_id, 'copy ' || n, order_id, phone, text, parts, 'sent', priority,
        shard, not_before, queued_at
      from sms_messages, generate_series(1, 20000) n`)
    await holder.hold()
    const sessions = postgres(url, { max: 1, connection: { role: 'tidings_app' } })
    const answers = JSON.stringify([{ id: ids[0], state: 'sent' }])
    const read = await sessions.begin(async (tx) => {
      await tx`select settle_messages(${holder.id}, ${answers}::text::jsonb, now())`
      return tx`select seq_tup_read::int as rows from pg_stat_xact_user_tables where relname = 'sms_messages'`
    })
    await sessions.end()
    expect(await states(desk)).toContain('sent')
    expect(read[0]!.rows).toBe(0)
  })

  it('is not begun twice', async () => {
    const { holder } = await atShard(store, 1)
    const claimed = await holder.claim()
    const begun = await Promise.all([holder.begin(claimed), holder.begin(claimed), holder.begin(claimed)])
    expect(begun.flat()).toEqual(claimed)
  })

  it('goes in the order of priority, then of time, and not before its time', async () => {
    const { desk, shard, ids, holder } = await atShard(store, 2, { priority: 2 })
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
    const { desk, ids, holder } = await atShard(store, 2)
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
    const { desk, shard, holder } = await atShard(store, 1)
    const other = new Holder(desk, shard)
    expect(await other.claim()).toEqual([])
    await other.take()
    expect(await holder.claim()).toEqual([])
    expect(await other.claim()).toHaveLength(1)
  })

  it('frees what the former holder had claimed, and calls unknown what it was handing over', async () => {
    const { desk, shard, ids, holder } = await atShard(store, 3)
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
    const { desk, shard, ids, holder } = await atShard(store, 3)
    await holder.hold()
    await new Holder(desk, shard).take()
    await holder.settle(
      { id: ids[0]!, state: 'sent', gatewayId: 'g' },
      { id: ids[1]!, state: 'failed', reason: 'rejected' },
    )
    expect(await states(desk)).toEqual(['sent', 'failed rejected', 'unknown sender_died'])
  })

  it('lets a receipt settle what is unknown, and the answer that comes after it change nothing', async () => {
    const { desk, shard, ids, holder } = await atShard(store, 1)
    await holder.hold()
    await new Holder(desk, shard).take()
    expect(await receipt(desk, ids[0]!, 'delivered')).toBe(1)
    await holder.settle({ id: ids[0]!, state: 'failed', reason: 'rejected' })
    expect(await states(desk)).toEqual(['delivered'])
  })

  it('sends again what a channel takes twice for one', async () => {
    const { desk, shard, holder } = await atShard(store, 1)
    await holder.hold()
    const next = new Holder(desk, shard)
    expect(await next.take(['sandbox'])).toBe(0)
    expect(await next.claim()).toHaveLength(1)
  })

  it('lets nobody but the holder settle', async () => {
    const { desk, shard, ids, holder } = await atShard(store, 1)
    await holder.hold()
    await new Holder(desk, shard).settle({ id: ids[0]!, state: 'sent' })
    expect(await states(desk)).toEqual(['handing'])
  })

  it('leaves other shards alone', async () => {
    const first = await atShard(store, 1)
    const second = await atShard(store, 1)
    await first.holder.hold()
    await second.holder.hold()
    await new Holder(first.desk, first.shard).take()
    expect(await states(first.desk)).toEqual(['unknown sender_died'])
    expect(await states(second.desk)).toEqual(['handing'])
  })

  // open: claim_messages does not lock the shard's row as begin_handing does
  it('leaves nothing claimed by a former holder whose claim was not committed yet', async () => {
    const { desk, shard, holder } = await atShard(store, 1)
    const client = postgres(url, { max: 1, connection: { role: 'tidings_app' } as Record<string, string> })
    const next = new Holder(desk, shard)
    let taking: Promise<number> | undefined
    await client.begin(async (tx) => {
      await tx`select * from claim_messages(${shard}, ${holder.id}, 10, '{}', ${new Date(desk.nowMs)})`
      taking = next.take()
      await doneOrBlocked(store, taking)
    })
    await taking
    await client.end()
    expect(await next.claim()).toHaveLength(1)
  })
})

describe('claims', () => {
  it('serve workspaces in turn, however long the queue of the first is', async () => {
    const desks = [await makeDesk(store), await makeDesk(store)].sort((a, b) => (a.id < b.id ? -1 : 1))
    const [busy, small] = desks as [Desk, Desk]
    const shard = newShard()
    await queue(busy, shard, 12)
    const [only] = await queue(small, shard, 1)
    const holder = new Holder(busy, shard)
    await holder.take()
    const claimed = await holder.claim(6)
    expect(claimed).toContain(only)
    expect(claimed.length).toBeGreaterThanOrEqual(4)
    expect(claimed.length).toBeLessThanOrEqual(6)
  })

  it('leave the texts of a channel that rests, and look no further ahead for them', async () => {
    const [resting, going] = [await makeDesk(store), await makeDesk(store)]
    const shard = newShard()
    await queue(resting, shard, 3)
    const [only] = await queue(going, shard, 1)
    const holder = new Holder(resting, shard)
    await holder.take()
    const { id } = await resting.one<{ id: string }>(sql`select id from channels`)
    const claim = async (restingIds: string[]) =>
      (await claimMessages(store, shard, holder.id, 10, resting.nowMs, restingIds)).map((m) => m.id)
    expect(await claim([id])).toEqual([only])
    expect(await nextMessageAt(store, shard, [id])).toBeNull()
    expect(await claim([])).toHaveLength(3)
  })
})
