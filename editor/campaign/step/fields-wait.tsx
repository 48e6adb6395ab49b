import { Group, NumberInput, Select, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { StepOf } from '../../../db/model/campaign-schema.ts'
import { parsePeriod, formatPeriod as toIso, type Unit } from '../../../db/model/period.ts'
import { m } from '../../texts/paraglide/messages.js'
import { set, write } from '../draft/actions.ts'
import { useEditorStore } from '../draft/use-editor.ts'
import { useFieldProblem } from '../panel/field-problem.ts'

const UNIT_WORDS = {
  second: m.step_unit_second,
  minute: m.step_unit_minute,
  hour: m.step_unit_hour,
  day: m.step_unit_day,
  week: m.step_unit_week,
} satisfies Partial<Record<Unit, () => string>>
type WaitUnit = keyof typeof UNIT_WORDS
const UNITS = Object.keys(UNIT_WORDS) as WaitUnit[]

/** How long customers wait here. */
export function WaitFields({ step }: { step: StepOf<'wait'> }) {
  const editor = useEditorStore()
  const problem = useFieldProblem(step.id, 'for')
  const period = parsePeriod(step.for)
  // while there is no amount, the unit is nowhere but here
  const [unit, setUnit] = useState<Unit>(period?.unit ?? 'hour')
  const shown = period?.unit ?? unit
  // what is typed stays as it is, or 1.5 would become 15 without a word
  const [odd, setOdd] = useState<number | string>('')
  const enter = (value: number | string) => {
    const iso = toIso({ amount: Number(value), unit: shown })
    const isWhole = parsePeriod(iso) !== null
    setOdd(isWhole ? '' : value)
    write(editor, step.id, 'for', { for: isWhole ? iso : '' })
  }
  const choose = (chosen: WaitUnit | null) => {
    if (!chosen) return
    setUnit(chosen)
    if (period) set(editor, step.id, { for: toIso({ amount: period.amount, unit: chosen }) })
  }
  return (
    <Stack gap="xs">
      <Group gap="xs" align="flex-start" wrap="nowrap">
        <NumberInput
          label={m.step_wait_amount()}
          value={period?.amount ?? odd}
          onChange={enter}
          clampBehavior="none"
          error={problem !== null}
          style={{ flex: 1 }}
        />
        <Select
          label={m.step_wait_unit()}
          value={UNITS.find((one) => one === shown) ?? null}
          onChange={(chosen) => choose(chosen as WaitUnit | null)}
          data={UNITS.map((one) => ({ value: one, label: UNIT_WORDS[one]() }))}
          allowDeselect={false}
          style={{ flex: 1 }}
        />
      </Group>
      {problem && (
        <Text size="xs" c="var(--mantine-color-error)">
          {odd === '' ? problem : m.step_wait_whole()}
        </Text>
      )}
      <Text size="sm" c="dimmed">
        {m.step_wait_about_long()}
      </Text>
    </Stack>
  )
}
