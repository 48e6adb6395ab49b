import { type SQL, sql } from 'drizzle-orm'
import { iso, literally, rows, type Tx } from './client.ts'
import { Refused } from './model/refusal.ts'
import type { Axis } from './model/status.ts'

interface StatusOfOrder {
  code: string
  name: string
  changedAt: string
  seq: number
}
export interface OrderView {
  number: string
  source: string
  customer: { name: string; phone: string | null; email: string | null } | null
  total: string | null
  currency: string | null
  paymentMethod: string | null
  statuses: Record<Axis, StatusOfOrder>
  archived: boolean
  createdAt: string
}

const axis = (name: Axis) => sql`jsonb_build_object('code', ${sql.raw(name)}.code, 'name', ${sql.raw(name)}.name,
  'changedAt', ${iso(sql.raw(`o.${name}_changed_at`))}, 'seq', o.${sql.raw(name)}_seq)`

/** What is shown of the orders that `from` gives as `o`. */
const view = (
  from: SQL,
) => sql`select o.id, o.number, o.source, o.total::text, o.currency, o.payment_method as "paymentMethod",
    o.archived_at is not null as archived, o.created_at as "createdAt",
    case when c.id is not null then jsonb_build_object('name', coalesce(o.contact_name, c.name),
      'phone', o.contact_phone, 'email', coalesce(o.contact_email, c.email)) end as customer,
    jsonb_build_object('general', ${axis('general')}, 'delivery', ${axis('delivery')}, 'payment', ${axis('payment')}) as statuses
  from ${from} o left join customers c on c.id = o.customer_id
  join order_statuses general on general.id = o.general_status_id
  join order_statuses delivery on delivery.id = o.delivery_status_id
  join order_statuses payment on payment.id = o.payment_status_id`

export interface OrderFilter {
  type?: Axis | undefined
  /** The code of a status of `type`. */
  status?: string | undefined
  /** Part of a number, name or phone. */
  q?: string | undefined
  limit: number
  offset: number
}

/** A page of orders, newest first, and how many there are in all. */
export async function listOrders(tx: Tx, filter: OrderFilter): Promise<{ total: number; orders: OrderView[] }> {
  const where = matching(filter)
  // the page first: what is shown of it is joined to its rows alone
  const page = sql`(select * from orders o where ${where} order by o.created_at desc, o.id desc
    limit ${filter.limit} offset ${filter.offset})`
  const orders = await rows<OrderView & { id: string }>(tx, sql`${view(page)} order by o.created_at desc, o.id desc`)
  const [count] = await rows<{ total: number }>(tx, sql`select count(*)::int as total from orders o where ${where}`)
  return { total: count!.total, orders: orders.map(({ id: _, ...order }) => order) }
}

function matching({ type = 'general', status, q }: OrderFilter): SQL {
  const conditions = [sql`o.workspace_id = tidings_workspace() and o.archived_at is null`]
  if (status)
    conditions.push(sql`${sql.raw(`o.${type}_status_id`)} = (
      select s.id from order_statuses s where s.axis = ${type} and s.code = ${status} and s.deleted_at is null)`)
  if (q) {
    const like = `%${literally(q)}%`
    conditions.push(sql`(o.number ilike ${like} or o.contact_name ilike ${like} or o.contact_phone ilike ${like})`)
  }
  return sql.join(conditions, sql` and `)
}

/** One order by its number. @throws Refused unknown_order */
export async function getOrder(tx: Tx, number: string): Promise<OrderView & { id: string }> {
  const [order] = await rows<OrderView & { id: string }>(
    tx,
    sql`${view(sql.raw('orders'))} where o.workspace_id = tidings_workspace() and o.number = ${number}`,
  )
  if (!order) throw new Refused('unknown_order')
  return order
}

export interface HistoryEntry {
  type: Axis
  seq: number
  from: string | null
  to: string
  changedAt: string
  recordedAt: string
  actor: { kind: string; id: string | null }
  reason: string | null
}

/** A change that waited for the order's lock was asked for before those it waited for; its sequence decides. */
const INSIDE_AXIS = sql.raw('max(h.recorded_at) over (partition by h.axis order by h.seq)')

/** Every status change of an order, oldest first. */
export const listHistory = (tx: Tx, orderId: string) =>
  rows<HistoryEntry>(
    tx,
    sql`select h.axis as type, h.seq, f.code as "from", t.code as "to", h.changed_at as "changedAt",
          h.recorded_at as "recordedAt", jsonb_build_object('kind', h.actor_kind, 'id', h.actor_id) as actor, h.reason
        from order_status_changes h left join order_statuses f on f.id = h.from_status_id
        join order_statuses t on t.id = h.to_status_id
        where h.order_id = ${orderId} order by ${INSIDE_AXIS}, h.axis, h.seq`,
  )

/** Everything that happened to an order, oldest first: statuses, refusals, campaign steps, texts and their receipts. */
export interface TimelineEntry {
  at: string
  kind: 'status' | 'refusal' | 'enrolment' | 'step' | 'message' | 'receipt'
  /** What a page shows of it; its form depends on `kind`. */
  data: Record<string, unknown>
}

export async function listTimeline(tx: Tx, orderId: string): Promise<TimelineEntry[]> {
  return rows<TimelineEntry>(
    tx,
    sql`select at, kind, data from (
      select h.recorded_at as at, 'status' as kind, 1 as rank, ${INSIDE_AXIS} as moment, h.seq,
        jsonb_build_object('type', h.axis, 'from', f.name, 'to', t.name, 'actor', h.actor_kind, 'reason', h.reason) as data
      from order_status_changes h left join order_statuses f on f.id = h.from_status_id
      join order_statuses t on t.id = h.to_status_id where h.order_id = ${orderId}
      union all
      select r.recorded_at, 'refusal', 2, r.recorded_at, 0,
        jsonb_build_object('type', r.axis, 'wanted', s.name, 'actor', r.actor_kind, 'code', r.code)
      from status_change_refusals r join order_statuses s on s.id = r.wanted_status_id where r.order_id = ${orderId}
      union all
      select e.entered_at, 'enrolment', 3, e.entered_at, 0,
        jsonb_build_object('campaign', k.name, 'version', v.number, 'state', e.state, 'endReason', e.end_reason)
      from enrolments e join campaigns k on k.id = e.campaign_id join campaign_versions v on v.id = e.version_id
      where e.order_id = ${orderId}
      union all
      select s.at, 'step', 4, s.at, 0,
        jsonb_build_object('campaign', k.name, 'step', n.step ->> 'id', 'kind', n.step ->> 'kind',
          'title', n.step ->> 'title', 'outcome', s.outcome, 'until', ${iso(sql`s.until`)})
      from enrolments e join enrolment_steps s on s.enrolment_id = e.id join campaigns k on k.id = e.campaign_id
      join campaign_versions v on v.id = e.version_id
      left join lateral (select step from jsonb_array_elements(v.document -> 'steps') step where step ->> 'id' = s.node_id) n on true
      where e.order_id = ${orderId}
      union all
      select m.queued_at, 'message', 5, m.queued_at, 0,
        jsonb_build_object('id', m.id, 'phone', m.phone, 'text', m.text, 'parts', m.parts, 'state', m.state, 'reason', m.reason,
          'sentAt', ${iso(sql`m.sent_at`)})
      from sms_messages m where m.order_id = ${orderId}
      union all
      select m.finished_at, 'receipt', 6, m.finished_at, 0,
        jsonb_build_object('id', m.id, 'state', m.state, 'reason', m.reason)
      from sms_messages m where m.order_id = ${orderId} and m.state in ('delivered', 'undelivered')
    ) t order by moment, rank, seq`,
  )
}
