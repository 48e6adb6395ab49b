import { z } from 'zod'
import { COMPARISON, type Condition, type Group } from './filter-schema.ts'
import { CONDITIONS_MAX, METRIC_STATUSES_MAX } from './limits.ts'
import { names } from './lists.ts'
import { MEASURES, RELATIONS } from './metric.ts'
import { SEGMENT_FIELDS } from './segment.ts'
import { AXES } from './status.ts'

/** Something measured of a customer's orders by their statuses. Source: S1-23. */
export const Metric = z.strictObject({
  measure: z.enum(names(MEASURES)),
  of: z.enum(names(RELATIONS)),
  type: z.enum(AXES),
  /** Codes of statuses of this type; an order in any of them counts. */
  statuses: z.array(z.string().min(1).max(80)).max(METRIC_STATUSES_MAX),
  /** How far back, for `entered_within`; a day is 24 hours. */
  days: z.number().optional(),
})
export type Metric = z.infer<typeof Metric>

export const MetricCondition = z.strictObject({ metric: Metric, ...COMPARISON })
export type MetricCondition = z.infer<typeof MetricCondition>

const FieldCondition = z.strictObject({ field: z.enum(SEGMENT_FIELDS), ...COMPARISON })

export type SegmentCondition = Condition | MetricCondition
/** Who belongs to a segment; no rules: everybody. What is missing is told by `problemsInSegment`. */
export type SegmentRule = Group<SegmentCondition>
export const SegmentRule: z.ZodType<SegmentRule> = z
  .strictObject({
    combinator: z.enum(['and', 'or']),
    not: z.boolean().optional(),
    get rules() {
      return z.array(z.union([FieldCondition, MetricCondition, SegmentRule])).max(CONDITIONS_MAX)
    },
  })
  .meta({ id: 'SegmentRule', description: 'Conditions on a customer and the statuses of their orders, nested at will' })
