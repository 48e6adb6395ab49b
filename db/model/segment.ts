import { conditionsOf, type Field, problemsInCondition, problemsInSize } from './filter.ts'
import { SEGMENT_METRICS_MAX } from './limits.ts'
import { problemsInMetric } from './metric.ts'
import type { Problem } from './refusal.ts'
import type { MetricCondition, SegmentCondition, SegmentRule } from './segment-schema.ts'
import type { Axis } from './status.ts'

/** What a segment can ask of a customer, besides what their orders say. Source: S1-23. */
export const SEGMENT_FIELDS = [
  'customer.name',
  'customer.phone',
  'customer.email',
  'customer.country',
] as const satisfies Field[]

/** A status as segments may name it. */
export interface CountedStatus {
  type: Axis
  code: string
  name: string
  includeInAnalytics: boolean
}

export const isMetric = (condition: SegmentCondition): condition is MetricCondition => 'metric' in condition

/** Everything that is wrong with a rule by itself, as paths below `at`. */
export function problemsInSegment(rule: SegmentRule, at: string): Problem[] {
  const tooLarge = problemsInSize(rule, at)
  if (tooLarge.length > 0) return tooLarge
  const conditions = conditionsOf(rule, at)
  if (conditions.filter(({ condition }) => isMetric(condition)).length > SEGMENT_METRICS_MAX)
    return [{ field: at, detail: `at most ${SEGMENT_METRICS_MAX} conditions on orders` }]
  return conditions.flatMap(({ condition, path }) =>
    isMetric(condition) ? problemsInMetric(condition, path) : problemsInCondition(condition, path),
  )
}

/**
 * The statuses that a rule names though it may not: those that are gone, and those that do not count in analytics.
 * A rule that names such a one cannot be saved; where it was saved before, it goes on as it was. Source: S1-14, S1-15.
 */
export function problemsInStatuses(rule: SegmentRule, statuses: readonly CountedStatus[], at: string): Problem[] {
  return conditionsOf(rule, at).flatMap(({ condition, path }) => {
    if (!isMetric(condition)) return []
    const { type, statuses: codes } = condition.metric
    return codes.flatMap((code) => {
      const status = statuses.find((s) => s.type === type && s.code === code)
      if (status?.includeInAnalytics) return []
      const detail = status ? `${status.name} is not included in analytics` : `no ${type} status has the code ${code}`
      return [{ field: `${path}/metric/statuses`, detail }]
    })
  })
}
