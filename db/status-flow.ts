import { sql } from 'drizzle-orm'
import { rows, type Tx } from './client.ts'
import {
  changesOf,
  filled,
  isWithin,
  listCounted,
  type ReportItem,
  type ReportOver,
  recordedSince,
} from './status-report.ts'

interface Stays {
  /** Stays that ended in the range. */
  stays: number
  /** In milliseconds, between the two in the middle where their number is even; null where there were none. */
  medianMs: number | null
  /** Nine of ten were not longer, in milliseconds; between two where none is the ninth. */
  p90Ms: number | null
}
export interface StaysReport {
  items: (ReportItem & Stays)[]
}

/** How long orders stayed in each status, of the stays that ended in the range: from their entry to their next change. */
export async function reportStays(tx: Tx, over: ReportOver): Promise<StaysReport> {
  const counted = await listCounted(tx, over)
  // an entry may be long before the range, so all of an order is read
  const moved = sql`c.order_id in (
    select c.order_id from order_status_changes c where c.axis = ${over.axis} and ${recordedSince(over)})`
  const found = await rows<Stays & { item: number }>(
    tx,
    sql`with items as (${counted.items}),
        ended as (
          select from_item as item, at, at - lag(at) over (partition by order_id order by seq) as stay
          from (${changesOf(over, moved)}) c),
        measured as (
          select item, count(*)::int as stays,
            percentile_cont(array[0.5, 0.9]) within group (order by date_part('epoch', stay) * 1000) as ms
          from ended where item is not null and ${isWithin(sql`at`, over)} group by 1)
        select item, stays, round(ms[1]) as "medianMs", round(ms[2]) as "p90Ms" from measured`,
  )
  return { items: filled<Stays>(counted.list, found, { stays: 0, medianMs: null, p90Ms: null }) }
}

/** Where orders come from that begin in a status. */
const NEW = 'new'
/** All statuses that do not count in analytics together; no status or group is called so. */
const OTHER = 'other'

export interface FlowReport {
  items: ReportItem[]
  /** From and to are ids of items, `other` for what reports leave out, and `new` for orders that begin. The largest first. */
  changes: { from: string; to: string; orders: number }[]
}

/**
 * How often orders went from one status to another in the range. Changes between two that are left out are left out too;
 * so what goes into an item is its entries, and what goes out of it the stays that ended.
 */
export async function reportFlow(tx: Tx, over: ReportOver): Promise<FlowReport> {
  const counted = await listCounted(tx, over)
  const found = await rows<{ isNew: boolean; from: number | null; to: number | null; orders: number }>(
    tx,
    sql`with items as (${counted.items})
        select is_new as "isNew", from_item as "from", to_item as "to", count(*)::int as orders
        from (${changesOf(over, recordedSince(over))}) c where ${isWithin(sql`at`, over)}
        group by 1, 2, 3 order by 4 desc, 1 desc, 2, 3`,
  )
  const idOf = (place: number | null) => (place === null ? OTHER : counted.list[place]!.id)
  const changes = found.map(({ isNew, from, to, orders }) => ({ from: isNew ? NEW : idOf(from), to: idOf(to), orders }))
  const named = new Set(changes.flatMap(({ from, to }) => [from, to]))
  return { items: counted.list.filter(({ id, deleted }) => !deleted || named.has(id)), changes }
}
