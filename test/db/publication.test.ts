import { describe, expect, it } from 'vitest'
import { getVersion, listVersions } from '../../db/campaign-versions.ts'
import { publishCampaign, saveDraft } from '../../db/campaigns.ts'
import { getPublication } from '../../db/publication.ts'
import { type Desk, filter, freshStore, HOUR, makeDesk, refusalOf, sms, trigger, wait } from '../factories.ts'
import { create, draftOf, moveOne, pause, publish } from './campaign-verbs.ts'

const { store } = await freshStore()
const NOBODY = '00000000-0000-7000-8000-000000000000'
const preview = (desk: Desk, id: string) => desk.run((tx) => getPublication(tx, id, desk.nowMs))
const save = (desk: Desk, id: string, expectedVersion: number, ...steps: object[]) =>
  desk.run((tx) => saveDraft(tx, id, { draft: draftOf(...steps), expectedVersion }, desk.nowMs))

describe('what publishing would mean', () => {
  it('names errors and warnings with their steps', async () => {
    const desk = await makeDesk(store)
    const id = await create(
      desk,
      trigger('nowhere', 'all'),
      filter('all', [], 'text', null),
      sms('text', 'Hi {{ customer.name }} {{ x }}'),
    )
    const { problems, draftVersion, inside } = await preview(desk, id)
    expect(problems.map(({ detail: _, ...problem }) => problem)).toEqual([
      { field: 'steps/2/message', level: 'error', step: 'text' },
      { field: 'steps/0/to', level: 'error', step: 'trigger' },
      { field: 'steps/1/where', level: 'warning', step: 'all' },
      { field: 'steps/2/message', level: 'warning', step: 'text' },
    ])
    expect([draftVersion, inside]).toEqual([1, { version: null, total: 0, waiting: 0, steps: [] }])
    await save(desk, id, 1)
    const [problem] = (await preview(desk, id)).problems
    expect(problem).toEqual({ field: 'steps', detail: 'a trigger is expected', level: 'error' })
  })

  it('tells who is inside by version and step, and whether the draft still has the step', async () => {
    const desk = await makeDesk(store)
    const steps = [trigger('sent', 'w'), { ...wait('w', 'PT1H', 'text'), title: 'An hour' }, sms('text', 'Hi')]
    const id = await desk.campaign(...steps)
    await moveOne(desk)
    await desk.carry()
    await publish(desk, id)
    await pause(desk, id)
    await moveOne(desk)
    await desk.carry()
    await save(desk, id, 1, trigger('sent', 'text'), sms('text', 'Hi'))
    const step = { step: 'w', title: 'An hour', inDraft: false }
    expect((await preview(desk, id)).inside).toEqual({
      version: 2,
      total: 2,
      waiting: 1,
      steps: [
        { version: 2, ...step, waiting: 0, walking: 1 },
        { version: 1, ...step, waiting: 1, walking: 0 },
      ],
    })
    await save(desk, id, 2, ...steps)
    expect((await preview(desk, id)).inside.steps.map((s) => s.inDraft)).toEqual([true, true])
    expect(await refusalOf(preview(desk, NOBODY))).toBe('unknown_campaign')
  })

  it('publishes no other draft than the one that was looked at', async () => {
    const desk = await makeDesk(store)
    const id = await create(desk, trigger('sent', null))
    await save(desk, id, 1, trigger('paid', null))
    const go = (expected: number) => desk.run((tx) => publishCampaign(tx, id, 'anna', desk.nowMs, expected))
    expect(await refusalOf(go(1))).toBe('draft_stale')
    expect(await desk.run((tx) => listVersions(tx, id))).toEqual([])
    expect(await go(2)).toEqual({ version: 1 })
  })
})

describe('versions', () => {
  it('tell when they were live, who published them, and their customers', async () => {
    const desk = await makeDesk(store)
    const id = await create(desk, trigger('sent', 'w'), wait('w', 'PT1H', null))
    const from = new Date(desk.nowMs).toISOString()
    await desk.run((tx) => publishCampaign(tx, id, desk.key.id, desk.nowMs))
    await moveOne(desk)
    await desk.carry()
    desk.pass(HOUR)
    const until = new Date(desk.nowMs).toISOString()
    await publish(desk, id)
    const first = { number: 1, publishedAt: from, publishedBy: 'first', liveUntil: until, entered: 1, inside: 1 }
    const second = { number: 2, publishedAt: until, publishedBy: null, liveUntil: null, entered: 0, inside: 0 }
    expect(await desk.run((tx) => listVersions(tx, id))).toEqual([second, first])
    const document = draftOf(trigger('sent', 'w'), wait('w', 'PT1H', null))
    expect(await desk.run((tx) => getVersion(tx, id, 1))).toEqual({ ...first, document })
    expect(await refusalOf(desk.run((tx) => getVersion(tx, id, 3)))).toBe('unknown_version')
    expect(await refusalOf(desk.run((tx) => getVersion(tx, NOBODY, 1)))).toBe('unknown_campaign')
    expect(await refusalOf(desk.run((tx) => listVersions(tx, NOBODY)))).toBe('unknown_campaign')
  })
})
