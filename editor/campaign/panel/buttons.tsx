import { Button, Group } from '@mantine/core'
import { Copy, Trash2 } from 'lucide-react'
import { memo } from 'react'
import { m } from '../../texts/paraglide/messages.js'
import { duplicate } from '../draft/actions.ts'
import { useEditorStore } from '../draft/use-editor.ts'

/** What can be done with all that is chosen. */
export const Buttons = memo(function Buttons({
  mayDuplicate,
  onRemove,
}: {
  mayDuplicate: boolean
  onRemove: () => void
}) {
  const editor = useEditorStore()
  return (
    <Group gap="xs">
      {mayDuplicate && (
        <Button
          size="xs"
          variant="default"
          leftSection={<Copy size={14} aria-hidden />}
          onClick={() => duplicate(editor)}
        >
          {m.editor_duplicate()}
        </Button>
      )}
      <Button size="xs" variant="default" leftSection={<Trash2 size={14} aria-hidden />} onClick={onRemove}>
        {m.action_delete()}
      </Button>
    </Group>
  )
})
