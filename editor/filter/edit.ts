import { FIELDS, type Field, OPERATORS, type Operator, operatorsOf } from '../../db/model/filter.ts'
import type { Condition, Group } from '../../db/model/filter-schema.ts'

/** How something is compared, whatever it is. */
export type Comparison = Pick<Condition, 'operator' | 'value'>

/** The operators that compare this field. */
export const operatorsFor = (field: Field): Operator[] => operatorsOf(FIELDS[field].type)

/** A condition to begin with. */
export const newCondition = (): Condition => ({ field: 'order.total', operator: 'atLeast' })

export const newGroup = <C>(first: C): Group<C> => ({ combinator: 'or', rules: [first] })

/** The condition on another field: the operator stays where it fits, the value where it can mean the same. */
export function withField(condition: Condition, field: Field): Condition {
  const { type } = FIELDS[field]
  const isSameType = FIELDS[condition.field].type === type && type !== 'status' && type !== 'segment'
  const operator = operatorsFor(field).find((one) => one === condition.operator) ?? operatorsFor(field)[0]!
  return withOperator({ ...without(condition), field, ...(isSameType && given(condition)) }, operator)
}

/** The condition by another operator: one value becomes a list of one and back. */
export function withOperator<C extends Comparison>(condition: C, operator: Operator): C {
  const wants = OPERATORS[operator].value
  const { value } = condition
  if (wants === 'none' || value === undefined) return { ...without(condition), operator }
  if (wants === 'many') return { ...condition, operator, value: Array.isArray(value) ? value : [String(value)] }
  const [first] = [value].flat()
  return first === undefined ? { ...without(condition), operator } : { ...condition, operator, value: first }
}

/** The condition with what it compares with; nothing given takes it away. */
export const withValue = <C extends Comparison>(condition: C, value: string | string[]): C =>
  value.length === 0 ? without(condition) : { ...condition, value }

/** The condition without what it compares with. */
function without<C extends Comparison>(condition: C): C {
  const { value: _, ...rest } = condition
  return rest as C
}
const given = ({ value }: Comparison) => (value === undefined ? {} : { value })

type Rule<C> = C | Group<C>

export const withRule = <C>(group: Group<C>, index: number, rule: Rule<C>): Group<C> => ({
  ...group,
  rules: group.rules.map((old, i) => (i === index ? rule : old)),
})
export const withoutRule = <C>(group: Group<C>, index: number): Group<C> => ({
  ...group,
  rules: group.rules.filter((_, i) => i !== index),
})
export const withMore = <C>(group: Group<C>, rule: Rule<C>): Group<C> => ({ ...group, rules: [...group.rules, rule] })
