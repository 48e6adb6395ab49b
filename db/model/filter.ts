import type { Condition, Filter, Group } from './filter-schema.ts'
import { CONDITIONS_MAX, FILTER_SEGMENTS_MAX } from './limits.ts'
import { names } from './lists.ts'
import type { Problem } from './refusal.ts'

/** What a condition can look at. `type` decides which operators fit. Source: S1-20, S1-21. */
export const FIELDS = {
  'customer.name': { title: 'Customer name', type: 'text' },
  'customer.phone': { title: 'Customer phone', type: 'text' },
  'customer.email': { title: 'Customer e-mail', type: 'text' },
  'customer.country': { title: 'Customer country', type: 'text' },
  'customer.segment': { title: 'Customer segments', type: 'segment' },
  'order.number': { title: 'Order number', type: 'text' },
  'order.source': { title: 'Order source', type: 'text' },
  'order.total': { title: 'Order total', type: 'number' },
  'order.currency': { title: 'Order currency', type: 'text' },
  'order.paymentMethod': { title: 'Payment method', type: 'text' },
  'order.createdAt': { title: 'Order created', type: 'time' },
  'order.general': { title: 'General status', type: 'status' },
  'order.group': { title: 'Group of the general status', type: 'status' },
  'order.delivery': { title: 'Delivery status', type: 'status' },
  'order.payment': { title: 'Payment status', type: 'status' },
} as const satisfies Record<string, { title: string; type: FieldType }>
export type Field = keyof typeof FIELDS
export type FieldType = 'text' | 'number' | 'time' | 'status' | 'segment'

/** How a field is compared; `value` says what must stand beside it. */
export const OPERATORS = {
  isGiven: { title: 'is given', types: ['text', 'number'], value: 'none' },
  isNotGiven: { title: 'is not given', types: ['text', 'number'], value: 'none' },
  equals: { title: 'is', types: ['text', 'number', 'status'], value: 'one' },
  notEquals: { title: 'is not', types: ['text', 'number', 'status'], value: 'one' },
  contains: { title: 'contains', types: ['text'], value: 'one' },
  startsWith: { title: 'starts with', types: ['text'], value: 'one' },
  isOneOf: { title: 'is one of', types: ['text', 'status'], value: 'many' },
  isNotOneOf: { title: 'is none of', types: ['text', 'status'], value: 'many' },
  atLeast: { title: 'is at least', types: ['number'], value: 'one' },
  atMost: { title: 'is at most', types: ['number'], value: 'one' },
  greaterThan: { title: 'is more than', types: ['number'], value: 'one' },
  lessThan: { title: 'is less than', types: ['number'], value: 'one' },
  before: { title: 'is before', types: ['time'], value: 'one' },
  after: { title: 'is after', types: ['time'], value: 'one' },
  withinDays: { title: 'is within the last days', types: ['time'], value: 'one' },
  isIn: { title: 'include', types: ['segment'], value: 'one' },
  isNotIn: { title: 'do not include', types: ['segment'], value: 'one' },
} as const satisfies Record<string, { title: string; types: readonly FieldType[]; value: 'none' | 'one' | 'many' }>
export type Operator = keyof typeof OPERATORS

export const isGroup = <C extends object>(rule: C | Group<C>): rule is Group<C> => 'rules' in rule

/** A group's conditions, however deep they are, each with its path below `at`. */
export function conditionsOf<C extends object>(group: Group<C>, at = ''): { condition: C; path: string }[] {
  return group.rules.flatMap((rule, i) => {
    const path = `${at}${at && '/'}rules/${i}`
    return isGroup(rule) ? conditionsOf(rule, path) : [{ condition: rule, path }]
  })
}

/** That a group has more conditions than anybody can read; groups count as well. */
export function problemsInSize<C extends object>(group: Group<C>, at: string): Problem[] {
  return sizeOf(group) > CONDITIONS_MAX ? [{ field: at, detail: `at most ${CONDITIONS_MAX} conditions` }] : []
}

const sizeOf = <C extends object>({ rules }: Group<C>): number =>
  rules.reduce((n, rule) => n + (isGroup(rule) ? sizeOf(rule) : 1), 1)

/** Everything that is wrong with a filter, as paths below `at`. */
export function problemsInFilter(filter: Filter, at: string): Problem[] {
  const tooLarge = problemsInSize(filter, at)
  if (tooLarge.length > 0) return tooLarge
  if (segmentsIn(filter).length > FILTER_SEGMENTS_MAX)
    return [{ field: at, detail: `at most ${FILTER_SEGMENTS_MAX} segments` }]
  return conditionsOf(filter, at).flatMap(({ condition, path }) => problemsInCondition(condition, path))
}

/** The ids of the segments that a filter looks at, each once. */
export const segmentsIn = (filter: Filter): string[] => [
  ...new Set(
    conditionsOf(filter).flatMap(({ condition: { field, value } }) =>
      field === 'customer.segment' && typeof value === 'string' ? [value] : [],
    ),
  ),
]

/** The operators that compare a value of this type. */
export const operatorsOf = (type: FieldType): Operator[] =>
  names(OPERATORS).filter((operator) => (OPERATORS[operator].types as readonly FieldType[]).includes(type))

/** What is wrong with a comparison of one field, as paths below `at`. */
export const problemsInCondition = ({ field, ...comparison }: Condition, at: string): Problem[] =>
  problemsInComparison({ name: field, type: FIELDS[field].type }, comparison, at)

/** What is wrong with how something of a type is compared; `operators` are those that fit it. */
export function problemsInComparison(
  { name, type, operators = operatorsOf(type) }: { name: string; type: FieldType; operators?: readonly Operator[] },
  { operator, value }: Pick<Condition, 'operator' | 'value'>,
  at: string,
): Problem[] {
  const rule = OPERATORS[operator]
  if (!operators.includes(operator))
    return [{ field: `${at}/operator`, detail: `${name} can be compared by ${operators.join(', ')}` }]
  const wanted = VALUES[rule.value === 'one' ? valueType(type, operator) : rule.value]
  return wanted.fits(value) ? [] : [{ field: `${at}/value`, detail: wanted.detail }]
}

const valueType = (type: FieldType, operator: Operator) => (operator === 'withinDays' ? 'days' : type)

export const DAYS_MAX = 36_500
const TIME_MAX_MS = Date.UTC(9999, 11, 31)
const isNumber = (v: unknown) =>
  (typeof v === 'number' || (typeof v === 'string' && /\S/.test(v))) && Number.isFinite(Number(v))

const isText = (v: unknown) => typeof v === 'string' && v !== ''

const VALUES = {
  none: { fits: () => true, detail: '' },
  many: { fits: (v) => Array.isArray(v) && v.length > 0, detail: 'choose at least one' },
  number: { fits: isNumber, detail: 'enter a number' },
  days: {
    fits: (v) => isNumber(v) && Number(v) >= 0 && Number(v) <= DAYS_MAX,
    detail: `enter a number of days, at most ${DAYS_MAX}`,
  },
  time: {
    // what the database can hold too, which knows no year 0
    fits: (v) => typeof v === 'string' && /^[1-9]\d{3}-\d\d-\d\d/.test(v) && Date.parse(v) < TIME_MAX_MS,
    detail: 'enter a date such as 2026-05-31',
  },
  text: { fits: isText, detail: 'fill in what to compare with' },
  status: { fits: isText, detail: 'choose a status' },
  segment: { fits: isText, detail: 'choose a segment' },
} satisfies Record<string, { fits: (value: unknown) => boolean; detail: string }>
