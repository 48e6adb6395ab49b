import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { beat } from '../../db/installation.ts'
import { countWork, getChannelInUse, listParts } from '../../db/system.ts'
import { freshStore, HOUR, makeDesk, NOON, SECOND, sms, trigger, wait } from '../factories.ts'
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
    expect((await desk.run(getChannelInUse)).kind).toBe('sandbox')
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
