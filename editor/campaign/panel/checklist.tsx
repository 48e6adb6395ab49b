import { Button, Group, List, Popover, Text } from '@mantine/core'
import { CircleAlert } from 'lucide-react'
import { asSentence } from '../../shell/as-sentence.ts'
import { m } from '../../texts/paraglide/messages.js'
import { flowOf } from '../document/document.ts'
import { select } from '../draft/actions.ts'
import { useEditor, useEditorStore } from '../draft/use-editor.ts'
import { titleOf } from '../step/words.ts'

/** How many problems there are, and the list of them with a way to each. Nothing while there are none. */
export function Checklist() {
  const editor = useEditorStore()
  const problems = useEditor((state) => state.problems)
  const campaign = useEditor((state) => state.campaign)
  const isOpen = useEditor((state) => state.dialog === 'checklist')
  const { order, steps } = flowOf(campaign)
  const found = order.flatMap((id) => (problems.get(id) ?? []).map((problem) => ({ id, ...problem })))
  if (found.length === 0) return null
  const go = (id: string) => {
    editor.setState({ dialog: null, isPanelOpen: true })
    select(editor, [id], { focus: true })
  }
  return (
    <Popover
      opened={isOpen}
      onChange={(opened) => editor.setState({ dialog: opened ? 'checklist' : null })}
      width={340}
      position="bottom-end"
      trapFocus
      withinPortal
    >
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<CircleAlert size={14} color="var(--mantine-color-error)" aria-hidden />}
          onClick={() => editor.setState({ dialog: isOpen ? null : 'checklist' })}
        >
          {m.editor_problems({ count: found.length })}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={m.editor_checklist()}>
        <List listStyleType="none" spacing="xs" withPadding={false} mah={360} style={{ overflow: 'auto' }}>
          {found.map(({ id, field, detail }) => (
            <List.Item key={`${id}/${field}/${detail}`}>
              <Group gap="xs" wrap="nowrap" justify="space-between">
                <div>
                  <Text size="sm" fw={600}>
                    {titleOf(steps.get(id)!)}
                  </Text>
                  <Text size="sm">{asSentence(detail)}</Text>
                </div>
                <Button
                  size="compact-sm"
                  variant="light"
                  aria-label={m.editor_go_to({ step: titleOf(steps.get(id)!) })}
                  onClick={() => go(id)}
                >
                  {m.editor_go()}
                </Button>
              </Group>
            </List.Item>
          ))}
        </List>
      </Popover.Dropdown>
    </Popover>
  )
}
