import { Button, Modal, Stack, Text } from '@mantine/core'
import { m } from '../../texts/paraglide/messages.js'
import { flowOf, lanesOf } from '../document/document.ts'
import { useEditor, useEditorStore, useLead } from '../draft/use-editor.ts'
import { outputWord, titleOf } from '../step/words.ts'

/** Asks what becomes of the lanes when their split is deleted. */
export default function SplitDialog({ onChoose }: { onChoose: (keep: string) => void }) {
  const editor = useEditorStore()
  const campaign = useEditor((state) => state.campaign)
  const lead = useLead()
  const step = lead === null ? undefined : flowOf(campaign).steps.get(lead)
  const lanes = step ? lanesOf(campaign, step.id) : []
  const held = lanes.reduce((sum, { stepIds }) => sum + stepIds.length, 0)
  const close = () => {
    editor.setState({ dialog: null })
    if (lead !== null) editor.getState().view?.focus(lead)
  }
  const choose = (keep: string) => {
    editor.setState({ dialog: null })
    onChoose(keep)
  }
  return (
    <Modal
      opened={step !== undefined}
      onClose={close}
      returnFocus={false}
      title={m.editor_split_title({ step: step ? titleOf(step) : '' })}
      closeButtonProps={{ 'aria-label': m.action_close() }}
    >
      <Stack gap="xs">
        <Text size="sm">{m.editor_split_about()}</Text>
        {lanes.map(({ output, stepIds }) => (
          <Button key={output} variant="default" onClick={() => choose(output)}>
            {m.editor_split_keep({ lane: outputWord(output), count: stepIds.length })}
          </Button>
        ))}
        <Button color="red" variant="light" onClick={() => choose('none')}>
          {m.editor_split_none({ count: held })}
        </Button>
        <Button variant="subtle" color="gray" onClick={close}>
          {m.action_cancel()}
        </Button>
      </Stack>
    </Modal>
  )
}
