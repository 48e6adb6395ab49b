import { ActionIcon, Group, Select, Stack, Tooltip } from '@mantine/core'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { Step } from '../../db/model/campaign-schema.ts'
import { m } from '../texts/paraglide/messages.js'
import { lead } from './actions.ts'
import { flowOf, outputsOf } from './document.ts'
import { targetsFor } from './document-move.ts'
import { outputWord, titleOf } from './step-words.ts'
import { useEditor, useEditorStore } from './use-editor.ts'

/** No step has this id. */
const END = '.end'

/** Where each way out leads: the next step, another one where lanes join, or the end. */
export function GoesOn({ step }: { step: Step }) {
  const outputs = outputsOf(step)
  if (outputs.length === 0) return null
  return (
    <Stack gap="xs">
      {outputs.map((output) => (
        <WayOut key={output} step={step} output={output} isLane={outputs.length > 1} />
      ))}
    </Stack>
  )
}

function WayOut({ step, output, isLane }: { step: Step; output: string; isLane: boolean }) {
  const editor = useEditorStore()
  const campaign = useEditor((state) => state.campaign)
  // the list of a long campaign takes a while, so it is made when it is looked at
  const [isOpen, setOpen] = useState(false)
  const { steps, order, from } = flowOf(campaign)
  const to = from.get(step.id)?.find((line) => line.output === output)?.to ?? null
  const targets = isOpen ? targetsFor(campaign, step.id) : to === null ? [] : [to]
  const numbers = new Map(order.map((id, i) => [id, i + 1]))
  const data = targets.map((id) => ({
    value: id,
    label: m.editor_numbered({ number: numbers.get(id)!, step: titleOf(steps.get(id)!) }),
  }))
  const openMenu = (button: HTMLElement) => {
    const { left, bottom } = button.getBoundingClientRect()
    editor.setState({ menu: { stepId: step.id, output, x: left, y: bottom } })
  }
  return (
    <Group gap="xs" align="flex-end" wrap="nowrap">
      <Select
        style={{ flex: 1 }}
        label={isLane ? m.step_goes_on_lane({ lane: outputWord(output) }) : m.step_goes_on()}
        value={to ?? END}
        onChange={(value) => value !== null && lead(editor, { stepId: step.id, output }, value === END ? null : value)}
        data={[...data, { value: END, label: m.step_end() }]}
        allowDeselect={false}
        onDropdownOpen={() => setOpen(true)}
        onDropdownClose={() => setOpen(false)}
      />
      <Tooltip label={m.editor_add_step()}>
        <ActionIcon
          variant="default"
          size={36}
          aria-label={isLane ? m.editor_add_to_lane({ lane: outputWord(output) }) : m.editor_add_here()}
          onClick={({ currentTarget }) => openMenu(currentTarget)}
        >
          <Plus size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </Group>
  )
}
