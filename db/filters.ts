import { type SQL, sql } from 'drizzle-orm'
import { asTexts, asTime, literally } from './client.ts'
import { FIELDS, type Field, isGroup, type Operator } from './model/filter.ts'
import type { Condition, Filter } from './model/filter-schema.ts'
import type { Axis } from './model/status.ts'

/**
 * A filter as one SQL condition over orders `o` left-joined with customers `c`; never null.
 * Values are parameters; field and operator come from the model's tables only.
 */
export function compileFilter(filter: Filter, nowMs: number): SQL {
  const parts = filter.rules.map((rule) => (isGroup(rule) ? compileFilter(rule, nowMs) : compileCondition(rule, nowMs)))
  const joined = parts.length === 0 ? sql`true` : sql.join(parts, filter.combinator === 'or' ? sql` or ` : sql` and `)
  return filter.not ? sql`(not (${joined}))` : sql`(${joined})`
}

const statusCode = (axis: Axis, column: 'code' | 'group_code'): SQL =>
  sql.raw(`(select s.${column} from order_statuses s where s.id = o.${axis}_status_id)`)

const COLUMNS = {
  'customer.name': sql`coalesce(o.contact_name, nullif(c.name, ''))`,
  'customer.phone': sql`o.contact_phone`,
  'customer.email': sql`coalesce(o.contact_email, c.email)`,
  'customer.country': sql`c.country`,
  'order.number': sql`o.number`,
  'order.source': sql`o.source`,
  'order.total': sql`o.total`,
  'order.currency': sql`o.currency`,
  'order.paymentMethod': sql`o.payment_method`,
  'order.createdAt': sql`o.created_at`,
  'order.general': statusCode('general', 'code'),
  'order.group': statusCode('general', 'group_code'),
  'order.delivery': statusCode('delivery', 'code'),
  'order.payment': statusCode('payment', 'code'),
} satisfies Record<Field, SQL>

type Value = Condition['value']
type Compile = (column: SQL, value: (v: Value) => SQL, raw: Value, nowMs: number) => SQL

const COMPILED: Record<Operator, Compile> = {
  isGiven: (column) => sql`${column} is not null`,
  isNotGiven: (column) => sql`${column} is null`,
  equals: (column, value, raw) => sql`${column} = ${value(raw)}`,
  notEquals: (column, value, raw) => sql`${column} is distinct from ${value(raw)}`,
  contains: (column, _, raw) => sql`${column} ilike ${`%${literally(String(raw))}%`}`,
  startsWith: (column, _, raw) => sql`${column} ilike ${`${literally(String(raw))}%`}`,
  isOneOf: (column, _, raw) => sql`${column} = any(${asTexts(raw as string[])})`,
  isNotOneOf: (column, _, raw) => sql`(${column} is null or ${column} <> all(${asTexts(raw as string[])}))`,
  atLeast: (column, value, raw) => sql`${column} >= ${value(raw)}`,
  atMost: (column, value, raw) => sql`${column} <= ${value(raw)}`,
  greaterThan: (column, value, raw) => sql`${column} > ${value(raw)}`,
  lessThan: (column, value, raw) => sql`${column} < ${value(raw)}`,
  before: (column, value, raw) => sql`${column} < ${value(raw)}`,
  after: (column, value, raw) => sql`${column} > ${value(raw)}`,
  withinDays: (column, _, raw, nowMs) => sql`${column} >= ${asTime(nowMs)} - ${Number(raw)} * interval '1 day'`,
}

const VALUES = {
  text: (v: Value) => sql`${String(v)}::text`,
  status: (v: Value) => sql`${String(v)}::text`,
  number: (v: Value) => sql`${String(Number(v))}::numeric`,
  time: (v: Value) => sql`${new Date(String(v)).toISOString()}::timestamptz`,
}

function compileCondition({ field, operator, value }: Condition, nowMs: number): SQL {
  // a comparison with nothing is neither true nor false to SQL; to people it is false
  return sql`coalesce(${COMPILED[operator](COLUMNS[field], VALUES[FIELDS[field].type], value, nowMs)}, false)`
}
