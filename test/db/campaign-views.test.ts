import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { getCampaign, listCampaigns } from '../../db/campaign-views.ts'
import { saveDraft } from '../../db/campaigns.ts'
import { freshStore, HOUR, makeDesk, sms, trigger, wait } from '../factories.ts'
import { create, draftOf, moveOne, pause, publish, resume, view } from './campaign-verbs.ts'

const { store } = await freshStore()

describe('a campaign as pages see it', () => {
  it('tells its customers by where they are, those held by a pause included', async () => {
    const desk = await makeDesk(store)
    const id = await desk.campaign(trigger('sent', 'w'), wait('w', 'PT1H', 'text'), sms('text', 'Hi'))
    await moveOne(desk)
    await desk.carry()
    desk.pass(HOUR)
    await desk.look(await desk.place({ campaign: id, node: 'w' }))
    await moveOne(desk)
    await desk.carry()
    await pause(desk, id)
    await moveOne(desk)
    await desk.carry()
    expect(await view(desk, id)).toMatchObject({ entered: 3, waiting: 1, held: 1, ended: 1 })
    await resume(desk, id)
    expect(await view(desk, id)).toMatchObject({ entered: 3, waiting: 1, held: 0, ended: 1 })
  })

  it('tells its own texts by how far they came', async () => {
    const desk = await makeDesk(store)
    const id = await desk.campaign(trigger('sent', 'text'), sms('text', 'Hi'))
    const quiet = await desk.campaign(trigger('paid', 'text'), sms('text', 'Hi'))
    for (const state of ['queued', 'handing', 'sent', 'unknown', 'delivered', 'undelivered', 'failed', 'suppressed']) {
      await moveOne(desk)
      await desk.carry()
      await desk.query(sql`update sms_messages set state = ${state}, reason = 'x', holder = ${id}
        where id = (select id from sms_messages order by queued_at desc, id desc limit 1)`)
    }
    const texts = { queued: 2, sent: 2, delivered: 1, failed: 2, suppressed: 1 }
    expect((await view(desk, id)).texts).toEqual(texts)
    expect((await view(desk, quiet)).texts).toEqual({ queued: 0, sent: 0, delivered: 0, failed: 0, suppressed: 0 })
    expect(await desk.run(listCampaigns)).toEqual([await view(desk, id), await view(desk, quiet)])
  })

  it('tells whether the draft differs from what is live, and what keeps it from going live', async () => {
    const desk = await makeDesk(store)
    const id = await create(desk, trigger('sent', 'text'), sms('text', 'Hi'))
    expect(await view(desk, id)).toMatchObject({ hasChanges: true, problems: 0, version: null })
    await publish(desk, id)
    expect(await view(desk, id)).toMatchObject({ hasChanges: false, problems: 0, version: 1 })
    const draft = draftOf(trigger('nowhere', 'text'), sms('text', '{{ x }}'))
    desk.pass(HOUR)
    await desk.run((tx) => saveDraft(tx, id, { draft, expectedVersion: 1 }, desk.nowMs))
    const updatedAt = new Date(desk.nowMs).toISOString()
    expect(await view(desk, id)).toMatchObject({ hasChanges: true, problems: 2, version: 1, updatedAt })
  })

  it('tells the trigger of the live version, else of the draft', async () => {
    const desk = await makeDesk(store)
    const id = await create(desk, trigger('sent', null))
    const started = (code: string) => ({ type: 'general', from: 'any', to: { statuses: [code] } })
    expect((await view(desk, id)).trigger).toEqual(started('sent'))
    await publish(desk, id)
    const draft = draftOf(trigger('paid', null))
    await desk.run((tx) => saveDraft(tx, id, { draft, expectedVersion: 1 }, desk.nowMs))
    expect((await view(desk, id)).trigger).toEqual(started('sent'))
    const empty = await create(desk)
    expect((await desk.run((tx) => getCampaign(tx, empty))).trigger).toBeNull()
  })
})
