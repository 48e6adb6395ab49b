import { MultiSelect, NumberInput, Select, Stack, TagsInput, Text, TextInput } from '@mantine/core'
import { type FieldType, OPERATORS } from '../../db/model/filter.ts'
import { m } from '../texts/paraglide/messages.js'
import { type Comparison, withValue } from './edit.ts'
import { useFilterProblem } from './problems.ts'

interface Props<C> {
  type: FieldType
  condition: C
  at: string
  number: number
  /** What can be chosen of a field that has choices; what stands there besides is kept. */
  choices?: readonly Choice[]
  hint?: string | undefined
  onChange: (condition: C, typedAt?: string) => void
}
export interface Choice {
  value: string
  label: string
}

/** What the field is compared with; none for operators that need nothing. */
export function Value<C extends Comparison>({ type, condition, at, number, choices, hint, onChange }: Props<C>) {
  const { operator, value } = condition
  const wants = OPERATORS[operator].value
  const path = `${at}/value`
  const error = useFilterProblem(path)
  const common = { size: 'xs', 'aria-label': m.step_filter_value({ number }), error } as const
  const list = [value ?? []].flat().map(String)
  const write = (text: string) => onChange(withValue(condition, text), path)
  if (wants === 'none') return null
  if (choices) {
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
      <Stack gap={2}>
        <Select
          {...common}
          searchable
          value={list[0] ?? null}
          onChange={(code) => onChange(withValue(condition, code ?? ''))}
          data={data}
        />
        <Hint>{hint}</Hint>
      </Stack>
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
      <Hint>{hint}</Hint>
    </Stack>
  )
}

const Hint = ({ children }: { children: string | undefined }) =>
  children ? (
    <Text size="xs" c="dimmed">
      {children}
    </Text>
  ) : null

export const FIELD_HINTS: Partial<Record<string, () => string>> = {
  'customer.country': m.step_filter_hint_country,
  'order.currency': m.step_filter_hint_currency,
}
