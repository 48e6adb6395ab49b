import { type SQL, sql } from 'drizzle-orm'
import { asColumns, rows, type Tx } from './client.ts'
import type { DayRange } from './model/day-range.ts'
import { type Axis, GROUP_ROWS, type Group, MEANINGS, type Meaning } from './model/status.ts'

/** What reports count by: each status, or all of one group or kind together. Source: S0-14. */
export const REPORT_BY = ['status', 'group'] as const
export type ReportBy = (typeof REPORT_BY)[number]

export interface ReportOf {
  axis: Axis
  by: ReportBy
}
/** A report over whole days by the clock of `timezone`. */
export interface ReportOver extends ReportOf, DayRange {
  timezone: string
}

/** One thing that reports count by. Source: S1-14, S1-15. */
export interface ReportItem {
  /** Names it within reports: the id of the status, or the group or kind. */
  id: string
  code: string
  name: string
  meaning: Meaning
  /** Nobody can choose it any more; it is told of where it has a past. */
  deleted: boolean
}

export interface StandingReport {
  currency: string
  items: (ReportItem & {
    orders: number
    /** Of those orders that have a total in `currency`, as decimal text. */
    total: string
    /** Orders without a total, or in another currency: they are not in `total`. */
    withoutTotal: number
  })[]
}

/** Orders that stand in each status now, archived ones too. Source: store.md 5.6. */
export async function reportStanding(tx: Tx, of: ReportOf, currency: string): Promise<StandingReport> {
  type Row = { item: number; orders: number; total: string; withoutTotal: number }
  const counted = await listCounted(tx, of)
  const found = await rows<Row>(
    tx,
    sql`with items as (${counted.items})
        select i.item, count(*)::int as orders,
          coalesce(sum(o.total) filter (where o.currency = ${currency}), 0)::numeric(20, 2)::text as total,
          (count(*) filter (where o.total is null or o.currency is distinct from ${currency}))::int as "withoutTotal"
        from orders o join items i on i.status_id = ${sql.raw(`o.${of.axis}_status_id`)} group by 1`,
  )
  return { currency, items: filled(counted.list, found, { orders: 0, total: '0.00', withoutTotal: 0 }) }
}

export interface Counted {
  list: ReportItem[]
  /** Rows of a status and the place in `list` of what it counts as. */
  items: SQL
}

/** What there is to count by: what is flagged now, whatever it was; deleted statuses last. Source: S1-15. */
export async function listCounted(tx: Tx, { axis, by }: ReportOf): Promise<Counted> {
  const statuses = await rows<ReportItem>(
    tx,
    sql`select id, code, name, meaning, deleted_at is not null as deleted from order_statuses
        where axis = ${axis} and include_in_analytics order by deleted_at is not null, position, created_at, id`,
  )
  const list = by === 'status' ? statuses : groupsOf(axis, statuses)
  const place = new Map(list.map(({ id }, i) => [id, i]))
  const counted = statuses.map(({ id, meaning }) => ({ id, item: place.get(by === 'status' ? id : meaning) }))
  const columns = asColumns(counted, { status_id: ['uuid', (s) => s.id], item: ['int', (s) => s.item] })
  return { list, items: sql`select * from ${columns}` }
}

function groupsOf(axis: Axis, statuses: readonly ReportItem[]): ReportItem[] {
  const present = new Set(statuses.map(({ meaning }) => meaning))
  return MEANINGS[axis]
    .filter((meaning) => present.has(meaning))
    .map((meaning) => ({ id: meaning, code: meaning, name: nameOf(axis, meaning), meaning, deleted: false }))
}

const nameOf = (axis: Axis, meaning: Meaning): string =>
  axis === 'general' ? GROUP_ROWS[meaning as Group].name : meaning

/** Each item with what was found of it; a deleted one only where something was. */
export function filled<Rest extends object>(
  list: readonly ReportItem[],
  found: readonly (Rest & { item: number })[],
  none: Rest,
): (ReportItem & Rest)[] {
  const byPlace = new Map(found.map(({ item, ...rest }) => [item, rest as unknown as Rest]))
  return list.flatMap((item, place) => {
    const rest = byPlace.get(place)
    return item.deleted && !rest ? [] : [{ ...item, ...(rest ?? none) }]
  })
}

/** A day more than any time zone is away from UTC, and than clocks of ours are apart. */
const MARGIN_DAYS = 2

/** What the store learnt of since shortly before the range: no change that happened in it is older. */
export const recordedSince = ({ from }: DayRange): SQL => sql`c.recorded_at >= ${from}::date - ${MARGIN_DAYS}::int`

/** The day of a moment by the clock of the report. */
export const dayOf = (moment: SQL, { timezone }: ReportOver): SQL => sql`(${moment} at time zone ${timezone})::date`

/**
 * The last moment before a day; moments are told to the millisecond. Where clocks change at midnight a day's first
 * moment comes twice or not at all.
 */
const lastBefore = (day: string, { timezone }: ReportOver): SQL =>
  sql`(${day}::timestamp - interval '1 ms') at time zone ${timezone}`

export const isSince = (moment: SQL, over: ReportOver): SQL => sql`${moment} > ${lastBefore(over.from, over)}`

/** Whether a moment is in the range. */
export const isWithin = (moment: SQL, over: ReportOver): SQL =>
  sql`${isSince(moment, over)} and ${moment} <= ${lastBefore(over.to, over)}`

/**
 * Changes from one item of `items` to another, null being what reports leave out; `at` is when. A change that tells an
 * earlier time than the one before it counts as of the same moment, for an order stands in one status at a time.
 */
export const changesOf = ({ axis }: ReportOf, where: SQL): SQL => sql`
  select * from (
    select c.order_id, c.seq, c.from_status_id is null as is_new, f.item as from_item, t.item as to_item,
      max(c.changed_at) over (partition by c.order_id order by c.seq) as at
    from order_status_changes c
    left join items f on f.status_id = c.from_status_id left join items t on t.status_id = c.to_status_id
    where c.axis = ${axis} and ${where}) c
  where from_item is distinct from to_item`
