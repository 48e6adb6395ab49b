import { describe, expect, it } from 'vitest'
import { FIELDS, OPERATORS, type Operator, problemsInFilter } from '../../../db/model/filter.ts'
import { Condition, Filter } from '../../../db/model/filter-schema.ts'
import { CONDITIONS_MAX, FILTER_SEGMENTS_MAX } from '../../../db/model/limits.ts'

const one = (field: string, operator: string, value?: unknown) => ({
  combinator: 'and',
  rules: [{ field, operator, value }],
})
const problems = (filter: unknown) => problemsInFilter(Filter.parse(filter), 'where').map((p) => p.field)

/** A value that fits, for each field type and operator. */
const fitting = (type: string, operator: Operator): unknown => {
  const { value } = OPERATORS[operator]
  if (value === 'none') return undefined
  if (value === 'many') return ['x']
  return operator === 'withinDays' || type === 'number' ? 7 : type === 'time' ? '2026-05-31' : 'x'
}

describe('problemsInFilter', () => {
  it('finds nothing wrong with any field and an operator that fits it, and everything with one that does not', () => {
    for (const [field, { type }] of Object.entries(FIELDS)) {
      for (const [operator, { types }] of Object.entries(OPERATORS)) {
        const fits = (types as readonly string[]).includes(type)
        const value = fitting(type, operator as Operator)
        expect(problems(one(field, operator, value))).toEqual(fits ? [] : ['where/rules/0/operator'])
      }
    }
  })

  it.each([
    ['order.total', 'atLeast', undefined],
    ['order.total', 'atLeast', ''],
    ['order.total', 'atLeast', ' '],
    ['order.total', 'atLeast', 'many'],
    ['order.total', 'atLeast', '1e999'],
    ['order.total', 'atLeast', ['1']],
    ['order.total', 'equals', 'NaN'],
    ['customer.name', 'equals', undefined],
    ['customer.name', 'equals', ''],
    ['customer.name', 'contains', 5],
    ['customer.name', 'isOneOf', []],
    ['customer.name', 'isOneOf', 'Olha'],
    ['order.general', 'isNotOneOf', undefined],
    ['order.createdAt', 'before', 'soon'],
    ['order.createdAt', 'before', 20_260_531],
    ['order.createdAt', 'before', '5'],
    ['order.createdAt', 'before', '0000-01-01'],
    ['order.createdAt', 'before', '2026-13-01'],
    ['order.createdAt', 'before', '9999-12-31T23:59:59-10:00'],
    ['order.createdAt', 'before', '+020026-05-31T00:00:00Z'],
    ['order.createdAt', 'after', '-000100-05-31T00:00:00Z'],
    ['order.createdAt', 'withinDays', 'a week'],
    ['order.createdAt', 'withinDays', -1],
    ['order.createdAt', 'withinDays', 1e12],
  ])('names the value of %s %s %j', (field, operator, value) => {
    expect(problems(one(field, operator, value))).toEqual(['where/rules/0/value'])
  })

  it('names what is wrong by its path, however deep it is', () => {
    const inner = { combinator: 'or', not: true, rules: [one('order.total', 'contains', 'x').rules[0]] }
    const filter = { combinator: 'and', rules: [one('order.number', 'equals', '1').rules[0], inner] }
    expect(problems(filter)).toEqual(['where/rules/1/rules/0/operator'])
  })

  it('lets everybody pass who has no conditions to meet', () => {
    expect(problems({ combinator: 'and', rules: [] })).toEqual([])
  })

  it('looks at a few segments at most, each counted once', () => {
    const of = (ids: string[]) => ({
      combinator: 'and',
      rules: ids.map((id) => one('customer.segment', 'isIn', id).rules[0]),
    })
    const ids = (n: number) => Array.from({ length: n }, (_, i) => `id-${i}`)
    expect(problems(of([...ids(FILTER_SEGMENTS_MAX), 'id-0']))).toEqual([])
    expect(problems(of(ids(FILTER_SEGMENTS_MAX + 1)))).toEqual(['where'])
  })

  it('counts the conditions of all groups, and groups as well', () => {
    const rule = one('order.number', 'isGiven').rules[0]
    const groups = (n: number) => ({
      combinator: 'and',
      rules: [
        { combinator: 'or', rules: Array(49).fill(rule) },
        { combinator: 'or', rules: Array(n).fill(rule) },
      ],
    })
    expect(CONDITIONS_MAX).toBe(100)
    expect(problems(groups(48))).toEqual([])
    expect(problems(groups(49))).toEqual(['where'])
  })
})

describe('Filter', () => {
  it.each([
    ['a field nobody knows', one('customer.password', 'equals', 'x')],
    ['a field of every object', one('constructor', 'isGiven')],
    ['an operator nobody knows', one('order.number', '= 1; drop table orders --', 'x')],
    ['another combinator', { combinator: 'xor', rules: [] }],
    ['no rules', { combinator: 'and' }],
    ['something beside them', { combinator: 'and', rules: [], sql: 'true' }],
    ['a value of another kind', one('order.number', 'equals', { raw: 'true' })],
  ])('does not read %s', (_, filter) => {
    expect(Filter.safeParse(filter).success).toBe(false)
  })

  it('reads a condition and a group apart', () => {
    expect(Condition.safeParse({ combinator: 'and', rules: [] }).success).toBe(false)
    expect(Filter.safeParse(one('order.number', 'isGiven').rules[0]).success).toBe(false)
  })
})
