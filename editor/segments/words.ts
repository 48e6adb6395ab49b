import { FIELDS, OPERATORS } from '../../db/model/filter.ts'
import type { Measure, Relation } from '../../db/model/metric.ts'
import { isMetric } from '../../db/model/segment.ts'
import type { Metric, SegmentCondition } from '../../db/model/segment-schema.ts'
import type { Named } from '../campaign/step/trigger-words.ts'
import { formatAmount, formatCount, formatMoment } from '../shell/format.ts'
import { m } from '../texts/paraglide/messages.js'

export const MEASURE_WORDS = {
  count: m.segments_measure_count,
  sum: m.segments_measure_sum,
  first: m.segments_measure_first,
  last: m.segments_measure_last,
} satisfies Record<Measure, () => string>

/** Which orders are meant, while it is chosen. */
export const RELATION_WORDS = {
  are_in: m.segments_relation_are_in,
  were_in: m.segments_relation_were_in,
  entered_within: m.segments_relation_entered_within,
} satisfies Record<Relation, () => string>

/** A condition as a sentence: `Number of orders that ever were in Sent is at least 2`. */
export function conditionWords(condition: SegmentCondition, names: readonly Named[]): string {
  const { operator, value } = condition
  const what = isMetric(condition) ? metricWords(condition.metric, names) : FIELDS[condition.field].title
  const { title, value: wants } = OPERATORS[operator]
  const values = [value ?? []].flat().join(', ')
  return [what, title, wants === 'none' ? '' : values || '…'].filter(Boolean).join(' ')
}

function metricWords({ measure, of, type, statuses, days }: Metric, names: readonly Named[]): string {
  const which =
    of === 'entered_within' && days !== undefined ? m.segments_relation_within({ days }) : RELATION_WORDS[of]()
  const called = statuses.map((code) => names.find((n) => n.type === type && n.code === code)?.name ?? code)
  return [MEASURE_WORDS[measure](), which, called.join(', ') || '…'].join(' ')
}

interface Workspace {
  currency: string
  timezone: string
}

/** What was measured of somebody, as people say it. */
export function measuredWords(
  condition: SegmentCondition,
  measured: string | number | null,
  { currency, timezone }: Workspace,
): string {
  if (!isMetric(condition)) return measured === null ? m.segments_measured_nothing() : String(measured)
  return MEASURED[condition.metric.measure](measured, { currency, timezone })
}

const moment = (measured: string | number | null, { timezone }: Workspace): string =>
  measured === null ? m.segments_measured_never() : formatMoment(measured, timezone)

const MEASURED: Record<Measure, (measured: string | number | null, workspace: Workspace) => string> = {
  count: (measured) => m.segments_measured_orders({ count: Number(measured), figure: formatCount(Number(measured)) }),
  sum: (measured, { currency }) => formatAmount(String(measured ?? 0), currency),
  first: moment,
  last: moment,
}
