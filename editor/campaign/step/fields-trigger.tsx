import { MultiSelect, Select, Stack, Switch } from '@mantine/core'
import type { Side, StepOf } from '../../../db/model/campaign-schema.ts'
import { AXES, type Axis, GROUP_ROWS, GROUPS } from '../../../db/model/status.ts'
import { m } from '../../texts/paraglide/messages.js'
import { set } from '../draft/actions.ts'
import { useEditorStore } from '../draft/use-editor.ts'
import { useFieldProblem } from '../panel/field-problem.ts'
import { useStatuses } from './use-statuses.ts'
import { AXIS_WORDS } from './words.ts'

type Trigger = StepOf<'order_status_changed'>

/** What starts the campaign: which change of which status, and what else counts. */
export function TriggerFields({ step }: { step: Trigger }) {
  const editor = useEditorStore()
  const patch = (
    settings: Partial<Pick<Trigger, 'type' | 'from' | 'to' | 'includingCreation' | 'leaveWhenStatusChanges'>>,
  ) => set<'order_status_changed'>(editor, step.id, settings)
  const problem = useFieldProblem(step.id, 'type')
  return (
    <Stack gap="sm">
      <Select
        label={m.step_trigger_type()}
        value={step.type}
        // codes of one type mean nothing in another
        onChange={(type) => patch({ type: type as Axis, from: 'any', to: { statuses: [] } })}
        data={AXES.map((type) => ({ value: type, label: AXIS_WORDS[type]() }))}
        allowDeselect={false}
        error={problem}
      />
      <SideField step={step} field="from" label={m.step_trigger_from()} onChange={(from) => patch({ from })} />
      <SideField step={step} field="to" label={m.step_trigger_to()} onChange={(to) => patch({ to })} />
      <Switch
        label={m.step_trigger_creation()}
        description={m.step_trigger_creation_about()}
        checked={step.includingCreation}
        onChange={(event) => patch({ includingCreation: event.currentTarget.checked })}
      />
      <Switch
        label={m.step_trigger_leave()}
        description={m.step_trigger_leave_about()}
        checked={step.leaveWhenStatusChanges}
        onChange={(event) => patch({ leaveWhenStatusChanges: event.currentTarget.checked })}
      />
    </Stack>
  )
}

const ANY = 'any'
const GROUP = 'group:'

interface SideProps {
  step: Trigger
  field: 'from' | 'to'
  label: string
  onChange: (side: Side) => void
}

/** One side of the change: any status, some, or a whole group of general ones. The last choice of another sort replaces the rest. */
function SideField({ step, field, label, onChange }: SideProps) {
  const problem = useFieldProblem(step.id, field)
  const statuses = useStatuses().filter(({ type }) => type === step.type)
  const chosen = valuesOf(step[field])
  const known = new Set(statuses.map(({ code }) => code))
  const gone = chosen.filter((value) => value !== ANY && !value.startsWith(GROUP) && !known.has(value))
  const named = [
    ...statuses.map(({ code, name }) => ({ value: code, label: name })),
    ...gone.map((value) => ({ value, label: value })),
  ]
  const groups = GROUPS.map((group) => ({
    value: `${GROUP}${group}`,
    label: m.step_side_group({ group: GROUP_ROWS[group].name }),
  }))
  return (
    <MultiSelect
      label={label}
      placeholder={chosen.length === 0 ? m.step_side_choose() : ''}
      value={chosen}
      onChange={(values) => onChange(sideOf(values))}
      data={[
        { value: ANY, label: m.step_side_any() },
        { group: m.step_side_statuses(), items: named },
        ...(step.type === 'general' ? [{ group: m.step_side_groups(), items: groups }] : []),
      ]}
      searchable
      data-filled={chosen.length > 0}
      error={problem}
    />
  )
}

function valuesOf(side: Side): string[] {
  if (side === 'any') return [ANY]
  return 'group' in side ? [`${GROUP}${side.group}`] : side.statuses
}

/** The side that the chosen entries mean; the one chosen last says of which sort they are. */
function sideOf(values: readonly string[]): Side {
  const last = values.at(-1)
  if (last === ANY) return 'any'
  const group = GROUPS.find((name) => last === `${GROUP}${name}`)
  if (group) return { group }
  return { statuses: values.filter((value) => value !== ANY && !value.startsWith(GROUP)) }
}
