import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { dayAt } from '../../db/model/day-range.ts'
import { reportEntries, reportStandingByDay } from '../../db/status-days.ts'
import { reportFlow, reportStays } from '../../db/status-flow.ts'
import { deleteStatus } from '../../db/status-removal.ts'
import { type ReportItem, type ReportOver, reportStanding } from '../../db/status-report.ts'
import { addStatus, changeStatus } from '../../db/statuses.ts'
import { type Desk, freshStore, HOUR, type Made, makeDesk, SECOND, unique } from '../factories.ts'
import { removal } from './status-verbs.ts'

const { store } = await freshStore()

const timezone = 'Europe/Kyiv'
/** The three days of the history below. */
const OVER: ReportOver = { axis: 'general', by: 'status', timezone, from: '2026-03-02', to: '2026-03-05' }
const BY_GROUP: ReportOver = { ...OVER, by: 'group' }

/** A moment by the clock of Kyiv, two hours before UTC. */
const at = (day: string, time: string): number => Date.parse(`2026-03-${day}T${time}:00+02:00`)

/** Does each at its moment. */
async function happens(desk: Desk, order: Made, ...changes: [day: string, time: string, code: string][]) {
  for (const [day, time, code] of changes) {
    desk.nowMs = at(day, time)
    await desk.move(order, code)
  }
}

/** Three orders: one goes straight on, one comes back (and past midnight in Kyiv, not in UTC), one begins further on. */
async function historyOfThree(desk: Desk): Promise<void> {
  desk.nowMs = at('02', '10:00')
  const straight = await desk.order({ order: { total: '100.00' } })
  await happens(desk, straight, ['02', '16:00', 'accepted'], ['04', '16:00', 'sent'])
  desk.nowMs = at('02', '23:30')
  const back = await desk.order({ order: { total: '50.50', currency: 'USD' } })
  await happens(desk, back, ['03', '00:30', 'call-back'], ['03', '10:30', 'processing'])
  desk.nowMs = at('03', '09:00')
  const archived = await desk.order({ status: 'accepted', order: { total: '7.25' } })
  await desk.query(sql`update orders set archived_at = now() where id = ${archived.id}`)
  desk.nowMs = at('10', '12:00')
}

/** What each item of a report tells, by its code; those that tell nothing are left out. */
function byCode<T extends ReportItem>(items: readonly T[], tell: (item: T) => unknown): Record<string, unknown> {
  const isNothing = (told: unknown) => told === 0 || (Array.isArray(told) && told.every((n) => n === 0))
  return Object.fromEntries(
    items.map((item) => [item.code, tell(item)] as const).filter(([, told]) => !isNothing(told)),
  )
}
const flag = (desk: Desk, code: string, includeInAnalytics: boolean) =>
  desk.run((tx) => changeStatus(tx, 'general', code, { includeInAnalytics }, desk.nowMs))

/** Every report over the history, in short. */
async function reportsOf(desk: Desk, over = OVER) {
  return desk.run(async (tx) => {
    const flow = await reportFlow(tx, over)
    const codes = new Map(flow.items.map(({ id, code }) => [id, code]))
    const name = (id: string) => codes.get(id) ?? id
    return {
      now: byCode((await reportStanding(tx, over, 'UAH')).items, ({ orders }) => orders),
      overTime: byCode((await reportStandingByDay(tx, over)).items, ({ orders }) => orders),
      entries: byCode((await reportEntries(tx, over)).items, ({ orders }) => orders),
      stays: byCode((await reportStays(tx, over)).items, ({ stays, medianMs, p90Ms }) =>
        stays === 0 ? 0 : `${stays}: ${medianMs! / HOUR} h, ${p90Ms! / HOUR} h`,
      ),
      flow: flow.changes.map(({ from, to, orders }) => `${name(from)} > ${name(to)}: ${orders}`).sort(),
    }
  })
}

const EXPECTED = {
  now: { processing: 1, accepted: 1, sent: 1 },
  overTime: { processing: [1, 1, 1], accepted: [1, 2, 1], sent: [0, 0, 1] },
  entries: { processing: [2, 1, 0], 'call-back': [0, 1, 0], accepted: [1, 1, 0], sent: [0, 0, 1] },
  stays: { processing: '2: 3.5 h, 5.5 h', 'call-back': '1: 10 h, 10 h', accepted: '1: 48 h, 48 h' },
  flow: [
    'accepted > sent: 1',
    'call-back > processing: 1',
    'new > accepted: 1',
    'new > processing: 2',
    'processing > accepted: 1',
    'processing > call-back: 1',
  ],
}

describe('reports over statuses', () => {
  it('S1-14 tell what the history says, by the days of the workspace, archived orders too', async () => {
    const desk = await makeDesk(store)
    await historyOfThree(desk)
    expect(await reportsOf(desk)).toEqual(EXPECTED)
  })

  it('S1-15 leave out a status that does not count; once it does, its past is there', async () => {
    const desk = await makeDesk(store)
    await flag(desk, 'call-back', false)
    await historyOfThree(desk)
    const { 'call-back': _entries, ...entries } = EXPECTED.entries
    const { 'call-back': _stays, ...stays } = EXPECTED.stays
    const flow = EXPECTED.flow.map((line) => line.replace('call-back', 'other'))
    expect(await reportsOf(desk)).toEqual({ ...EXPECTED, entries, stays, flow: flow.sort() })
    const { items } = await desk.run((tx) => reportStanding(tx, OVER, 'UAH'))
    expect(items.map(({ code }) => code)).not.toContain('call-back')
    await flag(desk, 'call-back', true)
    expect(await reportsOf(desk)).toEqual(EXPECTED)
  })

  it('tell no change between two statuses that are left out', async () => {
    const desk = await makeDesk(store)
    for (const code of ['processing', 'call-back']) await flag(desk, code, false)
    await historyOfThree(desk)
    const { flow } = await reportsOf(desk)
    expect(flow).toEqual(['accepted > sent: 1', 'new > accepted: 1', 'other > accepted: 1'])
  })

  it('S0-14 count by group as if each were one status: going round inside it is no change', async () => {
    const desk = await makeDesk(store)
    await historyOfThree(desk)
    expect(await reportsOf(desk, BY_GROUP)).toEqual({
      ...EXPECTED,
      entries: { processing: [2, 0, 0], accepted: [1, 1, 0], sent: [0, 0, 1] },
      stays: { processing: '1: 6 h, 6 h', accepted: '1: 48 h, 48 h' },
      flow: ['accepted > sent: 1', 'new > accepted: 1', 'new > processing: 2', 'processing > accepted: 1'],
    })
  })

  it('keep a deleted status where it has a past, and tell that it is deleted', async () => {
    const desk = await makeDesk(store)
    const add = (code: string) =>
      desk.run((tx) => addStatus(tx, { type: 'general', name: code, code, group: 'accepted' }, desk.nowMs))
    for (const code of ['packed', 'never-used']) await add(code)
    desk.nowMs = at('02', '10:00')
    const order = await desk.order()
    await happens(desk, order, ['03', '10:00', 'packed'], ['04', '10:00', 'sent'])
    for (const code of ['packed', 'never-used']) await desk.run((tx) => deleteStatus(tx, removal(code), desk.nowMs))
    await add('packed')
    const { items } = await desk.run((tx) => reportEntries(tx, OVER))
    const named = items.filter(({ code }) => code === 'packed' || code === 'never-used')
    expect(named.map(({ code, deleted, orders }) => [code, deleted, orders])).toEqual([
      ['packed', false, [0, 0, 0]],
      ['packed', true, [0, 1, 0]],
    ])
    const { stays, now, overTime } = await reportsOf(desk)
    expect([stays.packed, overTime.packed, now.packed]).toEqual(['1: 24 h, 24 h', [0, 1, 0], undefined])
    const before = { ...OVER, from: '2026-02-01', to: '2026-02-02' }
    expect((await desk.run((tx) => reportStays(tx, before))).items.filter((i) => i.deleted)).toEqual([])
  })

  it('sum the totals in the currency of the workspace, and count the orders that are not in the sum', async () => {
    const desk = await makeDesk(store)
    await historyOfThree(desk)
    const { items } = await desk.run((tx) => reportStanding(tx, OVER, 'UAH'))
    const told = byCode(items, ({ orders, total, withoutTotal }) => (orders ? [total, withoutTotal] : 0))
    expect(told).toEqual({ processing: ['0.00', 1], accepted: ['7.25', 0], sent: ['100.00', 0] })
  })

  it('tell each type of status apart', async () => {
    const desk = await makeDesk(store)
    await historyOfThree(desk)
    const { now, flow } = await reportsOf(desk, { ...OVER, axis: 'payment' })
    expect([now, flow]).toEqual([{ unpaid: 3 }, ['new > unpaid: 3']])
  })

  it('let a change that tells an earlier time than the one before it count as of the same moment', async () => {
    const desk = await makeDesk(store)
    desk.nowMs = at('02', '10:00')
    const order = await desk.order()
    await happens(desk, order, ['04', '10:00', 'accepted'])
    await desk.move(order, 'sent', { source: 'slow shop', occurredAtMs: at('03', '10:00') })
    const { overTime, stays } = await reportsOf(desk)
    expect(overTime).toEqual({ processing: [1, 1, 0], sent: [0, 0, 1] })
    expect(stays).toEqual({ processing: '1: 48 h, 48 h', accepted: '1: 0 h, 0 h' })
  })
})

it('agrees with a plain walk through any history, hour by hour', async () => {
  const desk = await makeDesk(store)
  const codes = ['processing', 'call-back', 'accepted', 'sent', 'paid', 'return']
  await flag(desk, 'return', false)
  const random = randomOf(20_260_301)
  const among = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const walked: { code: string; atMs: number }[][] = []
  for (let n = 0; n < 12; n++) {
    desk.nowMs = at('01', '12:00') + Math.floor(random() * 20 * HOUR)
    const first = among(codes)
    const order = await desk.order({ status: first, eventId: unique('e') })
    const past = [{ code: first, atMs: desk.nowMs }]
    for (let k = 0; k < 8; k++) {
      desk.pass(Math.floor(random() * 24) * HOUR + SECOND)
      // some tell of a time that is past already
      const toldMs = desk.nowMs - (random() < 0.2 ? 30 * HOUR : 0)
      const code = among(codes)
      const source = unique('source')
      const { outcome } = await desk.move(order, code, { source, occurredAtMs: toldMs })
      if (outcome === 'moved') past.push({ code, atMs: Math.max(toldMs, past.at(-1)!.atMs) })
    }
    walked.push(past)
  }
  desk.nowMs = at('20', '12:00')
  const days = ['2026-03-02', '2026-03-03', '2026-03-04']
  const counted = codes.filter((code) => code !== 'return')
  const standingAt = (code: string, day: string) =>
    walked.filter((past) => past.findLast(({ atMs }) => dayAt(atMs, timezone) <= day)?.code === code).length
  const enteredOn = (code: string, day: string) =>
    walked.flat().filter((c) => c.code === code && dayAt(c.atMs, timezone) === day).length
  const { overTime, entries } = await reportsOf(desk)
  for (const code of counted) {
    expect(overTime[code] ?? [0, 0, 0], code).toEqual(days.map((day) => standingAt(code, day)))
    expect(entries[code] ?? [0, 0, 0], code).toEqual(days.map((day) => enteredOn(code, day)))
  }
  const flow = await desk.run((tx) => reportFlow(tx, OVER))
  const { items: stays } = await desk.run((tx) => reportStays(tx, OVER))
  const { items: entered } = await desk.run((tx) => reportEntries(tx, OVER))
  const sum = (end: 'from' | 'to', id: string) =>
    flow.changes.reduce((all, change) => all + (change[end] === id ? change.orders : 0), 0)
  expect(stays.map((item) => item.stays)).toEqual(stays.map(({ id }) => sum('from', id)))
  expect(entered.map((item) => item.total)).toEqual(entered.map(({ id }) => sum('to', id)))
})

/** Numbers from 0 to 1 that follow from a seed. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

it('takes a report of an empty workspace', async () => {
  const desk = await makeDesk(store)
  const none = { now: {}, overTime: {}, entries: {}, stays: {}, flow: [] }
  expect(await reportsOf(desk)).toEqual(none)
})
