import { Anchor, Kbd, List, Text } from '@mantine/core'
import { m } from '../../texts/paraglide/messages.js'
import { useEditor, useEditorStore } from '../draft/use-editor.ts'
import { type Command, capsOf, KEYS } from '../keys/keys.ts'
import { PanelBody } from './body.tsx'

const HINTS = [
  { command: 'addAfter', words: m.editor_hint_add },
  { command: 'next', words: m.editor_hint_walk },
  { command: 'undo', words: m.editor_hint_undo },
] as const satisfies readonly { command: Command; words: () => string }[]

/** What the panel shows while no step is chosen. */
export function PanelCampaign() {
  const editor = useEditorStore()
  const name = useEditor((state) => state.name)
  const count = useEditor((state) => state.campaign.steps.length)
  const isReadOnly = useEditor((state) => state.isReadOnly)
  return (
    <PanelBody>
      <div>
        <Text fw={600}>{name}</Text>
        <Text size="sm" c="dimmed">
          {m.editor_steps({ count })}
        </Text>
      </div>
      {!isReadOnly && <Text size="sm">{m.editor_hint_start()}</Text>}
      {!isReadOnly && (
        <List size="sm" spacing={6} listStyleType="none" withPadding={false}>
          {HINTS.map(({ command, words }) => (
            <List.Item key={command}>
              <Kbd size="xs">{capsOf(KEYS[command].keys[0]).join(' ')}</Kbd> {words()}
            </List.Item>
          ))}
        </List>
      )}
      <Anchor component="button" type="button" size="sm" ta="left" onClick={() => editor.setState({ dialog: 'keys' })}>
        {m.editor_all_keys()}
      </Anchor>
    </PanelBody>
  )
}
