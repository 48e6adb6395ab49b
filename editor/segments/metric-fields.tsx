import { MultiSelect, NumberInput, Select, Stack, Text } from '@mantine/core'
import { TriangleAlert } from 'lucide-react'
import { names } from '../../db/model/lists.ts'
import { RELATIONS, type Relation } from '../../db/model/metric.ts'
import type { MetricCondition } from '../../db/model/segment-schema.ts'
import { AXES, type Axis } from '../../db/model/status.ts'
import { useStatuses } from '../campaign/step/use-statuses.ts'
import { useFilterProblem } from '../filter/problems.ts'
import { TYPE_WORDS } from '../orders/type-words.ts'
import { m } from '../texts/paraglide/messages.js'
import { withDays, withMetric, withType } from './edit.ts'
import classes from './segments.module.css'
import { RELATION_WORDS } from './words.ts'

interface Props {
  condition: MetricCondition
  at: string
  number: number
  onChange: (condition: MetricCondition, typedAt?: string) => void
}

/** Which orders are meant: how they stand to which statuses. Only those included in analytics can be chosen. Source: S1-14. */
export function MetricFields({ condition, at, number, onChange }: Props) {
  const { of, type, days } = condition.metric
  const path = `${at}/metric/days`
  const problem = useFilterProblem(path)
  return (
    <>
      <Select
        size="xs"
        aria-label={m.segments_relation({ number })}
        {...(!RELATIONS[of].wantsDays && { className: classes.whole! })}
        value={of}
        onChange={(chosen) => chosen && onChange(withMetric(condition, { of: chosen as Relation }))}
        data={names(RELATIONS).map((relation) => ({ value: relation, label: RELATION_WORDS[relation]() }))}
        allowDeselect={false}
      />
      {RELATIONS[of].wantsDays && (
        <NumberInput
          size="xs"
          aria-label={m.segments_days({ number })}
          value={days ?? ''}
          onChange={(typed) => onChange(withDays(condition, typed), path)}
          suffix={` ${m.segments_days_suffix()}`}
          error={problem}
        />
      )}
      <Select
        size="xs"
        aria-label={m.segments_type({ number })}
        value={type}
        onChange={(chosen) => chosen && onChange(withType(condition, chosen as Axis))}
        data={AXES.map((axis) => ({ value: axis, label: TYPE_WORDS[axis]() }))}
        allowDeselect={false}
      />
      <Statuses condition={condition} at={at} number={number} onChange={onChange} />
    </>
  )
}

function Statuses({ condition, at, number, onChange }: Props) {
  const { type, statuses: chosen } = condition.metric
  const error = useFilterProblem(`${at}/metric/statuses`)
  const known = useStatuses().filter((status) => status.type === type)
  const counted = known.filter((status) => status.includeInAnalytics)
  const others = chosen.filter((code) => !counted.some((status) => status.code === code))
  const nameOf = (code: string) => known.find((status) => status.code === code)?.name
  const data = [
    ...counted.map(({ code, name }) => ({ value: code, label: name })),
    ...others.map((code) => ({ value: code, label: nameOf(code) ?? code })),
  ]
  const warnings = known.length === 0 ? [] : others.map((code) => warningOf(code, nameOf(code)))
  return (
    <Stack gap={4}>
      <MultiSelect
        size="xs"
        aria-label={m.segments_statuses({ number })}
        placeholder={chosen.length === 0 ? m.segments_statuses_choose() : ''}
        searchable
        value={chosen}
        onChange={(codes) => onChange(withMetric(condition, { statuses: codes }))}
        data={data}
        nothingFoundMessage={m.segments_statuses_none()}
        error={error}
      />
      {warnings.map((warning) => (
        <Text key={warning} size="xs" className={classes.warning}>
          <TriangleAlert size={14} aria-hidden />
          <span>{warning}</span>
        </Text>
      ))}
    </Stack>
  )
}

/** What is amiss with a status that cannot be chosen any more. Source: S1-15. */
const warningOf = (code: string, name: string | undefined): string =>
  name === undefined ? m.segments_unknown_status({ code }) : m.segments_unflagged({ name })
