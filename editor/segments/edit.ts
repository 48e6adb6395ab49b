import { FIELDS, type Field, type Operator, operatorsOf } from '../../db/model/filter.ts'
import { MEASURES, type Measure, operatorsOfMeasure } from '../../db/model/metric.ts'
import { isMetric } from '../../db/model/segment.ts'
import type { Metric, MetricCondition, SegmentCondition, SegmentRule } from '../../db/model/segment-schema.ts'
import type { Axis } from '../../db/model/status.ts'

const METRIC: Metric = { measure: 'count', of: 'were_in', type: 'general', statuses: [] }

export const newRule = (): SegmentRule => ({ combinator: 'and', rules: [] })

/** A condition to begin with. */
export const newSegmentCondition = (): SegmentCondition => ({ metric: METRIC, operator: 'atLeast', value: 1 })

/** What a condition compares: a field of the customer, or something measured of their orders. */
export type Compared = Field | Measure

export const comparedOf = (condition: SegmentCondition): Compared =>
  isMetric(condition) ? condition.metric.measure : condition.field

const isMeasure = (compared: string): compared is Measure => Object.hasOwn(MEASURES, compared)

export const operatorsOfCondition = (condition: SegmentCondition): Operator[] =>
  isMetric(condition) ? operatorsOfMeasure(condition.metric.measure) : operatorsOf(FIELDS[condition.field].type)

/** The condition on something else: what can mean the same stays, the orders that are meant too. */
export function withCompared(condition: SegmentCondition, compared: Compared): SegmentCondition {
  if (compared === comparedOf(condition)) return condition
  if (!isMeasure(compared)) return isMetric(condition) ? ofField(compared) : { ...condition, field: compared }
  const metric = { ...(isMetric(condition) ? condition.metric : METRIC), measure: compared }
  const { type } = MEASURES[compared]
  const isSameType = isMetric(condition) && MEASURES[condition.metric.measure].type === type
  if (isSameType) return { ...condition, metric }
  return type === 'time' ? { metric, operator: 'withinDays', value: 30 } : { metric, operator: 'atLeast', value: 1 }
}

const ofField = (field: Field): SegmentCondition => ({ field, operator: operatorsOf(FIELDS[field].type)[0]! })

/** The condition on statuses of another type: they are chosen anew. */
export const withType = (condition: MetricCondition, type: Axis): MetricCondition =>
  type === condition.metric.type ? condition : withMetric(condition, { type, statuses: [] })

/** How far back orders are looked at, while nobody said otherwise. */
const DAYS = 30

/** The condition on other orders; days are kept where they do not matter, and begin somewhere where they do. */
export const withMetric = (condition: MetricCondition, part: Partial<Metric>): MetricCondition => ({
  ...condition,
  metric: {
    ...condition.metric,
    ...(part.of === 'entered_within' && { days: condition.metric.days ?? DAYS }),
    ...part,
  },
})

/** The condition that looks so many days back; nothing typed takes them away. */
export function withDays(condition: MetricCondition, typed: number | string): MetricCondition {
  const { days: _, ...metric } = condition.metric
  const days = Number(typed)
  return { ...condition, metric: typed === '' || !Number.isFinite(days) ? metric : { ...metric, days } }
}
