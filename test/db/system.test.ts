import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { beat } from '../../db/installation.ts'
import { countWork, getChannelKind, listParts, listStuck } from '../../db/system.ts'
import { DAY, freshStore, HOUR, makeDesk, NOON, SECOND, sms, trigger, wait } from '../factories.ts'
import { connect, woo } from './shop.ts'

const { store } = await freshStore()
const IDLE = {
  outboxWaiting: 0,
  batchesOpen: 0,
  batchesFailed: 0,
  cohortsWalking: 0,
  cohortsHeld: 0,
  cohortsStuck: 0,
  placesOverdue: 0,
  textsQueued: 0,
  textsUnknown: 0,
  inboundWaiting: 0,
}

describe('the parts', () => {
  const states = async (nowMs: number) =>
    Object.fromEntries((await listParts(store, nowMs)).map(({ name, state, detail }) => [name, [state, detail]]))

  it('are the database with its version, and workers and the engine as they were last heard of', async () => {
    const id = crypto.randomUUID()
    const version = expect.stringMatching(/^Postgres \d+(\.\d+)*$/)
    expect(await states(NOON)).toEqual({
      database: ['up', version],
      engine: ['unknown', null],
      worker: ['down', '0'],
    })
    await beat(store, { id, seenMs: NOON, engineMs: NOON })
    await beat(store, { id: crypto.randomUUID(), seenMs: NOON, engineMs: null })
    expect(await states(NOON + 10 * SECOND)).toMatchObject({ engine: ['up', null], worker: ['up', '2'] })
    await beat(store, { id, seenMs: NOON + HOUR, engineMs: null })
    expect(await states(NOON + HOUR)).toMatchObject({ engine: ['down', null], worker: ['up', '1'] })
    expect(await states(NOON + 2 * HOUR)).toMatchObject({ engine: ['unknown', null], worker: ['down', '0'] })
    const [, engine, worker] = await listParts(store, NOON + HOUR)
    expect([engine!.since, worker!.since]).toEqual([NOON, NOON + HOUR].map((ms) => new Date(ms).toISOString()))
  })
})

describe('the work of a workspace', () => {
  it('is nothing at the beginning, whatever others have under way', async () => {
    const [desk, other] = [await makeDesk(store), await makeDesk(store)]
    await other.order()
    expect(await desk.run((tx) => countWork(tx, desk.nowMs))).toEqual(IDLE)
    expect(await desk.run((tx) => listStuck(tx, desk.nowMs))).toEqual([])
    expect(await desk.run(getChannelKind)).toBe('sandbox')
  })

  it('counts changes until a batch takes them, batches until they are done, and texts until they are sent', async () => {
    const desk = await makeDesk(store)
    const work = () => desk.run((tx) => countWork(tx, desk.nowMs))
    await desk.campaign(trigger('accepted', 'text'), sms('text', 'Hi'))
    await desk.move(await desk.order(), 'accepted')
    // its creation on three axes, and the move
    expect(await work()).toEqual({ ...IDLE, outboxWaiting: 4 })
    const batch = await desk.batch()
    expect(await work()).toEqual({ ...IDLE, batchesOpen: 1 })
    await desk.query(sql`update batches set consequences_at = now() where id = ${batch!}`)
    await desk.order({ status: 'processing' })
    await desk.move(await desk.order(), 'accepted')
    await desk.carry()
    expect(await work()).toEqual({ ...IDLE, textsQueued: 1 })
  })

  it('counts places whose timer is late, and bodies of shops that wait', async () => {
    const desk = await makeDesk(store)
    await desk.campaign(trigger('accepted', 'pause'), wait('pause', 'PT1H', null))
    await desk.query(sql`update places set wake_at = ${new Date(NOON).toISOString()}`)
    const shop = await connect(desk)
    await shop.post(woo())
    const work = (nowMs: number) => desk.run((tx) => countWork(tx, nowMs))
    expect(await work(NOON + 10 * SECOND)).toMatchObject({ placesOverdue: 0, inboundWaiting: 1 })
    await shop.drain()
    expect(await work(NOON + HOUR)).toMatchObject({ placesOverdue: 1, inboundWaiting: 0 })
  })
})

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
      { kind: 'batch', error: 'bad_change', campaign: null, order: failed.number, hours: 3 },
      { kind: 'text', error: 'sender_died', campaign: { id: campaign, name }, order: order.number, hours: 2 },
      { kind: 'cohort', error: 'step_failed', campaign: { id: campaign, name }, order: null, hours: 1 },
    ])
    expect(await desk.run((tx) => countWork(tx, NOON + 4 * HOUR))).toMatchObject({
      batchesFailed: 1,
      cohortsStuck: 1,
      textsUnknown: 1,
    })
    // a cohort stands until somebody deals with it
    expect((await desk.run((tx) => listStuck(tx, NOON + 8 * DAY))).map((s) => s.kind)).toEqual(['cohort'])
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
