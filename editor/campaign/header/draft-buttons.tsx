import { ActionIcon, Group, Tooltip } from '@mantine/core'
import { Redo2, Undo2 } from 'lucide-react'
import { m } from '../../texts/paraglide/messages.js'
import { travel } from '../draft/actions.ts'
import { useEditorStore, useHistory } from '../draft/use-editor.ts'
import { hintOf } from '../keys/keys.ts'
import { Checklist } from '../panel/checklist.tsx'

const WAYS = {
  undo: { icon: Undo2, alone: m.editor_undo, named: m.editor_undo_what },
  redo: { icon: Redo2, alone: m.editor_redo, named: m.editor_redo_what },
} as const

/** Back and on in the history, by name, and what keeps the draft from going live. */
export function DraftButtons() {
  return (
    <Group gap="xs">
      <Travel way="undo" />
      <Travel way="redo" />
      <Checklist />
    </Group>
  )
}

function Travel({ way }: { way: keyof typeof WAYS }) {
  const editor = useEditorStore()
  const what = useHistory()[way]
  const { icon: Icon, alone, named } = WAYS[way]
  const label = what === null ? alone() : named({ what })
  return (
    <Tooltip label={m.editor_with_key({ what: label, key: hintOf(way) })}>
      <ActionIcon
        variant="default"
        size={30}
        aria-label={label}
        aria-disabled={what === null}
        data-disabled={what === null}
        onClick={() => travel(editor, way)}
      >
        <Icon size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}
