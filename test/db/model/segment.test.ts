import { describe, expect, it } from 'vitest'
import { conditionsOf } from '../../../db/model/filter.ts'
import { CONDITIONS_MAX, METRIC_STATUSES_MAX, SEGMENT_METRICS_MAX } from '../../../db/model/limits.ts'
import { ordersKey } from '../../../db/model/metric.ts'
import { problemsInSegment, problemsInStatuses } from '../../../db/model/segment.ts'
import { type Metric, SegmentRule } from '../../../db/model/segment-schema.ts'
import { holds } from '../meaning.ts'

const METRIC: Metric = { measure: 'count', of: 'were_in', type: 'general', statuses: ['sent'] }
const metric = (part: object = {}, operator = 'atLeast', value: unknown = 1) => ({
  metric: { ...METRIC, ...part },
  operator,
  value,
})
const all = (...rules: object[]) => SegmentRule.parse({ combinator: 'and', rules })
const fieldsOf = (rule: SegmentRule) => problemsInSegment(rule, 'rule').map((p) => p.field)

describe('problemsInSegment', () => {
  it('S1-23 finds nothing wrong with a metric of each kind', () => {
    expect(fieldsOf(all(metric()))).toEqual([])
    expect(fieldsOf(all(metric({ measure: 'sum', of: 'are_in' }, 'greaterThan', '10.5')))).toEqual([])
    expect(fieldsOf(all(metric({ measure: 'first' }, 'before', '2026-05-31')))).toEqual([])
    expect(fieldsOf(all(metric({ measure: 'last', of: 'entered_within', days: 0.5 }, 'withinDays', 3)))).toEqual([])
    expect(fieldsOf(all({ field: 'customer.country', operator: 'equals', value: 'UA' }))).toEqual([])
    expect(fieldsOf(all())).toEqual([])
  })

  it.each<[string, object, string]>([
    ['no status', metric({ statuses: [] }), 'metric/statuses'],
    ['no days', metric({ of: 'entered_within' }), 'metric/days'],
    ['no days at all', metric({ of: 'entered_within', days: 0 }), 'metric/days'],
    ['too many days', metric({ of: 'entered_within', days: 1e9 }), 'metric/days'],
    ['no value', metric({}, 'atLeast', ''), 'value'],
    ['a count that is no number', metric({}, 'atLeast', 'many'), 'value'],
    ['a time that is no time', metric({ measure: 'last' }, 'before', 'soon'), 'value'],
    ['a count compared as a time', metric({}, 'before', '2026-05-31'), 'operator'],
    ['a count that is given', metric({}, 'isGiven', undefined), 'operator'],
    ['a time compared as a number', metric({ measure: 'first' }, 'atLeast', 1), 'operator'],
    ['a name compared as a number', { field: 'customer.name', operator: 'atLeast', value: 1 }, 'operator'],
  ])('names %s by its path, however deep', (_, condition, field) => {
    expect(fieldsOf(all(metric(), all(condition)))).toEqual([`rule/rules/1/rules/0/${field}`])
  })

  it('has an end to conditions, and an earlier one to those that read the past', () => {
    const many = (n: number) => all(...Array<object>(n).fill(metric()))
    expect(fieldsOf(many(SEGMENT_METRICS_MAX))).toEqual([])
    expect(fieldsOf(many(SEGMENT_METRICS_MAX + 1))).toEqual(['rule'])
    const names = (n: number) => all(...Array<object>(n).fill({ field: 'customer.name', operator: 'isGiven' }))
    expect(fieldsOf(names(CONDITIONS_MAX - 1))).toEqual([])
    expect(fieldsOf(names(CONDITIONS_MAX))).toEqual(['rule'])
  })
})

describe('problemsInStatuses', () => {
  const statuses = [
    { type: 'general', code: 'sent', name: 'Sent', includeInAnalytics: true },
    { type: 'general', code: 'spam', name: 'Spam', includeInAnalytics: false },
    { type: 'delivery', code: 'gone', name: 'Gone', includeInAnalytics: true },
  ] as const

  it('S1-14 S1-15 names statuses that are not included in analytics, and those that are not there', () => {
    const rule = all(metric({ statuses: ['sent', 'spam'] }), all(metric({ statuses: ['gone'] })))
    expect(problemsInStatuses(rule, statuses, 'rule')).toEqual([
      { field: 'rule/rules/0/metric/statuses', detail: 'Spam is not included in analytics' },
      { field: 'rule/rules/1/rules/0/metric/statuses', detail: 'no general status has the code gone' },
    ])
  })
})

describe('SegmentRule', () => {
  it.each<[string, object]>([
    ['a field of an order', { field: 'order.total', operator: 'atLeast', value: 1 }],
    ['another segment', { field: 'customer.segment', operator: 'isIn', value: 'x' }],
    ['a measure nobody knows', metric({ measure: 'average' })],
    ['orders nobody knows', metric({ of: 'will_be_in' })],
    ['a type nobody knows', metric({ type: 'stock' })],
    ['something beside a metric', { ...metric(), sql: 'true' }],
    ['too many statuses', metric({ statuses: Array(METRIC_STATUSES_MAX + 1).fill('x') })],
  ])('does not read %s', (_, condition) => {
    expect(SegmentRule.safeParse({ combinator: 'and', rules: [condition] }).success).toBe(false)
  })
})

describe('holds', () => {
  const rule = all(metric(), { combinator: 'or', not: true, rules: [metric(), metric()] })
  const known = conditionsOf(rule)
  it.each([
    [['rules/0'], true],
    [['rules/0', 'rules/1/rules/1'], false],
    [[], false],
  ])('joins what is true of %j', (paths, expected) => {
    const isTrue = (condition: object) => known.some((k) => k.condition === condition && paths.includes(k.path))
    expect(holds(rule, isTrue)).toBe(expected)
  })
})

describe('ordersKey', () => {
  it('is one for what is measured of the same orders, and another for others', () => {
    const key = ordersKey({ ...METRIC, statuses: ['a', 'b'] })
    expect(ordersKey({ ...METRIC, measure: 'sum', statuses: ['b', 'a'], days: 3 })).toBe(key)
    for (const other of [{ of: 'are_in' }, { type: 'payment' }, { statuses: ['a'] }] as const)
      expect(ordersKey({ ...METRIC, statuses: ['a', 'b'], ...other } as Metric)).not.toBe(key)
  })
})
