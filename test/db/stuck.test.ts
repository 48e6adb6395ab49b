import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { noteHandOvers } from '../../db/hand-over-counts.ts'
import { listControls, listUnstarted } from '../../db/outbox.ts'
import { listStuck, retryStuck } from '../../db/stuck.ts'
import { countWork } from '../../db/system.ts'
import { DAY, type Desk, freshStore, HOUR, makeDesk, NOON, refusalOf, SECOND, sms, trigger } from '../factories.ts'

const { store } = await freshStore()

describe('what does not go on by itself', () => {
  it('is told with its campaign or order, the latest first, for seven days', async () => {
    const desk = await makeDesk(store)
    const campaign = await desk.campaign(trigger('accepted', 'text'), sms('text', 'Hi'))
    const order = await desk.order()
    await desk.move(order, 'accepted')
    await desk.carry()
    const at = (hours: number) => sql`${new Date(NOON + hours * HOUR).toISOString()}::timestamptz`
    await desk.query(sql`update cohorts set state = 'stuck', progress_at = ${at(1)}, error = 'step_failed'`)
    await desk.query(sql`update sms_messages set state = 'unknown', reason = 'sender_died', handing_at = ${at(2)}`)
    const failed = await desk.order()
    const batch = await desk.batch(1)
    await desk.query(sql`update batches set failed_at = ${at(3)}, error = 'bad_change' where id = ${batch!}`)
    const found = await desk.run((tx) => listStuck(tx, NOON + 4 * HOUR))
    const { name } = await desk.one<{ name: string }>(sql`select name from campaigns`)
    expect(found.map(({ id: _, since, ...rest }) => ({ ...rest, hours: (Date.parse(since) - NOON) / HOUR }))).toEqual([
      { kind: 'batch', error: 'bad_change', campaign: null, order: failed.number, channel: null, hours: 3 },
      {
        kind: 'text',
        error: 'sender_died',
        campaign: { id: campaign, name },
        order: order.number,
        channel: null,
        hours: 2,
      },
      { kind: 'cohort', error: 'step_failed', campaign: { id: campaign, name }, order: null, channel: null, hours: 1 },
    ])
    expect(await desk.run((tx) => countWork(tx, NOON + 4 * HOUR))).toMatchObject({
      batchesFailed: 1,
      cohortsStuck: 1,
      textsUnknown: 1,
    })
    // a cohort stands until somebody deals with it
    expect((await desk.run((tx) => listStuck(tx, NOON + 8 * DAY))).map((s) => s.kind)).toEqual(['cohort'])
  })

  it('is told once for a batch of many changes, which stood still as a whole, without an order', async () => {
    const desk = await makeDesk(store)
    await desk.order()
    const batch = (await desk.batch())!
    await desk.query(sql`update batches set failed_at = ${new Date(NOON).toISOString()}, error = 'stood still'`)
    expect(await desk.run((tx) => listStuck(tx, NOON))).toMatchObject([{ kind: 'batch', id: batch, order: null }])
  })

  it('is nothing at the beginning', async () => {
    const desk = await makeDesk(store)
    expect(await desk.run((tx) => listStuck(tx, desk.nowMs))).toEqual([])
  })

  it('is told of at most fifty', async () => {
    const desk = await makeDesk(store)
    await desk.query(sql`
      insert into batches (id, workspace_id, size, created_at, failed_at, error)
      select gen_random_uuid(), tidings_workspace(), 1, ${new Date(NOON).toISOString()}::timestamptz, ${new Date(NOON).toISOString()}::timestamptz, 'x'
      from generate_series(1, 60)`)
    expect(await desk.run((tx) => listStuck(tx, NOON))).toHaveLength(50)
    expect((await desk.run((tx) => countWork(tx, NOON))).batchesFailed).toBe(60)
  })
})

describe('a gateway that takes no texts', () => {
  /** What a worker says of the channel in use. */
  const say = async (desk: Desk, failing: boolean, nowMs: number, reason = 'connect ECONNREFUSED') => {
    const { id } = await desk.one<{ id: string }>(sql`select id from channels where in_use`)
    const word = { id, handed: 0, failed: 0, failing, reason: failing ? reason : null }
    await noteHandOvers(store, [word], nowMs)
  }
  const stuckAt = (desk: Desk, nowMs: number) => desk.run((tx) => listStuck(tx, nowMs))
  const queued = async () => {
    const desk = await makeDesk(store)
    await desk.campaign(trigger('accepted', 'text'), sms('text', 'Hi'))
    await desk.move(await desk.order(), 'accepted')
    await desk.carry()
    return desk
  }

  it('is told first, with the reason, once texts have waited for it for a minute, until it takes them', async () => {
    const desk = await queued()
    await say(desk, true, NOON)
    await say(desk, true, NOON + 30 * SECOND, 'Kannel takes nothing at the moment')
    expect(await stuckAt(desk, NOON + 59 * SECOND)).toEqual([])
    expect(await stuckAt(desk, NOON + 60 * SECOND)).toMatchObject([
      {
        kind: 'gateway',
        channel: 'sandbox',
        error: 'Kannel takes nothing at the moment',
        since: new Date(NOON).toISOString(),
      },
    ])
    await desk.query(sql`update cohorts set state = 'stuck', progress_at = ${new Date(NOON + HOUR).toISOString()}`)
    expect((await stuckAt(desk, NOON + HOUR)).map((s) => s.kind)).toEqual(['gateway', 'cohort'])
    await say(desk, false, NOON + HOUR)
    expect((await stuckAt(desk, NOON + 2 * HOUR)).map((s) => s.kind)).toEqual(['cohort'])
  })

  it('is told while its only text is being tried, and not when none waits for it', async () => {
    const desk = await queued()
    await say(desk, true, NOON)
    await desk.query(sql`update sms_messages set state = 'handing', holder = gen_random_uuid()`)
    expect(await stuckAt(desk, NOON + HOUR)).toHaveLength(1)
    await desk.query(sql`update sms_messages set state = 'sent'`)
    expect(await stuckAt(desk, NOON + HOUR)).toEqual([])
  })
})

describe('retryStuck', () => {
  it('lets a cohort go on where it stopped, and asks the engine for it', async () => {
    const desk = await makeDesk(store)
    await desk.campaign(trigger('accepted', 'text'), sms('text', 'Hi'))
    await desk.move(await desk.order(), 'accepted')
    await desk.carry()
    await desk.query(sql`update cohorts set state = 'stuck', restarts = 5, error = 'stood still'`)
    const { id } = await desk.one<{ id: string }>(sql`select id from cohorts`)
    await desk.run((tx) => retryStuck(tx, 'cohort', id, NOON))
    expect(await desk.one(sql`select state, restarts, error from cohorts`)).toEqual({
      state: 'walking',
      restarts: 0,
      error: null,
    })
    expect(await listControls(store, 100)).toContainEqual(
      expect.objectContaining({ topic: 'cohort.go', subjectId: id, workspaceId: desk.id }),
    )
  })

  it('lets a batch start again, whose consequences then come once', async () => {
    const desk = await makeDesk(store)
    await desk.campaign(trigger('accepted', 'text'), sms('text', 'Hi'))
    await desk.move(await desk.order(), 'accepted')
    const batch = (await desk.batch())!
    await desk.query(sql`update batches set started_at = now(), failed_at = now(), error = 'x', restarts = 5`)
    await desk.run((tx) => retryStuck(tx, 'batch', batch, NOON))
    expect((await listUnstarted(store, 100)).map((b) => b.id)).toContain(batch)
    expect(await desk.run((tx) => countWork(tx, NOON))).toMatchObject({ batchesOpen: 1, batchesFailed: 0 })
  })

  it('refuses what is not stuck, and whoever comes second', async () => {
    const desk = await makeDesk(store)
    await desk.watch()
    await desk.order()
    const batch = (await desk.batch())!
    const retry = (kind: 'batch' | 'cohort') => refusalOf(desk.run((tx) => retryStuck(tx, kind, batch, NOON)))
    expect([await retry('batch'), await retry('cohort')]).toEqual(['not_stuck', 'not_stuck'])
    await desk.query(sql`update batches set failed_at = now()`)
    expect([await retry('batch'), await retry('batch')]).toEqual(['nothing was refused', 'not_stuck'])
  })
})
