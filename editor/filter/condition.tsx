import { FIELDS, type Field } from '../../db/model/filter.ts'
import type { Condition } from '../../db/model/filter-schema.ts'
import { names } from '../../db/model/lists.ts'
import { GROUP_ROWS, GROUPS } from '../../db/model/status.ts'
import { useSegmentNames, useStatuses } from '../campaign/step/use-statuses.ts'
import { m } from '../texts/paraglide/messages.js'
import { operatorsFor, withField, withOperator } from './edit.ts'
import { ConditionFrame, OperatorSelect } from './frame.tsx'
import type { ConditionProps } from './group.tsx'
import { type Choice, FIELD_HINTS, Value } from './value.tsx'

const CHOICES = names(FIELDS).map((name) => ({ value: name, label: FIELDS[name].title }))

/** One comparison: a field of an order or its customer, how it is compared, and with what. */
export function FilterCondition({ condition, at, number, isNew, onChange, children }: ConditionProps<Condition>) {
  const { field, operator } = condition
  const { type } = FIELDS[field]
  const choices = useChoices(field)
  return (
    <ConditionFrame
      number={number}
      isNew={isNew}
      value={field}
      choices={CHOICES}
      onChoose={(chosen) => onChange(withField(condition, chosen as Field))}
      remove={children}
    >
      <OperatorSelect
        number={number}
        at={at}
        operators={operatorsFor(field)}
        value={operator}
        onChange={(chosen) => onChange(withOperator(condition, chosen))}
      />
      <Value
        type={type}
        condition={condition}
        at={at}
        number={number}
        {...(choices && { choices })}
        hint={type === 'segment' && choices?.length === 0 ? m.step_filter_segments_none() : FIELD_HINTS[field]?.()}
        onChange={onChange}
      />
    </ConditionFrame>
  )
}

/** The statuses, groups or segments that a field can have; undefined where anything can be typed. */
function useChoices(field: Field): Choice[] | undefined {
  const statuses = useStatuses()
  const segments = useSegmentNames()
  const { type } = FIELDS[field]
  if (type === 'segment') return segments.map(({ code, name }) => ({ value: code, label: name }))
  if (type !== 'status') return undefined
  if (field === 'order.group') return GROUPS.map((group) => ({ value: group, label: GROUP_ROWS[group].name }))
  const axis = field.slice('order.'.length)
  return statuses.filter((s) => s.type === axis).map(({ code, name }) => ({ value: code, label: name }))
}
