import { ActionIcon, Group, Select, Stack, Tooltip } from '@mantine/core'
import { Plus } from 'lucide-react'
import { memo, useState } from 'react'
import type { Campaign } from '../../../db/model/campaign-schema.ts'
import { m } from '../../texts/paraglide/messages.js'
import { findLine, flowOf } from '../document/document.ts'
import { targetsFor } from '../document/move.ts'
import { lead } from '../draft/actions.ts'
import { useEditor, useEditorStore, useStep } from '../draft/use-editor.ts'
import { outputWord, titleOf } from '../step/words.ts'

/** No step has this id. */
const END = '.end'

interface Props {
  stepId: string
  outputs: readonly string[]
}

/** Where each way out leads: the next step, another one where lanes join, or the end. */
export const GoesOn = memo(function GoesOn({ stepId, outputs }: Props) {
  if (outputs.length === 0) return null
  return (
    <Stack gap="xs">
      {outputs.map((output) => (
        <WayOut key={output} stepId={stepId} output={output} isLane={outputs.length > 1} />
      ))}
    </Stack>
  )
})

function WayOut({ stepId, output, isLane }: { stepId: string; output: string; isLane: boolean }) {
  const editor = useEditorStore()
  // the list of a long campaign takes a while, so it is made when it is looked at
  const [isOpen, setOpen] = useState(false)
  const to = useEditor(({ campaign }) => findLine(flowOf(campaign), { stepId, output })?.to ?? null)
  const number = useEditor(({ campaign }) => (to === null ? 0 : flowOf(campaign).order.indexOf(to) + 1))
  const target = useStep(to)
  const campaign = useEditor((state) => (isOpen ? state.campaign : null))
  const chosen =
    to !== null && target ? [{ value: to, label: m.editor_numbered({ number, step: titleOf(target) }) }] : []
  const data = campaign ? targetsIn(campaign, stepId) : chosen
  const openMenu = (button: HTMLElement) => {
    const { left, bottom } = button.getBoundingClientRect()
    editor.setState({ menu: { stepId, output, x: left, y: bottom } })
  }
  return (
    <Group gap="xs" align="flex-end" wrap="nowrap">
      <Select
        style={{ flex: 1 }}
        label={isLane ? m.step_goes_on_lane({ lane: outputWord(output) }) : m.step_goes_on()}
        value={to ?? END}
        onChange={(value) => value !== null && lead(editor, { stepId, output }, value === END ? null : value)}
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

function targetsIn(campaign: Campaign, stepId: string) {
  const { steps, order } = flowOf(campaign)
  const numbers = new Map(order.map((id, i) => [id, i + 1]))
  return targetsFor(campaign, stepId).map((id) => ({
    value: id,
    label: m.editor_numbered({ number: numbers.get(id)!, step: titleOf(steps.get(id)!) }),
  }))
}
