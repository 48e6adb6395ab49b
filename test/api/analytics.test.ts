import { describe, expect, it } from 'vitest'
import { addDays, dayAt, lastDays } from '../../db/model/day-range.ts'
import { addWorkspace, anEvent, openApi, unique } from './client.ts'

const { app, store, call } = await openApi()

const REPORTS = ['now', 'over-time', 'entries', 'stays', 'flow']
const today = dayAt(Date.now(), 'UTC')
const get = (report: string, query = '', headers: Record<string, string> = {}, by = call) =>
  by('GET', `/v1/analytics/statuses/${report}${query}`, undefined, headers)

/** A workspace with one order that went from Processing to Accepted, three days ago and two. */
async function withOneOrder() {
  const workspace = await addWorkspace(store, app)
  const order = { number: unique('order'), total: '120.50' }
  for (const [status, daysAgo] of [
    ['processing', 3],
    ['accepted', 2],
  ] as const)
    await workspace.call(
      'POST',
      '/v1/events',
      anEvent({ order, status, occurredAt: `${addDays(today, -daysAgo)}T09:00:00Z` }),
    )
  return workspace.call
}
type Item = { code: string; orders: number[] }
const of = (code: string, { items }: { items: Item[] }) => items.find((item) => item.code === code)!

describe('GET /v1/analytics/statuses', () => {
  it('S1-14 answers each report by itself', async () => {
    const caller = await withOneOrder()
    const [now, overTime, entries, stays, flow] = await Promise.all(
      REPORTS.map(async (report) => (await get(report, '', {}, caller)).body),
    )
    expect(now.currency).toBe('UAH')
    expect(of('accepted', now)).toMatchObject({ name: 'Accepted', orders: 1, total: '120.50', withoutTotal: 0 })
    expect(overTime.days).toEqual(entries.days)
    expect(of('processing', overTime).orders.slice(-4)).toEqual([1, 0, 0, 0])
    expect(of('accepted', overTime).orders.slice(-4)).toEqual([0, 1, 1, 1])
    expect(of('accepted', entries)).toMatchObject({ total: 1 })
    expect(of('processing', stays)).toMatchObject({ stays: 1, medianMs: 86_400_000, p90Ms: 86_400_000 })
    const { id: from } = of('processing', flow) as unknown as { id: string }
    const { id: to } = of('accepted', flow) as unknown as { id: string }
    expect(flow.changes).toEqual([
      { from: 'new', to: from, orders: 1 },
      { from, to, orders: 1 },
    ])
  })

  it('tells of the last thirty days where nothing is said, and of no day that has not begun', async () => {
    const { from, to } = lastDays(30, today)
    const { days } = (await get('entries')).body
    expect([days.length, days[0], days.at(-1)]).toEqual([30, from, today])
    expect((await get('entries', `?from=${today}&to=${addDays(to, 9)}`)).body.days).toEqual([today])
  })

  it('S1-15 tells nothing of a status that does not count, until it does', async () => {
    const caller = await withOneOrder()
    const flag = (includeInAnalytics: boolean) =>
      caller('PATCH', '/v1/statuses/general/processing', { includeInAnalytics })
    await flag(false)
    for (const report of REPORTS) expect(of('processing', (await get(report, '', {}, caller)).body)).toBeUndefined()
    expect((await get('flow', '', {}, caller)).body.changes).toMatchObject([{ from: 'other', orders: 1 }])
    await flag(true)
    expect(of('processing', (await get('entries', '', {}, caller)).body)).toMatchObject({ total: 1 })
  })

  it('S0-14 counts by the seven groups', async () => {
    const caller = await withOneOrder()
    const { items } = (await get('now', '?by=group', {}, caller)).body
    expect(items.map((item: { id: string; orders: number }) => [item.id, item.orders])).toEqual([
      ['processing', 0],
      ['spam', 0],
      ['accepted', 1],
      ['sent', 0],
      ['cancelled', 0],
      ['paid', 0],
      ['return', 0],
    ])
  })

  it.each([
    ['?from=yesterday', 'from'],
    ['?from=2026-02-30', 'from'],
    ['?from=1969-12-31', 'from'],
    ['?to=2026-10-01T00:00:00Z', 'to'],
    ['?from=2026-01-02&to=2026-01-02', 'to'],
    ['?from=2020-01-01&to=2022-01-01', 'to'],
    [`?from=${addDays(today, 3)}`, 'from'],
    ['?type=colour', 'type'],
    ['?by=colour', 'by'],
    ['?format=pdf', 'format'],
  ])('refuses %s and names what was expected of %s', async (query, field) => {
    const { status, body } = await get('flow', query)
    expect([status, body.code, body.errors[0].field]).toEqual([422, 'invalid_request', field])
    expect(body.errors[0].detail).toMatch(/expected/)
  })

  it('is closed while the orders of the workspace are', async () => {
    const closed = await addWorkspace(store, app, null)
    for (const report of REPORTS)
      expect(await get(report, '', {}, closed.call)).toMatchObject({ status: 403, body: { code: 'orders_disabled' } })
  })
})

describe('a report as CSV', () => {
  it('comes for `format=csv` and for the header, with what spreadsheets need', async () => {
    const caller = await withOneOrder()
    for (const report of REPORTS) {
      const asked = await get(report, '?format=csv', {}, caller)
      expect(asked.status).toBe(200)
      expect(asked.headers.get('content-type')).toMatch(/^text\/csv; charset=utf-8/)
      expect(asked.headers.get('content-disposition')).toBe(`attachment; filename="general-${report}.csv"`)
      expect(await get(report, '', { accept: 'text/csv' }, caller)).toMatchObject({ body: asked.body })
      expect((await get(report, '?format=json', { accept: 'text/csv' }, caller)).body).toBeTypeOf('object')
    }
  })

  it('begins with the mark by which Excel knows UTF-8', async () => {
    const { key } = await addWorkspace(store, app)
    const headers = { authorization: `Bearer ${key}` }
    const answer = await app.request('/v1/analytics/statuses/now?format=csv', { headers })
    expect([...new Uint8Array(await answer.arrayBuffer())].slice(0, 3)).toEqual([0xef, 0xbb, 0xbf])
  })

  it('holds the same numbers, days as rows', async () => {
    const caller = await withOneOrder()
    const { days, items } = (await get('over-time', '', {}, caller)).body
    const rows = (await get('over-time', '?format=csv', {}, caller)).body.trim().split('\r\n')
    expect(rows[0]).toMatch(/^Day,Processing,Call back,/)
    expect(rows.slice(1)).toEqual(
      days.map((day: string, i: number) => [day, ...items.map((item: Item) => item.orders[i])].join(',')),
    )
    const [, flow] = (await get('flow', '?format=csv', {}, caller)).body.split('\r\n')
    expect(flow).toBe('New orders,Processing,1')
  })

  it('runs nothing in a spreadsheet, whatever a status is called', async () => {
    const { call: caller } = await addWorkspace(store, app)
    const status = { type: 'general', code: 'evil', group: 'sent', name: '=HYPERLINK("http://x","y")' }
    await caller('POST', '/v1/statuses', status)
    const { body } = await get('now', '?format=csv', {}, caller)
    expect(body).toContain(`\r\n"'=HYPERLINK(""http://x"",""y"")",evil,sent,0,0,0\r\n`)
  })
})
