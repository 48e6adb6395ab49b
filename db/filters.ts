import { type SQL, sql } from 'drizzle-orm'
import { asTexts, asTime, literally } from './client.ts'
import { FIELDS, type Field, type FieldType, isGroup, type Operator } from './model/filter.ts'
import type { Condition, Filter, Group } from './model/filter-schema.ts'
import type { Axis } from './model/status.ts'

/** The ids of the customers who are in a segment, as a statement of its own. */
export type MembersOf = (segmentId: string) => SQL

/**
 * A filter as one SQL condition over orders `o` left-joined with customers `c`; never null. An order without a customer
 * is in no segment. Values are parameters; field and operator come from the model's tables only.
 */
export const compileFilter = (filter: Filter, nowMs: number, membersOf: MembersOf = unknownSegment): SQL =>
  compileGroup(filter, ({ field, operator, value }) =>
    compileComparison(COLUMNS[field], FIELDS[field].type, { operator, value }, { nowMs, membersOf }),
  )

const unknownSegment: MembersOf = (id) => {
  throw new Error(`segment ${id} was not loaded`)
}

/** A group as one SQL condition, given what becomes of each of its conditions. */
export function compileGroup<C extends object>(group: Group<C>, compile: (condition: C) => SQL): SQL {
  const parts = group.rules.map((rule) => (isGroup(rule) ? compileGroup(rule, compile) : compile(rule)))
  const joined = parts.length === 0 ? sql`true` : sql.join(parts, group.combinator === 'or' ? sql` or ` : sql` and `)
  return group.not ? sql`(not (${joined}))` : sql`(${joined})`
}

const statusCode = (axis: Axis, column: 'code' | 'group_code'): SQL =>
  sql.raw(`(select s.${column} from order_statuses s where s.id = o.${axis}_status_id)`)

const COLUMNS = {
  'customer.name': sql`coalesce(o.contact_name, nullif(c.name, ''))`,
  'customer.phone': sql`o.contact_phone`,
  'customer.email': sql`coalesce(o.contact_email, c.email)`,
  'customer.country': sql`c.country`,
  'customer.segment': sql`o.customer_id`,
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
interface Context {
  nowMs: number
  membersOf?: MembersOf
}
type Compile = (column: SQL, value: (v: Value) => SQL, raw: Value, context: Context) => SQL

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
  withinDays: (column, _, raw, { nowMs }) => sql`${column} >= ${daysBefore(nowMs, Number(raw))}`,
  isIn: (column, _, raw, { membersOf }) => sql`${column} in (${membersOf!(String(raw))})`,
  isNotIn: (column, _, raw, { membersOf }) => sql`not coalesce(${column} in (${membersOf!(String(raw))}), false)`,
}

/** A moment so many days of 24 hours ago. */
export const daysBefore = (nowMs: number, days: number): SQL => sql`(${asTime(nowMs)} - ${days} * interval '1 day')`

const VALUES = {
  text: (v: Value) => sql`${String(v)}::text`,
  status: (v: Value) => sql`${String(v)}::text`,
  number: (v: Value) => sql`${String(Number(v))}::numeric`,
  time: (v: Value) => sql`${new Date(String(v)).toISOString()}::timestamptz`,
  segment: (v: Value) => sql`${String(v)}::uuid`,
} satisfies Record<FieldType, (v: Value) => SQL>

/** A comparison of a column of this type; never null. */
export function compileComparison(
  column: SQL,
  type: FieldType,
  { operator, value }: Pick<Condition, 'operator' | 'value'>,
  context: Context,
): SQL {
  // a comparison with nothing is neither true nor false to SQL; to people it is false
  return sql`coalesce(${COMPILED[operator](column, VALUES[type], value, context)}, false)`
}
