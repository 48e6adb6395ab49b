import { type SQL, sql } from 'drizzle-orm'
import { asTexts } from './client.ts'
import { daysBefore } from './filters.ts'
import { groupBy } from './model/lists.ts'
import { type Measure, ordersKey, RELATIONS, type Relation } from './model/metric.ts'
import type { Metric } from './model/segment-schema.ts'
import type { Axis } from './model/status.ts'

/** What is asked of the store, and of whom. */
export interface Asked {
  nowMs: number
  /** The ids of the only customers that matter, as a statement; all when it is missing. */
  only?: SQL | undefined
}

/** Metrics of the same orders are measured once: how to join all of them to customers `c`, and what each measured then. */
export function compileMetrics(metrics: readonly Metric[], asked: Asked): { joins: SQL; columnOf: (m: Metric) => SQL } {
  const keys = [...groupBy(metrics, ordersKey)].map(([key, [metric]]) => ({ key, metric: metric! }))
  const aliasOf = (key: string) => sql.raw(`m${keys.findIndex((known) => known.key === key)}`)
  const joins = keys.map(
    ({ key, metric }) =>
      sql` left join (${measured(metric, asked)}) ${aliasOf(key)} on ${aliasOf(key)}.customer_id = c.id`,
  )
  return { joins: sql.join(joins), columnOf: (metric) => COLUMNS[metric.measure](aliasOf(ordersKey(metric))) }
}

/** A customer without such orders has none of them, for nothing; and no first or last time. */
const COLUMNS: Record<Measure, (alias: SQL) => SQL> = {
  count: (m) => sql`coalesce(${m}.n, 0)`,
  sum: (m) => sql`coalesce(${m}.total, 0)`,
  first: (m) => sql`${m}.first`,
  last: (m) => sql`${m}.last`,
}

/** One row a customer who has such orders; each order is read once. */
function measured(metric: Metric, asked: Asked): SQL {
  return sql`
    select x.customer_id, count(*)::int as n, sum(x.total) filter (where x.currency = (select w.currency from workspaces w)) as total,
      min(x.first) as first, max(x.last) as last
    from (${ORDERS[metric.of](metric, asked)}) x group by x.customer_id`
}

const of = (column: SQL, { only }: Asked): SQL => (only ? sql`${column} in (${only})` : sql`${column} is not null`)

/** The orders that a metric is of, and when each came into one of the statuses. One row a relation. */
const ORDERS: Record<Relation, (metric: Metric, asked: Asked) => SQL> = {
  are_in: ({ type, statuses }, asked) => {
    const [status, since] = [sql.raw(`o.${type}_status_id`), sql.raw(`o.${type}_changed_at`)]
    return sql`
      select o.customer_id, o.total, o.currency, ${since} as first, ${since} as last from orders o
      where ${of(sql`o.customer_id`, asked)} and ${status} in (${idsOf(type, statuses)})`
  },
  were_in: entered,
  entered_within: entered,
}

function entered({ of: relation, type, statuses, days }: Metric, asked: Asked): SQL {
  const since = RELATIONS[relation].wantsDays ? sql`and h.changed_at >= ${daysBefore(asked.nowMs, days ?? 0)}` : sql``
  return sql`
    select o.customer_id, o.total, o.currency, e.first, e.last
    from (
      select h.order_id, min(h.changed_at) as first, max(h.changed_at) as last
      from order_status_changes h${asked.only ? sql` join orders k on k.id = h.order_id and ${of(sql`k.customer_id`, asked)}` : sql``}
      where h.axis = ${type} and h.to_status_id in (${idsOf(type, statuses)}) ${since} group by h.order_id) e
    join orders o on o.id = e.order_id where ${of(sql`o.customer_id`, asked)}`
}

/** As a statement and not as a list: each change is looked up in a hash of them, and not compared with one after another. */
const idsOf = (axis: Axis, codes: readonly string[]): SQL => sql`
  select s.id from order_statuses s where s.axis = ${axis} and s.code = any(${asTexts(codes)}) and s.deleted_at is null`
