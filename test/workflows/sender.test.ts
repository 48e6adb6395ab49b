import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { queue } from '../db/senders.ts'
import { type Desk, HOUR, makeDesk } from '../factories.ts'
import { until } from '../stack/until.ts'
import { startWorld, type World } from './world.ts'

/** Where all texts of this file are. */
const SHARD = 0
/** Texts of an hour; three claims of a sender. */
const BACKLOG = 600

let world: World
beforeAll(async () => {
  world = await startWorld({ relaying: false })
})
afterAll(() => world?.end())

/** Two workspaces with texts in one shard. */
const makeDesks = async () => ({ broken: await makeDesk(world.store), sound: await makeDesk(world.store) })
const tokenOf = async (desk: Desk) => (await desk.one<{ token: string }>(sql`select token from channels`)).token
const countOf = async (desk: Desk, state: string) =>
  (await desk.one<{ n: number }>(sql`select count(*)::int as n from sms_messages where state = ${state}`)).n

describe('a channel in trouble', () => {
  it('that refuses is tried more and more seldom, and the texts of others in its shard go on', async () => {
    const { broken, sound } = await makeDesks()
    const token = await tokenOf(broken)
    let tried = 0
    world.recorder.answer = ({ receiptUrl }) => {
      if (!receiptUrl.includes(token)) return { outcome: 'sent', gatewayId: 'g' }
      tried++
      return { outcome: 'again', reason: 'down' }
    }
    const startedMs = Date.now()
    await queue(broken, SHARD, 30)
    await queue(sound, SHARD, 100)
    await world.reconcile(Date.now())
    await until(async () => (await countOf(sound, 'sent')) === 100)
    // the first group, then one text after each rest: half a second, one, two, four, and five from then on
    expect(tried).toBeLessThanOrEqual(10 + 4 + (Date.now() - startedMs) / 5_000)
    world.recorder.answer = () => ({ outcome: 'sent', gatewayId: 'g' })
    await until(async () => (await countOf(broken, 'sent')) === 30)
  })

  it('that hangs does not keep the texts of others in its shard, and its own leave once it answers', async () => {
    const { broken, sound } = await makeDesks()
    const token = await tokenOf(broken)
    let answerLate = () => {}
    const late = new Promise<void>((resolve) => {
      answerLate = resolve
    })
    onTestFinished(() => answerLate())
    let tried = 0
    world.recorder.answer = async ({ receiptUrl }) => {
      if (!receiptUrl.includes(token)) return { outcome: 'sent', gatewayId: 'g' }
      tried++
      await late
      return { outcome: 'again', reason: 'down' }
    }
    await queue(broken, SHARD, 30)
    await world.reconcile(Date.now())
    await until(() => tried > 0)
    await queue(sound, SHARD, 20)
    await until(async () => (await countOf(sound, 'sent')) === 20)
    expect(await countOf(broken, 'sent')).toBe(0)
    // half of what may be at gateways at once
    expect(tried).toBeLessThanOrEqual(10)

    world.recorder.answer = () => ({ outcome: 'sent', gatewayId: 'g' })
    answerLate()
    await until(async () => (await countOf(broken, 'sent')) === 30)
  })

  it('that was away for an hour gets the backlog of it once each, of which a sender never holds more than it claims at once', async () => {
    const desk = await makeDesk(world.store)
    const hourAgo = new Date(Date.now() - HOUR).toISOString()
    const answered = new Map<string, number>()
    let isAway = true
    let most = 0
    world.recorder.answer = ({ id }) => {
      if (isAway) return { outcome: 'again', reason: 'down' }
      answered.set(id, (answered.get(id) ?? 0) + 1)
      return { outcome: 'sent', gatewayId: 'g' }
    }
    await queue(desk, SHARD, 1)
    await desk.query(sql`
      insert into sms_messages (id, workspace_id, channel_id, dedupe_key, order_id, phone, text, parts, state, priority,
        shard, not_before, queued_at)
      select gen_random_uuid(), workspace_id, channel_id, n, order_id, phone, text, 1, 'queued', 2, shard, ${hourAgo}::timestamptz,
        ${hourAgo}::timestamptz from sms_messages, generate_series(1, ${BACKLOG - 1}::int) n`)
    await world.reconcile(Date.now())
    const held = async () => {
      const inHand = await desk.query(sql`select from sms_messages where state in ('claimed', 'handing')`)
      most = Math.max(most, inHand.length)
      return true
    }
    const triedBefore = world.recorder.texts.length
    await until(async () => (await held()) && world.recorder.texts.length >= triedBefore + 3)
    expect(await countOf(desk, 'sent')).toBe(0)
    isAway = false
    await until(async () => (await held()) && (await countOf(desk, 'sent')) === BACKLOG)
    expect([answered.size, Math.max(...answered.values())]).toEqual([BACKLOG, 1])
    expect(most).toBeLessThanOrEqual(200)
  })
})

it('tells since when and why a gateway takes no texts, and that it takes them again, and counts what it took and refused', async () => {
  const desk = await makeDesk(world.store)
  const known = async () => {
    await world.note()
    return desk.one<{ since: string | null; reason: string | null; heard: boolean }>(
      sql`select failing_since as since, failing_reason as reason, heard_at is not null as heard from channels`,
    )
  }
  world.recorder.answer = () => ({ outcome: 'again', reason: 'connect ECONNREFUSED' })
  await queue(desk, SHARD, 3)
  await world.reconcile(Date.now())
  await until(async () => (await known()).since !== null)
  const { since } = await known()
  expect(await known()).toEqual({ since, reason: 'connect ECONNREFUSED', heard: false })
  let refusals = 1
  world.recorder.answer = () =>
    refusals-- > 0 ? { outcome: 'failed', reason: 'no such number' } : { outcome: 'sent', gatewayId: 'g' }
  await until(async () => (await countOf(desk, 'sent')) === 2)
  expect(await known()).toEqual({ since: null, reason: null, heard: true })
  const counts = sql`select sum(handed)::int as handed, sum(failed)::int as failed from hand_over_counts`
  expect(await desk.one(counts)).toEqual({ handed: 2, failed: 1 })
})
