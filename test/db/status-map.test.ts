import { describe, expect, it } from 'vitest'
import { saveDraft } from '../../db/campaigns.ts'
import { fillDemo } from '../../db/demo.ts'
import { addIntegration } from '../../db/integrations.ts'
import { PRESETS, type Preset } from '../../db/model/preset.ts'
import { getPublication } from '../../db/publication.ts'
import { checkStatusMap, type MapChange, viewStatusMap } from '../../db/status-map.ts'
import { viewStatuses } from '../../db/status-views.ts'
import { changeStatus, type StatusWish } from '../../db/statuses.ts'
import { DAY, type Desk, freshStore, makeDesk, sms, trigger, wait } from '../factories.ts'
import { create, draftOf, pause, resume } from './campaign-verbs.ts'

const { store } = await freshStore()
const map = (desk: Desk) => desk.run((tx) => viewStatusMap(tx, desk.nowMs))
const check = (desk: Desk, change: MapChange) => desk.run((tx) => checkStatusMap(tx, change, desk.nowMs))
const set = (desk: Desk, code: string, wish: StatusWish) =>
  desk.run((tx) => changeStatus(tx, 'general', code, wish, desk.nowMs))
const kinds = (findings: { kind: string; statuses: string[] }[]) =>
  findings.map(({ kind, statuses }) => `${kind} ${statuses}`)
const inTime = (iso: string, to: string) => {
  const [, amount, unit] = /P(\d+)([DW])/.exec(iso)!
  return { after: { amount: Number(amount), unit: unit === 'D' ? ('day' as const) : ('week' as const) }, to }
}
const TEXT = { template: 'Hi', always: true }
/** A campaign that sends so many texts at once when an order comes to the status. */
const texting = (to: string, count: number) => [
  trigger(to, 't1'),
  ...Array.from({ length: count }, (_, i) => sms(`t${i + 1}`, 'Hi', i + 1 < count ? `t${i + 2}` : null)),
]

describe('the map of a workspace', () => {
  it.each(Object.keys(PRESETS) as Preset[])(
    'has nothing to mend as the preset %s brings it, now and later',
    async (preset) => {
      const desk = await makeDesk(store, { preset })
      expect((await map(desk)).findings).toEqual([])
      desk.pass(60 * DAY)
      expect((await map(desk)).findings).toEqual([])
    },
  )

  it('has nothing to mend in the demo, now and later', async () => {
    const desk = await makeDesk(store, { region: 'US', currency: 'USD' })
    await desk.run((tx) => fillDemo(tx, desk.nowMs))
    expect((await map(desk)).findings).toEqual([])
    desk.pass(60 * DAY)
    expect((await map(desk)).findings).toEqual([])
  })

  it('shows statuses, timeouts, what leads there and the campaigns that are live', async () => {
    const desk = await makeDesk(store)
    await set(desk, 'accepted', { timeout: inTime('P14D', 'cancelled'), autoSms: TEXT })
    await desk.run((tx) =>
      addIntegration(
        tx,
        { kind: 'woocommerce', name: 'Shop', secret: 's', statusMap: { completed: { general: 'paid' } } },
        desk.nowMs,
      ),
    )
    await desk.order()
    const live = await desk.campaign(...texting('sent', 2))
    const paused = await desk.campaign(...texting('paid', 1))
    await pause(desk, paused)
    await create(desk, ...texting('paid', 1))
    const { nodes, edges, campaigns } = await map(desk)
    const node = (code: string) => nodes.find((n) => n.type === 'general' && n.code === code)
    expect(nodes).toHaveLength((await desk.run(viewStatuses)).length)
    expect(node('accepted')).toEqual({
      ...{ type: 'general', code: 'accepted', name: 'Accepted', meaning: 'accepted' },
      ...{ isInitial: false, isMapped: false, autoSms: true, hasOrders: false },
    })
    expect(node('paid')).toMatchObject({ isMapped: true })
    expect(node('processing')).toMatchObject({ isInitial: true, hasOrders: true })
    expect(edges).toEqual([{ type: 'general', from: 'accepted', to: 'cancelled', after: 'P14D' }])
    expect(campaigns.map(({ id, to, texts }) => ({ id, to, texts }))).toEqual([
      { id: live, to: { statuses: ['sent'] }, texts: 2 },
    ])
  })

  it('P22 finds a storm along timeouts, texts and live campaigns; a paused campaign sends none', async () => {
    const desk = await makeDesk(store)
    await set(desk, 'accepted', { timeout: inTime('P2W', 'paid'), autoSms: TEXT })
    await set(desk, 'paid', { autoSms: TEXT })
    const id = await desk.campaign(...texting('paid', 4))
    const [storm, ...more] = (await map(desk)).findings
    expect(storm).toMatchObject({ kind: 'storm', level: 'warning', texts: 6, statuses: ['accepted', 'paid'] })
    expect(
      storm!.path.map(({ name, after, texts }) => [name, after, texts.map((t) => t.campaign?.id ?? null)]),
    ).toEqual([
      ['Accepted', null, [null]],
      ['Paid', 'P2W', [null, id]],
    ])
    expect(more).toEqual([])
    await pause(desk, id)
    expect((await map(desk)).findings).toEqual([])
    await resume(desk, id)
    expect((await map(desk)).findings).toHaveLength(1)
  })

  it('finds a dead end where timeouts bring orders, until somebody moves one on', async () => {
    const desk = await makeDesk(store)
    await set(desk, 'processing', { timeout: inTime('P2D', 'call-back') })
    expect(kinds((await map(desk)).findings)).toEqual(['dead_end call-back'])
    const order = await desk.order()
    await desk.move(order, 'call-back', { actor: { kind: 'timeout', id: null } })
    await desk.move(order, 'spam', { actor: { kind: 'timeout', id: null } })
    expect(kinds((await map(desk)).findings)).toEqual(['dead_end call-back'])
    await desk.move(order, 'call-back')
    await desk.move(order, 'accepted')
    expect((await map(desk)).findings).toEqual([])
  })

  it('finds a status that is waited for in vain, until any order was there, archived or moved on', async () => {
    const desk = await makeDesk(store)
    await set(desk, 'sent', { autoSms: TEXT })
    const order = await desk.order()
    await desk.move(order, 'accepted')
    expect((await map(desk)).findings).toEqual([])
    desk.pass(20 * DAY)
    expect(kinds((await map(desk)).findings)).toEqual(['unreachable sent'])
    await desk.move(order, 'sent')
    await desk.move(order, 'paid')
    expect((await map(desk)).findings).toEqual([])
  })
})

describe('the check before something is saved', () => {
  it('tells what a change of a status would bring, and saves nothing', async () => {
    const desk = await makeDesk(store)
    await set(desk, 'accepted', { timeout: inTime('P2W', 'sent') })
    const before = await desk.run(viewStatuses)
    const wish = (code: string, more: object) => ({ status: { type: 'general' as const, code, ...more } })
    expect(await check(desk, wish('accepted', { name: 'Agreed', autoSms: TEXT }))).toEqual([])
    const [loop] = await check(desk, wish('sent', { timeout: inTime('P1D', 'accepted') }))
    expect([loop!.kind, loop!.level, loop!.path.map((s) => s.name)]).toEqual([
      'loop',
      'error',
      ['Accepted', 'Sent', 'Accepted'],
    ])
    const added = wish('parcel', { name: 'Parcel', group: 'sent', timeout: inTime('P1D', 'call-back') })
    expect((await check(desk, added)).map((f) => f.path.map((s) => s.name))).toEqual([['Parcel', 'Call back']])
    expect(await desk.run(viewStatuses)).toEqual(before)
  })

  it('tells nothing of what is there already', async () => {
    const desk = await makeDesk(store)
    await set(desk, 'processing', { timeout: inTime('P2D', 'call-back') })
    const status = { type: 'general' as const, code: 'processing', timeout: inTime('P3D', 'call-back') }
    expect(await check(desk, { status })).toEqual([])
    expect(kinds(await check(desk, { status: { ...status, timeout: inTime('P3D', 'sent') } }))).toEqual([
      'dead_end sent',
    ])
  })

  it('S1-19 warns before a campaign is published that would make a storm or wait in vain, at its trigger', async () => {
    const desk = await makeDesk(store)
    await desk.move(await desk.order(), 'accepted')
    desk.pass(20 * DAY)
    const id = await create(desk, ...texting('sent', 6))
    const problems = async () => (await desk.run((tx) => getPublication(tx, id, desk.nowMs))).problems
    const at = { field: 'steps/0/to', level: 'warning', step: 'trigger' }
    expect(await problems()).toEqual([
      { ...at, detail: 'no order ever came to Sent: only people, or other systems by its code, can bring one there' },
      { ...at, detail: "one order could get 6 texts without anybody's doing: Sent" },
    ])
    const draft = draftOf(trigger('sent', 'w'), wait('w', 'PT1H', 't'), sms('t', 'Hi'))
    await desk.run((tx) => saveDraft(tx, id, { draft, expectedVersion: 1 }, desk.nowMs))
    await desk.move(await desk.order(), 'sent')
    expect(await problems()).toEqual([])
  })

  it('asks history of a few statuses only: no query more for a map in which all is well', async () => {
    const desk = await makeDesk(store)
    const count = (change: MapChange) =>
      desk.run(async (tx) => {
        let statements = 0
        const execute = (query: never) => {
          statements++
          return tx.execute(query)
        }
        await checkStatusMap({ execute } as unknown as typeof tx, change, desk.nowMs)
        return statements
      })
    const status = { type: 'general' as const, code: 'processing' }
    expect(await count({ status: { ...status, timeout: inTime('P2D', 'cancelled') } })).toBe(2)
    expect(await count({ status: { ...status, timeout: inTime('P2D', 'call-back') } })).toBe(3)
  })
})
