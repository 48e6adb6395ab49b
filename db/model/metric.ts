import { DAYS_MAX, type FieldType, type Operator, operatorsOf, problemsInComparison } from './filter.ts'
import { METRIC_STATUSES_MAX } from './limits.ts'
import type { Problem } from './refusal.ts'
import type { Metric, MetricCondition } from './segment-schema.ts'

/**
 * What is measured of the orders that a metric is of. `count` counts each order once however often it came into the
 * status; `sum` adds their totals as they are now, those in the workspace's currency only, for others cannot be added;
 * `first` and `last` are the earliest and latest moment that one of them came into the status. Source: S1-23.
 */
export const MEASURES = {
  count: { type: 'number' },
  sum: { type: 'number' },
  first: { type: 'time' },
  last: { type: 'time' },
} as const satisfies Record<string, { type: FieldType }>
export type Measure = keyof typeof MEASURES

/**
 * Which orders of the customer a metric is of: those that stand in one of the statuses now, that ever came into one, or
 * that came into one in the last days, counted back from the moment of asking. Archived orders count. Source: S1-23.
 */
export const RELATIONS = {
  are_in: { wantsDays: false },
  were_in: { wantsDays: false },
  entered_within: { wantsDays: true },
} as const satisfies Record<string, { wantsDays: boolean }>
export type Relation = keyof typeof RELATIONS

/** The operators that compare a measure: a number always is given. */
export const operatorsOfMeasure = (measure: Measure): Operator[] =>
  operatorsOf(MEASURES[measure].type).filter((operator) => operator !== 'isGiven' && operator !== 'isNotGiven')

/** Two metrics of one key are of the same orders. */
export const ordersKey = ({ of, type, statuses, days }: Metric): string =>
  JSON.stringify([of, type, [...statuses].sort(), RELATIONS[of].wantsDays ? days : null])

/** What is wrong with a comparison of a metric, whatever statuses there are; as paths below `at`. */
export function problemsInMetric({ metric, ...comparison }: MetricCondition, at: string): Problem[] {
  const { measure, of, statuses, days } = metric
  const found: Problem[] = []
  if (statuses.length === 0) found.push({ field: `${at}/metric/statuses`, detail: 'choose at least one status' })
  if (statuses.length > METRIC_STATUSES_MAX)
    found.push({ field: `${at}/metric/statuses`, detail: `at most ${METRIC_STATUSES_MAX} statuses` })
  if (RELATIONS[of].wantsDays && !(days !== undefined && days > 0 && days <= DAYS_MAX))
    found.push({ field: `${at}/metric/days`, detail: `enter a number of days, at most ${DAYS_MAX}` })
  const compared = { name: measure, type: MEASURES[measure].type, operators: operatorsOfMeasure(measure) }
  return [...found, ...problemsInComparison(compared, comparison, at)]
}
