import { describe, expect, it } from 'vitest'
import type { SegmentCondition } from '../../../db/model/segment-schema.ts'
import { conditionWords, measuredWords } from '../../../editor/segments/words.ts'

const NAMES = [
  { type: 'general', code: 'ok', name: 'Accepted' },
  { type: 'delivery', code: 'ok', name: 'Delivered' },
] as const
const metric = (part: object, operator: string, value: unknown) =>
  ({
    metric: { measure: 'count', of: 'were_in', type: 'delivery', statuses: ['ok'], ...part },
    operator,
    value,
  }) as SegmentCondition

describe('a condition in words', () => {
  it.each<[SegmentCondition, string]>([
    [metric({}, 'atLeast', 2), 'Number of orders that ever were in Delivered is at least 2'],
    [
      metric({ measure: 'sum', of: 'are_in', type: 'general', statuses: ['ok', 'gone'] }, 'greaterThan', '10'),
      'Total of orders that are in Accepted, gone is more than 10',
    ],
    [
      metric({ measure: 'last', of: 'entered_within', days: 7 }, 'withinDays', 3),
      'Last of the orders that came in the last 7 days into Delivered is within the last days 3',
    ],
    [metric({ statuses: [] }, 'atLeast', undefined), 'Number of orders that ever were in … is at least …'],
    [{ field: 'customer.phone', operator: 'isGiven' }, 'Customer phone is given'],
  ])('%j', (condition, words) => {
    expect(conditionWords(condition, NAMES)).toBe(words)
  })
})

describe('what was measured', () => {
  const shop = { currency: 'UAH', timezone: 'Europe/Kyiv' }
  it.each<[SegmentCondition, string | number | null, string]>([
    [metric({}, 'atLeast', 2), 0, '0 orders'],
    [metric({}, 'atLeast', 2), 1, '1 order'],
    [metric({ measure: 'sum' }, 'atLeast', 2), '1200.50', '₴1,200.50'],
    [metric({ measure: 'first' }, 'before', '2026-01-01'), '2026-03-01T12:00:00.000Z', '1 Mar 2026, 14:00'],
    [metric({ measure: 'last' }, 'before', '2026-01-01'), null, 'never'],
    [{ field: 'customer.name', operator: 'isGiven' }, null, 'not given'],
    [{ field: 'customer.name', operator: 'isGiven' }, 'Ann', 'Ann'],
  ])('%j %s', (condition, measured, words) => {
    expect(measuredWords(condition, measured, shop)).toBe(words)
  })
})
