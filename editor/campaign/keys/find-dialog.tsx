import { Modal, Select } from '@mantine/core'
import { m } from '../../texts/paraglide/messages.js'
import { flowOf } from '../document/document.ts'
import { useEditor } from '../draft/use-editor.ts'
import { useNames } from '../step/use-statuses.ts'
import { summaryOf, titleOf } from '../step/words.ts'

/** Steps offered at once; typing finds the others. */
const OFFERED_MAX = 50

/** Goes to a step by its name or by what it says. */
export default function FindDialog({ onFound, onClose }: { onFound: (id: string) => void; onClose: () => void }) {
  const campaign = useEditor((state) => state.campaign)
  const statuses = useNames()
  const { order, steps } = flowOf(campaign)
  const data = order.map((id, i) => {
    const step = steps.get(id)!
    return {
      value: id,
      label: m.editor_found({ number: i + 1, step: titleOf(step), summary: summaryOf(step, statuses) }),
    }
  })
  return (
    <Modal
      opened
      onClose={onClose}
      returnFocus={false}
      title={m.editor_find()}
      closeButtonProps={{ 'aria-label': m.action_close() }}
    >
      <Select
        data-autofocus
        searchable
        defaultDropdownOpened
        label={m.editor_find_label()}
        placeholder={m.editor_find_placeholder()}
        limit={OFFERED_MAX}
        data={data}
        value={null}
        onChange={(id) => id !== null && onFound(id)}
      />
    </Modal>
  )
}
