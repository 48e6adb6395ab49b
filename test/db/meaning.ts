import { isGroup, type Operator } from '../../db/model/filter.ts'
import type { Condition, Group } from '../../db/model/filter-schema.ts'
import { DAY, NOON } from '../factories.ts'

/** What is known of somebody or something; moments in epoch ms, null where nothing is. */
export type Fact = string | number | null
type Test = (fact: Fact, value: Condition['value']) => boolean

const lower = (text: unknown) => String(text).toLowerCase()
const same = (fact: Fact, value: unknown) =>
  fact !== null && (typeof fact === 'number' ? fact === Number(value) : fact === String(value))
const compared =
  (test: (a: number, b: number) => boolean): Test =>
  (fact, value) =>
    fact !== null && test(Number(fact), Number(value))
const timed =
  (test: (a: number, b: number) => boolean): Test =>
  (fact, value) =>
    fact !== null && test(Number(fact), Date.parse(String(value)))

/** What operators mean to people, said once more over plain facts; it is NOON. */
export const MEANING: Record<Exclude<Operator, 'isIn' | 'isNotIn'>, Test> = {
  isGiven: (fact) => fact !== null,
  isNotGiven: (fact) => fact === null,
  equals: same,
  notEquals: (fact, value) => !same(fact, value),
  contains: (fact, value) => fact !== null && lower(fact).includes(lower(value)),
  startsWith: (fact, value) => fact !== null && lower(fact).startsWith(lower(value)),
  isOneOf: (fact, value) => fact !== null && (value as string[]).includes(String(fact)),
  isNotOneOf: (fact, value) => fact === null || !(value as string[]).includes(String(fact)),
  atLeast: compared((a, b) => a >= b),
  atMost: compared((a, b) => a <= b),
  greaterThan: compared((a, b) => a > b),
  lessThan: compared((a, b) => a < b),
  before: timed((a, b) => a < b),
  after: timed((a, b) => a > b),
  withinDays: (fact, value) => fact !== null && Number(fact) >= NOON - Number(value) * DAY,
}

/** Whether a group is true where its conditions are or are not. */
export function holds<C extends object>(group: Group<C>, isTrue: (condition: C) => boolean): boolean {
  const found = group.rules.map((rule) => (isGroup(rule) ? holds(rule, isTrue) : isTrue(rule)))
  const joined = group.combinator === 'or' && found.length > 0 ? found.some(Boolean) : found.every(Boolean)
  return group.not ? !joined : joined
}
