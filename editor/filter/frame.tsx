import { Group, Select, type SelectProps, Stack } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'
import { OPERATORS, type Operator } from '../../db/model/filter.ts'
import { m } from '../texts/paraglide/messages.js'
import classes from './filter.module.css'
import { useFilterProblem } from './problems.ts'

interface Props {
  number: number
  isNew: boolean
  /** What is compared, of `choices`. */
  value: string
  choices: NonNullable<SelectProps['data']>
  onChoose: (value: string) => void
  /** What takes the condition away. */
  remove: ReactNode
  children: ReactNode
}

/** A condition: first what is compared, then how and with what. */
export function ConditionFrame({ number, isNew, value, choices, onChoose, remove, children }: Props) {
  const first = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (isNew) first.current?.focus()
  }, [isNew])
  return (
    <Stack gap={6} className={classes.condition}>
      <Group gap={6} wrap="nowrap">
        <Select
          ref={first}
          size="xs"
          aria-label={m.step_filter_field({ number })}
          value={value}
          onChange={(chosen) => chosen && onChoose(chosen)}
          data={choices}
          allowDeselect={false}
          searchable
          style={{ flex: 1 }}
        />
        {remove}
      </Group>
      <div className={classes.fields}>{children}</div>
    </Stack>
  )
}

interface OperatorProps {
  number: number
  at: string
  operators: readonly Operator[]
  value: Operator
  onChange: (operator: Operator) => void
}

/** How something is compared. */
export function OperatorSelect({ number, at, operators, value, onChange }: OperatorProps) {
  return (
    <Select
      size="xs"
      aria-label={m.step_filter_operator({ number })}
      value={value}
      onChange={(chosen) => chosen && onChange(chosen as Operator)}
      data={operators.map((name) => ({ value: name, label: OPERATORS[name].title }))}
      allowDeselect={false}
      error={useFilterProblem(`${at}/operator`)}
    />
  )
}
