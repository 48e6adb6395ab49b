import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { freshStore, makeDesk, SECOND, sms, trigger } from '../factories.ts'
import { create, enrolled, moveOne, publish } from './campaign-verbs.ts'

const { store } = await freshStore()

describe('the version that reacts', () => {
  it('is the one that was live when the change was recorded, whenever the change is looked at', async () => {
    const desk = await makeDesk(store)
    const id = await create(desk, trigger('sent', null))
    await moveOne(desk)
    desk.pass(SECOND)
    await publish(desk, id)
    await moveOne(desk)
    desk.pass(SECOND)
    await publish(desk, id)
    await moveOne(desk)
    desk.pass(SECOND)
    await desk.carry()
    expect(await enrolled(desk, id)).toEqual([
      { version: 1, state: 'ended' },
      { version: 2, state: 'ended' },
    ])
  })

  it('is the new one for a change of the very millisecond in which it went live', async () => {
    const desk = await makeDesk(store)
    const order = await desk.order()
    const id = await create(desk, trigger('sent', null))
    await publish(desk, id)
    desk.pass(SECOND)
    await publish(desk, id)
    await desk.move(order, 'sent')
    await desk.carry()
    expect(await enrolled(desk, id)).toEqual([{ version: 2, state: 'ended' }])
  })
})

describe('the trigger', () => {
  it.each<[string, object, string[], number]>([
    ['S1-19 the pair it names', { from: { statuses: ['accepted'] } }, ['accepted', 'sent'], 1],
    ['S1-19 another original status', { from: { statuses: ['call-back'] } }, ['accepted', 'sent'], 0],
    ['S1-19 another target status', {}, ['accepted', 'paid'], 0],
    ['one of several targets', { to: { statuses: ['paid', 'sent'] } }, ['paid', 'sent', 'paid'], 3],
    ['any target', { to: 'any' }, ['accepted', 'sent'], 2],
    [
      'S0-14 a group on both sides',
      { from: { group: 'processing' }, to: { group: 'accepted' } },
      ['call-back', 'accepted'],
      1,
    ],
    ['another group', { to: { group: 'spam' } }, ['accepted', 'sent'], 0],
    ['another axis', { type: 'payment', to: { statuses: ['paid'] } }, ['paid'], 0],
    ['C9 creation, which is not counted', { to: { statuses: ['processing'] } }, [], 0],
    ['C9 creation, where it is asked for', { to: { statuses: ['processing'] }, includingCreation: true }, [], 1],
    [
      'C9 creation, with a stated original status',
      { from: { statuses: ['sent'] }, to: 'any', includingCreation: true },
      [],
      0,
    ],
  ])('reacts to %s', async (_, more, path, entries) => {
    const desk = await makeDesk(store)
    const id = await desk.campaign(trigger('sent', null, more))
    const order = await desk.order()
    for (const code of path) {
      desk.pass(1)
      await desk.move(order, code)
    }
    await desk.carry()
    expect(await enrolled(desk, id)).toHaveLength(entries)
  })

  it('lets a change that the customer is not told about start nothing and send nothing', async () => {
    const desk = await makeDesk(store)
    const id = await desk.campaign(trigger('sent', 'text'), sms('text', 'Hi'))
    await desk.query(sql`insert into status_auto_sms (status_id, workspace_id, template, always)
      select id, workspace_id, 'Hi', true from order_statuses where code = 'sent'`)
    const order = await desk.order()
    await desk.move(order, 'sent', { silent: true })
    await desk.carry()
    expect(await enrolled(desk, id)).toEqual([])
    expect(await desk.query(sql`select from sms_messages`)).toEqual([])
    await desk.move(order, 'paid')
    await desk.move(order, 'sent')
    await desk.carry()
    expect(await desk.query(sql`select from sms_messages`)).toHaveLength(2)
  })
})
