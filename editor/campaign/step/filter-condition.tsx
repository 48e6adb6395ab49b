import { Group, MultiSelect, NumberInput, Select, Stack, TagsInput, Text, TextInput } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'
import { FIELDS, type Field, OPERATORS, type Operator } from '../../../db/model/filter.ts'
import type { Condition } from '../../../db/model/filter-schema.ts'
import { names } from '../../../db/model/lists.ts'
import { GROUP_ROWS, GROUPS } from '../../../db/model/status.ts'
import { m } from '../../texts/paraglide/messages.js'
import { useFieldProblem } from '../panel/field-problem.ts'
import classes from './filter.module.css'
import { operatorsFor, withField, withOperator, withValue } from './filter-edit.ts'
import { useStatuses } from './use-statuses.ts'

interface Props {
  stepId: string
  condition: Condition
  at: string
  /** Its place among its neighbours, from 1; names its fields for screen readers. */
  number: number
  /** Whether it was just added: the keyboard goes there. */
  isNew: boolean
  onChange: (condition: Condition, typedAt?: string) => void
  children: ReactNode
}

/** One comparison: a field, how it is compared, and with what. */
export function FilterCondition({ stepId, condition, at, number, isNew, onChange, children }: Props) {
  const { field, operator } = condition
  const problem = useFieldProblem(stepId, `${at}/operator`)
  const first = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (isNew) first.current?.focus()
  }, [isNew])
  return (
    <Stack gap={6} className={classes.condition}>
      <Group gap={6} wrap="nowrap">
        <Select
          ref={first}
          // typing is to find another field, not to go on with the name of this one
          onFocus={(event) => event.currentTarget.select()}
          size="xs"
          aria-label={m.step_filter_field({ number })}
          value={field}
          onChange={(value) => value && onChange(withField(condition, value as Field))}
          data={names(FIELDS).map((name) => ({ value: name, label: FIELDS[name].title }))}
          allowDeselect={false}
          searchable
          style={{ flex: 1 }}
        />
        {children}
      </Group>
      <Select
        size="xs"
        aria-label={m.step_filter_operator({ number })}
        value={operator}
        onChange={(value) => value && onChange(withOperator(condition, value as Operator))}
        data={operatorsFor(field).map((name) => ({ value: name, label: OPERATORS[name].title }))}
        allowDeselect={false}
        error={problem}
      />
      <Value stepId={stepId} condition={condition} at={at} number={number} onChange={onChange} />
    </Stack>
  )
}

/** What the field is compared with; none for operators that need nothing. */
function Value({ stepId, condition, at, number, onChange }: Omit<Props, 'children' | 'isNew'>) {
  const { field, operator, value } = condition
  const { type } = FIELDS[field]
  const wants = OPERATORS[operator].value
  const path = `${at}/value`
  const error = useFieldProblem(stepId, path)
  const choices = useChoices(field)
  const common = { size: 'xs', 'aria-label': m.step_filter_value({ number }), error } as const
  const list = [value ?? []].flat().map(String)
  const write = (text: string) => onChange(withValue(condition, text), path)
  if (wants === 'none') return null
  if (type === 'status') {
    const kept = list.filter((code) => choices.every((choice) => choice.value !== code))
    const data = [...choices, ...kept.map((code) => ({ value: code, label: code }))]
    const isMany = wants === 'many'
    return isMany ? (
      <MultiSelect
        {...common}
        searchable
        value={list}
        onChange={(codes) => onChange(withValue(condition, codes))}
        data={data}
      />
    ) : (
      <Select
        {...common}
        searchable
        value={list[0] ?? null}
        onChange={(code) => onChange(withValue(condition, code ?? ''))}
        data={data}
      />
    )
  }
  if (wants === 'many')
    return (
      <TagsInput
        {...common}
        value={list}
        onChange={(texts) => onChange(withValue(condition, texts))}
        placeholder={m.step_filter_many()}
      />
    )
  if (type === 'number' || operator === 'withinDays')
    return <NumberInput {...common} value={list[0] ?? ''} onChange={(amount) => write(String(amount))} />
  if (type === 'time')
    return (
      <TextInput {...common} type="date" value={list[0] ?? ''} onChange={(event) => write(event.currentTarget.value)} />
    )
  return (
    <Stack gap={2}>
      <TextInput {...common} value={list[0] ?? ''} onChange={(event) => write(event.currentTarget.value)} />
      {HINTS[field] && (
        <Text size="xs" c="dimmed">
          {HINTS[field]()}
        </Text>
      )}
    </Stack>
  )
}

const HINTS: Partial<Record<Field, () => string>> = {
  'customer.country': m.step_filter_hint_country,
  'order.currency': m.step_filter_hint_currency,
}

/** The statuses, or groups, that a field can have. */
function useChoices(field: Field): { value: string; label: string }[] {
  const statuses = useStatuses()
  if (field === 'order.group') return GROUPS.map((group) => ({ value: group, label: GROUP_ROWS[group].name }))
  const axis = field.slice('order.'.length)
  return statuses.filter(({ type }) => type === axis).map(({ code, name }) => ({ value: code, label: name }))
}
