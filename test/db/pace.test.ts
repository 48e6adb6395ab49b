import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { noteHandOvers } from '../../db/hand-over-counts.ts'
import { markStarted } from '../../db/outbox.ts'
import { countRecent, measureLag } from '../../db/pace.ts'
import { type Desk, freshStore, HOUR, makeDesk, NOON, SECOND, sms, trigger, wait } from '../factories.ts'

const { store } = await freshStore()
const lag = (desk: Desk) => desk.run((tx) => measureLag(tx, desk.nowMs))
const NONE = { changesMs: null, textsMs: null, deadlinesMs: null }

describe('the lag', () => {
  it('is nothing while nothing waits, whatever others wait for', async () => {
    const [desk, other] = [await makeDesk(store), await makeDesk(store)]
    await other.order()
    other.pass(SECOND)
    expect(await lag(desk)).toEqual(NONE)
    expect(await lag(other)).toEqual({ ...NONE, changesMs: SECOND })
  })

  it('is the age of the oldest change until the engine has been given its batch', async () => {
    const desk = await makeDesk(store)
    await desk.watch()
    await desk.order()
    desk.pass(3 * SECOND)
    await desk.order()
    desk.pass(SECOND)
    expect(await lag(desk)).toEqual({ ...NONE, changesMs: 4 * SECOND })
    const batch = (await desk.batch())!
    desk.pass(2 * SECOND)
    expect(await lag(desk)).toEqual({ ...NONE, changesMs: 2 * SECOND })
    await markStarted(store, [batch], desk.nowMs)
    expect(await lag(desk)).toEqual(NONE)
  })

  it('is the age of the oldest text that could have gone, also when it is tried again and again', async () => {
    const desk = await makeDesk(store)
    await desk.campaign(trigger('accepted', 'text'), sms('text', 'Hi'))
    await desk.move(await desk.order(), 'accepted')
    await desk.carry()
    desk.pass(HOUR)
    expect(await lag(desk)).toEqual({ ...NONE, textsMs: HOUR })
    const soon = sql`${new Date(desk.nowMs + 5 * SECOND).toISOString()}`
    await desk.query(sql`update sms_messages set not_before = ${soon}`)
    expect(await lag(desk)).toEqual(NONE)
    await desk.query(sql`update sms_messages set attempts = 3`)
    expect(await lag(desk)).toEqual({ ...NONE, textsMs: HOUR })
  })

  it('is how late the latest timer is', async () => {
    const desk = await makeDesk(store)
    await desk.campaign(trigger('accepted', 'pause'), wait('pause', 'PT1H', null))
    await desk.query(sql`update places set wake_at = ${new Date(NOON + SECOND).toISOString()}`)
    expect(await lag(desk)).toEqual(NONE)
    desk.pass(5 * SECOND)
    expect(await lag(desk)).toEqual({ ...NONE, deadlinesMs: 4 * SECOND })
  })
})

describe('what happened lately', () => {
  it('are changes that were put into batches, and texts that gateways took and refused, in a minute and an hour', async () => {
    const [desk, other] = [await makeDesk(store), await makeDesk(store)]
    const { id } = await desk.one<{ id: string }>(sql`select id from channels`)
    const note = (handed: number, failed: number) =>
      noteHandOvers(store, [{ id, handed, failed, failing: null, reason: null }], desk.nowMs)
    await desk.order()
    await desk.batch()
    await note(5, 1)
    desk.pass(HOUR)
    await desk.order()
    await desk.batch()
    await note(2, 0)
    desk.pass(HOUR / 2)
    await desk.order()
    await desk.batch()
    await note(1, 0)
    await note(2, 3)
    expect(await desk.run((tx) => countRecent(tx, desk.nowMs))).toEqual({
      changes: { lastMinute: 3, lastHour: 6 },
      textsHanded: { lastMinute: 3, lastHour: 5 },
      textsFailed: { lastMinute: 3, lastHour: 3 },
    })
    const nothing = { lastMinute: 0, lastHour: 0 }
    expect(await other.run((tx) => countRecent(tx, desk.nowMs))).toEqual({
      changes: nothing,
      textsHanded: nothing,
      textsFailed: nothing,
    })
    desk.pass(2 * HOUR + SECOND)
    await note(1, 0)
    expect(await desk.query(sql`select from hand_over_counts`)).toHaveLength(1)
  })
})
