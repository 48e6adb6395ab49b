import { FIELDS } from '../../db/model/filter.ts'
import { names } from '../../db/model/lists.ts'
import { MEASURES } from '../../db/model/metric.ts'
import { isMetric, SEGMENT_FIELDS } from '../../db/model/segment.ts'
import type { MetricCondition, SegmentCondition } from '../../db/model/segment-schema.ts'
import { withOperator } from '../filter/edit.ts'
import { ConditionFrame, OperatorSelect } from '../filter/frame.tsx'
import type { ConditionProps } from '../filter/group.tsx'
import { FIELD_HINTS, Value } from '../filter/value.tsx'
import { useWorkspace } from '../shell/session.ts'
import { m } from '../texts/paraglide/messages.js'
import { type Compared, comparedOf, operatorsOfCondition, withCompared } from './edit.ts'
import { MetricFields } from './metric-fields.tsx'
import { MEASURE_WORDS } from './words.ts'

const CHOICES = [
  {
    group: m.segments_group_orders(),
    items: names(MEASURES).map((measure) => ({ value: measure as string, label: MEASURE_WORDS[measure]() })),
  },
  {
    group: m.segments_group_customer(),
    items: SEGMENT_FIELDS.map((field) => ({ value: field as string, label: FIELDS[field].title })),
  },
]

/** One comparison of a customer: something measured of their orders by status, or a field of theirs. Source: S1-23. */
export function SegmentConditionForm(props: ConditionProps<SegmentCondition>) {
  const { condition, at, number, isNew, onChange, children } = props
  const hint = useHint(condition)
  return (
    <ConditionFrame
      number={number}
      isNew={isNew}
      value={comparedOf(condition)}
      choices={CHOICES}
      onChoose={(chosen) => onChange(withCompared(condition, chosen as Compared))}
      remove={children}
    >
      {isMetric(condition) && (
        <MetricFields
          condition={condition}
          at={at}
          number={number}
          onChange={(changed: MetricCondition, typedAt) => onChange(changed, typedAt)}
        />
      )}
      <OperatorSelect
        number={number}
        at={at}
        operators={operatorsOfCondition(condition)}
        value={condition.operator}
        onChange={(operator) => onChange(withOperator(condition, operator))}
      />
      <Value
        type={isMetric(condition) ? MEASURES[condition.metric.measure].type : FIELDS[condition.field].type}
        condition={condition}
        at={at}
        number={number}
        hint={hint}
        onChange={onChange}
      />
    </ConditionFrame>
  )
}

/** What the comparison means, where its words leave that open. */
function useHint(condition: SegmentCondition): string | undefined {
  const { currency } = useWorkspace()
  if (!isMetric(condition)) return FIELD_HINTS[condition.field]?.()
  const hints = {
    count: undefined,
    sum: m.segments_sum_hint({ currency }),
    first: m.segments_first_hint(),
    last: m.segments_last_hint(),
  }
  return hints[condition.metric.measure]
}
