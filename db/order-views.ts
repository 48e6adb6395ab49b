import { type SQL, sql } from 'drizzle-orm'
import { iso, literally, rows, type Tx } from './client.ts'
import { nameKey } from './model/name.ts'
import { Refused } from './model/refusal.ts'
import { AXES, type Axis, type Meaning } from './model/status.ts'

interface StatusOfOrder {
  code: string
  name: string
  /** The group of a general status, the kind of another. */
  meaning: Meaning
  changedAt: string
  seq: number
}
/** When a status moves on by itself. `suspended`: the order is archived; `refused`: the move was, and waits for a change. */
interface Deadline {
  type: Axis
  at: string
  to: { code: string; name: string }
  state: 'waiting' | 'suspended' | 'refused'
}
export interface OrderView {
  number: string
  source: string
  customer: { name: string; phone: string | null; email: string | null } | null
  total: string | null
  currency: string | null
  paymentMethod: string | null
  statuses: Record<Axis, StatusOfOrder>
  /** The earliest first. */
  deadlines: Deadline[]
  archived: boolean
  createdAt: string
}

const axis = (name: Axis) => sql`jsonb_build_object('code', ${sql.raw(name)}.code, 'name', ${sql.raw(name)}.name,
  'meaning', ${sql.raw(name)}.meaning, 'changedAt', ${iso(sql.raw(`o.${name}_changed_at`))}, 'seq', o.${sql.raw(name)}_seq)`

const waitOf = (name: Axis) =>
  sql.raw(`('${name}', o.${name}_status_id, o.${name}_seq, o.${name}_due_from, o.${name}_refused_seq)`)

/** When the order `o` of the workspace `w` moves on by itself, by the rules its places release by. */
const DEADLINES = sql`
  select coalesce(jsonb_agg(jsonb_build_object('type', d.type, 'at', ${iso(sql`d.at`)},
    'to', jsonb_build_object('code', d.code, 'name', d.name), 'state', d.state) order by d.at, d.type), '[]')
  from (
    select a.type, due_after(a.due_from, t.amount, t.unit, w.timezone) as at, s.code, s.name,
      case when o.archived_at is not null then 'suspended' when a.refused_seq = a.seq then 'refused' else 'waiting' end as state
    from (values ${sql.join(AXES.map(waitOf), sql`, `)}) as a(type, status_id, seq, due_from, refused_seq)
    join status_timeouts t on t.status_id = a.status_id join order_statuses s on s.id = t.to_status_id
    where a.due_from is not null) d`

/** What is shown of the orders that `from` gives as `o`. */
const view = (
  from: SQL,
) => sql`select o.id, o.number, o.source, o.total::text, o.currency, o.payment_method as "paymentMethod",
    o.archived_at is not null as archived, o.created_at as "createdAt",
    case when c.id is not null then jsonb_build_object('name', coalesce(o.contact_name, c.name),
      'phone', o.contact_phone, 'email', coalesce(o.contact_email, c.email)) end as customer,
    jsonb_build_object('general', ${axis('general')}, 'delivery', ${axis('delivery')}, 'payment', ${axis('payment')}) as statuses,
    (${DEADLINES}) as deadlines
  from ${from} o join workspaces w on w.id = o.workspace_id left join customers c on c.id = o.customer_id
  join order_statuses general on general.id = o.general_status_id
  join order_statuses delivery on delivery.id = o.delivery_status_id
  join order_statuses payment on payment.id = o.payment_status_id`

/** Which orders a list shows. */
export interface OrderSearch {
  type?: Axis | undefined
  /** The code of a status of `type`. */
  status?: string | undefined
  /** The name of a container: orders in any status of `type` that stands in it. Source: S0-33. */
  container?: string | undefined
  /** Part of a number, name or phone. */
  q?: string | undefined
  /** Those in the archive instead of all others. Source: S3-29. */
  archived?: boolean | undefined
}
export interface OrderFilter extends OrderSearch {
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
  const isLast = orders.length < filter.limit && (orders.length > 0 || filter.offset === 0)
  const total = isLast ? filter.offset + orders.length : await countOrders(tx, where)
  return { total, orders: orders.map(({ id: _, ...order }) => order) }
}

async function countOrders(tx: Tx, where: SQL): Promise<number> {
  const [count] = await rows<{ total: number }>(tx, sql`select count(*)::int as total from orders o where ${where}`)
  return count!.total
}

/** Whether a list shows the order `o`. */
export function matching({ type = 'general', status, container, q, archived = false }: OrderSearch): SQL {
  const conditions = [
    sql`o.workspace_id = tidings_workspace() and o.archived_at is ${sql.raw(archived ? 'not null' : 'null')}`,
  ]
  if (status)
    conditions.push(sql`${sql.raw(`o.${type}_status_id`)} = (
      select s.id from order_statuses s where s.axis = ${type} and s.code = ${status} and s.deleted_at is null)`)
  if (container)
    conditions.push(sql`${sql.raw(`o.${type}_status_id`)} in (
      select s.id from order_statuses s join status_containers k on k.id = s.container_id
      where s.axis = ${type} and k.name_key = ${nameKey(container)} and s.deleted_at is null)`)
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
