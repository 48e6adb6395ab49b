import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OPERATORS } from '../../../db/model/filter.ts'
import { MEASURES, type Measure } from '../../../db/model/metric.ts'
import { isMetric, SEGMENT_FIELDS } from '../../../db/model/segment.ts'
import type { MetricCondition } from '../../../db/model/segment-schema.ts'
import { withOperator } from '../../../editor/filter/edit.ts'
import {
  comparedOf,
  newSegmentCondition,
  operatorsOfCondition,
  withCompared,
  withDays,
  withMetric,
  withType,
} from '../../../editor/segments/edit.ts'

const COMPARED = [...(Object.keys(MEASURES) as Measure[]), ...SEGMENT_FIELDS]
const begun = newSegmentCondition() as MetricCondition

describe('a condition of a segment', () => {
  it('never compares anything by an operator that does not fit, whatever is chosen after what', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...COMPARED), fc.nat(20)), { maxLength: 12 }), (choices) => {
        let condition = newSegmentCondition()
        for (const chosen of choices) {
          const operators = operatorsOfCondition(condition)
          condition =
            typeof chosen === 'string'
              ? withCompared(condition, chosen)
              : withOperator(condition, operators[chosen % operators.length]!)
          if (typeof chosen === 'string') expect(comparedOf(condition)).toBe(chosen)
          expect(operatorsOfCondition(condition)).toContain(condition.operator)
          const wants = OPERATORS[condition.operator].value
          if (condition.value !== undefined) expect(Array.isArray(condition.value)).toBe(wants === 'many')
        }
      }),
    )
  })

  it('keeps the orders that are meant when something else of them is measured', () => {
    const sent = withMetric(begun, { of: 'are_in', statuses: ['sent'] })
    const last = withCompared(sent, 'last')
    expect(isMetric(last) && last.metric).toEqual({ ...sent.metric, measure: 'last' })
    const sum = withCompared({ ...sent, value: 7 }, 'sum')
    expect(sum).toEqual({ ...sent, metric: { ...sent.metric, measure: 'sum' }, value: 7 })
  })

  it('has its statuses chosen anew when their type is another', () => {
    const sent = withMetric(begun, { statuses: ['sent'] })
    expect(withType(sent, 'general')).toBe(sent)
    expect(withType(sent, 'delivery').metric).toMatchObject({ type: 'delivery', statuses: [] })
  })

  it('begins with some days where days matter, and keeps those that were typed', () => {
    const within = withMetric(begun, { of: 'entered_within' })
    expect(within.metric.days).toBe(30)
    expect(withMetric(withDays(within, 7), { of: 'entered_within' }).metric.days).toBe(7)
    expect(withDays(within, '').metric).not.toHaveProperty('days')
    expect(withDays(within, '-').metric).not.toHaveProperty('days')
  })
})
