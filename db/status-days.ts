import { type SQL, sql } from 'drizzle-orm'
import { rows, type Tx } from './client.ts'
import { daysOf } from './model/day-range.ts'
import {
  type Counted,
  changesOf,
  dayOf,
  filled,
  isSince,
  isWithin,
  listCounted,
  type ReportItem,
  type ReportOver,
  recordedSince,
} from './status-report.ts'

export interface DaysReport {
  days: string[]
  /** `orders` has one number for each day. */
  items: (ReportItem & { orders: number[] })[]
}

/**
 * Orders that stood in each status at the end of each day: those of now, less what came since, and with what left since.
 * So it agrees with what stands now, however little of the past is kept.
 */
export async function reportStandingByDay(tx: Tx, over: ReportOver): Promise<DaysReport> {
  const days = daysOf(over)
  const counted = await listCounted(tx, over)
  const found = await rows<{ item: number; orders: number[] }>(
    tx,
    sql`with items as (${counted.items}),
        now as (
          select i.item, count(*)::int as orders
          from orders o join items i on i.status_id = ${sql.raw(`o.${over.axis}_status_id`)} group by 1),
        net as (
          select coalesce(to_item, from_item) as item, day, sum(case when to_item is null then -n else n end)::int as n
          from (
            select to_item, from_item, least(${dayOf(sql`at`, over)}, ${over.to}::date) as day, count(*) as n
            from (${changesOf(over, recordedSince(over))}) c where ${isSince(sql`at`, over)}
            group by grouping sets ((to_item, day), (from_item, day))) moved
          where to_item is not null or from_item is not null group by 1, 2),
        ends as (
          select i.item, d.day, coalesce(now.orders, 0) - coalesce(sum(net.n) over (
              partition by i.item order by d.day desc rows between unbounded preceding and 1 preceding), 0)::int as orders
          from (select distinct item from items) i
          cross join (${firstDays(over, days.length + 1)}) d
          left join now on now.item = i.item left join net on net.item = i.item and net.day = d.day)
        select item, array_to_json(array_agg(orders order by day)) as orders from ends where day < ${over.to}::date
        group by 1 having bool_or(orders <> 0)`,
  )
  return inDays(days, counted, found)
}

export interface EntriesReport {
  days: string[]
  items: (ReportItem & { orders: number[]; total: number })[]
}

/** How many orders entered each status on each day; an order that comes back counts again. */
export async function reportEntries(tx: Tx, over: ReportOver): Promise<EntriesReport> {
  const days = daysOf(over)
  const counted = await listCounted(tx, over)
  const found = await rows<{ item: number; orders: number[] }>(
    tx,
    sql`with items as (${counted.items}),
        entered as (
          select to_item as item, ${dayOf(sql`at`, over)} as day, count(*)::int as n
          from (${changesOf(over, recordedSince(over))}) c
          where to_item is not null and ${isWithin(sql`at`, over)} group by 1, 2)
        select i.item, array_to_json(array_agg(coalesce(e.n, 0) order by d.day)) as orders
        from (select distinct item from entered) i
        cross join (${firstDays(over, days.length)}) d
        left join entered e on e.item = i.item and e.day = d.day group by 1`,
  )
  const { items } = inDays(days, counted, found)
  return { days, items: items.map((item) => ({ ...item, total: item.orders.reduce((sum, n) => sum + n, 0) })) }
}

/** So many days from the first of the range on. */
const firstDays = ({ from }: ReportOver, count: number): SQL =>
  sql`select ${from}::date + n as day from generate_series(0, ${count}::int - 1) n`

function inDays(days: string[], { list }: Counted, found: { item: number; orders: number[] }[]): DaysReport {
  return { days, items: filled(list, found, { orders: days.map(() => 0) }) }
}
