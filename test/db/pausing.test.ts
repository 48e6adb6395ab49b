import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { consequencesOf } from '../../db/batches.ts'
import { takeStep } from '../../db/enrolments.ts'
import { freshStore, makeDesk, refusalOf, SECOND, sms, trigger, wait } from '../factories.ts'
import { create, enrolled, moveOne, pause, publish, resume, view } from './campaign-verbs.ts'
import { interrupted } from './interleave.ts'

const { store } = await freshStore()

describe('a paused campaign', () => {
  const states = sql`select state from cohorts order by created_at, id`

  it('takes newcomers in and holds them; resumed, it lets the relay start every held cohort', async () => {
    const desk = await makeDesk(store)
    const id = await desk.campaign(trigger('sent', 'text'), sms('text', 'Hi'))
    await pause(desk, id)
    await moveOne(desk)
    await desk.carry()
    expect(await enrolled(desk, id)).toEqual([{ version: 1, state: 'walking' }])
    expect(await desk.query(states)).toEqual([{ state: 'held' }])
    expect(await desk.query(sql`select from sms_messages`)).toEqual([])
    await resume(desk, id)
    const gone = await desk.query<{ id: string }>(sql`select subject_id as id from outbox where topic = 'cohort.go'`)
    expect(gone).toEqual(await desk.query(sql`select id from cohorts`))
    await desk.walk(gone[0]!.id)
    expect(await enrolled(desk, id)).toEqual([{ version: 1, state: 'ended' }])
    expect(await desk.query(sql`select from sms_messages`)).toHaveLength(1)
  })

  it('holds a cohort before its next step, and goes on where it stood', async () => {
    const desk = await makeDesk(store)
    const id = await desk.campaign(trigger('sent', 'one'), sms('one', 'One', 'two'), sms('two', 'Two'))
    await moveOne(desk)
    const batch = (await desk.batch())!
    const { cohortIds } = await desk.run((tx) => consequencesOf(tx, batch, desk.nowMs))
    const step = (node: string) => desk.run((tx) => takeStep(tx, cohortIds[0]!, node, desk.nowMs))
    expect(await step('one')).toMatchObject({ occupied: ['two'] })
    await pause(desk, id)
    expect(await step('two')).toMatchObject({ occupied: [] })
    expect(await desk.query(states)).toEqual([{ state: 'held' }])
    await resume(desk, id)
    expect(await desk.walk(cohortIds[0]!)).toEqual(['two'])
    expect(await desk.query(sql`select text from sms_messages order by queued_at, id`)).toHaveLength(2)
  })

  it('lets those leave at its end whose order has left the status meanwhile', async () => {
    const desk = await makeDesk(store)
    const id = await desk.campaign(trigger('sent', 'text'), sms('text', 'Hi'))
    await pause(desk, id)
    const [stays, leaves] = [await desk.order(), await desk.order()]
    for (const order of [stays, leaves]) await desk.move(order, 'sent')
    await desk.carry()
    await desk.move(leaves, 'paid')
    await resume(desk, id)
    const { id: cohort } = await desk.one<{ id: string }>(sql`select id from cohorts`)
    await desk.walk(cohort)
    expect(
      await desk.query(sql`select o.number, e.end_reason as reason from enrolments e join orders o on o.id = e.order_id
      order by reason`),
    ).toEqual([
      { number: stays.number, reason: 'finished' },
      { number: leaves.number, reason: 'left_status' },
    ])
    expect(await desk.query(sql`select from sms_messages`)).toHaveLength(1)
  })

  it('keeps those who wait beyond their time, and lets them go when it is resumed', async () => {
    const desk = await makeDesk(store)
    const id = await desk.campaign(trigger('sent', 'w'), wait('w', 'PT1H', 'text'), sms('text', 'Hi'))
    await moveOne(desk)
    await desk.carry()
    const place = await desk.place({ campaign: id, node: 'w' })
    await pause(desk, id)
    desk.pass(2 * 3_600_000)
    expect((await desk.look(place)).lookAgainAt).toBeGreaterThan(desk.nowMs)
    expect(await enrolled(desk, id)).toEqual([{ version: 1, state: 'waiting' }])
    await resume(desk, id)
    expect(
      await desk.query(sql`select subject_id as id from outbox where topic = 'place.wake' and
        (payload ->> 'atMs')::float8 = ${desk.nowMs}`),
    ).toEqual([{ id: place }])
    await desk.look(place)
    expect(await enrolled(desk, id)).toEqual([{ version: 1, state: 'ended' }])
  })

  it('lets go those who wait in a version that was replaced meanwhile', async () => {
    const desk = await makeDesk(store)
    const id = await desk.campaign(trigger('sent', 'w'), wait('w', 'PT1H', null))
    await moveOne(desk)
    await desk.carry()
    const place = await desk.place({ campaign: id, node: 'w' })
    await pause(desk, id)
    desk.pass(SECOND)
    await publish(desk, id)
    desk.pass(2 * 3_600_000)
    await desk.look(place)
    await resume(desk, id)
    await desk.look(place)
    expect(await enrolled(desk, id)).toEqual([{ version: 1, state: 'ended' }])
  })

  it.each([
    ['a cohort is made', 'insert into cohorts', consequencesOf],
    ['a cohort takes its next step', "state = 'held'", null],
  ] as const)('leaves nobody held that is resumed while %s', async (_, statement, enrol) => {
    const desk = await makeDesk(store)
    const id = await desk.campaign(trigger('sent', 'text'), sms('text', 'Hi'))
    await moveOne(desk)
    const batch = (await desk.batch())!
    const cohort = enrol ?? (await desk.run((tx) => consequencesOf(tx, batch, desk.nowMs))).cohortIds[0]!
    await pause(desk, id)
    let resumed: Promise<unknown> = Promise.resolve()
    await desk.run<unknown>((tx) => {
      const slow = interrupted(store, tx, statement, () => {
        resumed = resume(desk, id)
        return resumed
      })
      return typeof cohort === 'string'
        ? takeStep(slow, cohort, 'text', desk.nowMs)
        : consequencesOf(slow, batch, desk.nowMs)
    })
    await resumed
    expect(await view(desk, id)).toMatchObject({ state: 'live' })
    expect(await desk.query(states)).toEqual([{ state: 'walking' }])
  })

  it('is paused and resumed while its cohorts are under way, without waiting for them', async () => {
    const desk = await makeDesk(store)
    const id = await desk.campaign(trigger('sent', 'text'), sms('text', 'Hi'))
    await moveOne(desk)
    const batch = (await desk.batch())!
    await desk.run(async (tx) => {
      const { cohortIds } = await consequencesOf(tx, batch, desk.nowMs)
      await takeStep(tx, cohortIds[0]!, 'text', desk.nowMs)
      await pause(desk, id)
      await resume(desk, id)
    })
    expect(await view(desk, id)).toMatchObject({ state: 'live' })
    expect(await enrolled(desk, id)).toEqual([{ version: 1, state: 'ended' }])
  })

  it('cannot be one that was never published', async () => {
    const desk = await makeDesk(store)
    const id = await create(desk)
    expect(await refusalOf(pause(desk, id))).toBe('campaign_not_live')
    expect(await refusalOf(resume(desk, id))).toBe('campaign_not_live')
    expect(await refusalOf(pause(desk, '00000000-0000-7000-8000-000000000000'))).toBe('unknown_campaign')
  })

  it('stays paused when a new version is published', async () => {
    const desk = await makeDesk(store)
    const id = await desk.campaign(trigger('sent', null))
    await pause(desk, id)
    desk.pass(SECOND)
    await publish(desk, id)
    expect(await view(desk, id)).toMatchObject({ state: 'paused', version: 2 })
  })
})
