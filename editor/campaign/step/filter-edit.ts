import { FIELDS, type Field, type FieldType, OPERATORS, type Operator } from '../../../db/model/filter.ts'
import type { Condition, Filter } from '../../../db/model/filter-schema.ts'
import { names } from '../../../db/model/lists.ts'

type Rule = Filter['rules'][number]

/** The operators that compare this field. */
export const operatorsFor = (field: Field): Operator[] => {
  const { type } = FIELDS[field]
  return names(OPERATORS).filter((operator) => (OPERATORS[operator].types as readonly FieldType[]).includes(type))
}

/** A condition to begin with. */
export const newCondition = (): Condition => ({ field: 'order.total', operator: 'atLeast' })

export const newGroup = (): Filter => ({ combinator: 'or', rules: [newCondition()] })

/** The condition on another field: the operator stays where it fits, the value where it can mean the same. */
export function withField(condition: Condition, field: Field): Condition {
  const isSameType = FIELDS[condition.field].type === FIELDS[field].type && FIELDS[field].type !== 'status'
  const operator = operatorsFor(field).find((one) => one === condition.operator) ?? operatorsFor(field)[0]!
  return withOperator({ ...without(condition), field, ...(isSameType && given(condition)) }, operator)
}

/** The condition by another operator: one value becomes a list of one and back. */
export function withOperator(condition: Condition, operator: Operator): Condition {
  const wants = OPERATORS[operator].value
  const { value } = condition
  if (wants === 'none' || value === undefined) return { ...without(condition), operator }
  if (wants === 'many') return { ...condition, operator, value: Array.isArray(value) ? value : [String(value)] }
  const [first] = [value].flat()
  return first === undefined ? { ...without(condition), operator } : { ...condition, operator, value: first }
}

/** The condition with what it compares with; nothing given takes it away. */
export const withValue = (condition: Condition, value: string | string[]): Condition =>
  value.length === 0 ? without(condition) : { ...condition, value }

const without = ({ field, operator }: Condition): Condition => ({ field, operator })
const given = ({ value }: Condition) => (value === undefined ? {} : { value })

export const withRule = (filter: Filter, index: number, rule: Rule): Filter => ({
  ...filter,
  rules: filter.rules.map((old, i) => (i === index ? rule : old)),
})
export const withoutRule = (filter: Filter, index: number): Filter => ({
  ...filter,
  rules: filter.rules.filter((_, i) => i !== index),
})
export const withMore = (filter: Filter, rule: Rule): Filter => ({ ...filter, rules: [...filter.rules, rule] })
