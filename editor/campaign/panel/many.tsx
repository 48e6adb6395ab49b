import { Button, Group, Text } from '@mantine/core'
import { Copy, Trash2 } from 'lucide-react'
import { m } from '../../texts/paraglide/messages.js'
import { duplicate } from '../draft/actions.ts'
import { useEditorStore } from '../draft/use-editor.ts'
import { PanelBody } from './body.tsx'

/** What can be done with several steps at once. */
export function PanelMany({ onRemove }: { onRemove: () => void }) {
  const editor = useEditorStore()
  return (
    <PanelBody>
      <Text size="sm">{m.editor_many_about()}</Text>
      <Group gap="xs">
        <Button
          size="xs"
          variant="default"
          leftSection={<Copy size={14} aria-hidden />}
          onClick={() => duplicate(editor)}
        >
          {m.editor_duplicate()}
        </Button>
        <Button size="xs" variant="default" leftSection={<Trash2 size={14} aria-hidden />} onClick={onRemove}>
          {m.action_delete()}
        </Button>
      </Group>
    </PanelBody>
  )
}
