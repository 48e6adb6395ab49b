import { type keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { DayRange } from '../../db/model/day-range.ts'
import type { Axis } from '../../db/model/status.ts'
import { api, ask } from '../shell/api.ts'

/** Reports read much of the store, so they are asked again at most so often while orders move. */
const ASK_EVERY_MS = 5_000

export interface ReportSearch extends DayRange {
  type: Axis
  by: 'status' | 'group'
}

const reports = api.analytics.statuses

/** How each report is asked for; the names are those of its address. */
const ASK = {
  now: ({ type, by }: ReportSearch) => ask(reports.now.$get({ query: { type, by } })),
  'over-time': (query: ReportSearch) => ask(reports['over-time'].$get({ query: { ...query } })),
  entries: (query: ReportSearch) => ask(reports.entries.$get({ query: { ...query } })),
  stays: (query: ReportSearch) => ask(reports.stays.$get({ query: { ...query } })),
  flow: (query: ReportSearch) => ask(reports.flow.$get({ query: { ...query } })),
}
export type ReportName = keyof typeof ASK
export type Report<Name extends ReportName> = Awaited<ReturnType<(typeof ASK)[Name]>>
export type ReportItem = Report<'flow'>['items'][number]

/** The answer for other days, of the same things; that of other things would be taken for this one's. */
const lastOf = ({ type, by }: ReportSearch) =>
  ((last: unknown, of?: { queryKey: readonly unknown[] }) => {
    const before = of?.queryKey[2] as ReportSearch | undefined
    return before?.type === type && before.by === by ? last : undefined
  }) as typeof keepPreviousData

const meta = { also: ['orders', 'statuses'], everyMs: ASK_EVERY_MS }

/** One report, in a request of its own so that a slow one holds no other; the last answer stays while the next is on its way. */
const query = <Name extends ReportName>(name: Name, search: ReportSearch) =>
  queryOptions({
    queryKey: ['analytics', name, search],
    queryFn: () => ASK[name](search) as Promise<Report<Name>>,
    placeholderData: lastOf(search),
    meta,
  })

export const standingQuery = (search: ReportSearch) => query('now', search)
export const overTimeQuery = (search: ReportSearch) => query('over-time', search)
export const entriesQuery = (search: ReportSearch) => query('entries', search)
export const staysQuery = (search: ReportSearch) => query('stays', search)
export const flowQuery = (search: ReportSearch) => query('flow', search)

/** Where the same report lies as CSV. */
export const csvAddress = (name: ReportName, { type, by, from, to }: ReportSearch): string =>
  `/v1/analytics/statuses/${name}?${new URLSearchParams({ type, by, from, to, format: 'csv' })}`
