import { Group, Kbd, Modal, SimpleGrid, Stack, Table, Text } from '@mantine/core'
import { m } from '../../texts/paraglide/messages.js'
import { COMMANDS, type Command, capsOf, KEY_GROUPS, KEYS } from './keys.ts'

/** Every key of the editor. */
export default function KeyHelp({ onClose }: { onClose: () => void }) {
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={m.editor_keys_title()}
      closeButtonProps={{ 'aria-label': m.action_close() }}
    >
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {m.editor_keys_about()}
        </Text>
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
          {KEY_GROUPS.map((group) => (
            <Rows key={group} group={group} />
          ))}
        </SimpleGrid>
      </Stack>
    </Modal>
  )
}

function Rows({ group }: { group: (typeof KEY_GROUPS)[number] }) {
  return (
    <Table captionSide="top" verticalSpacing={4} horizontalSpacing={4}>
      <Table.Caption ta="left" fw={600} c="var(--mantine-color-text)">
        {GROUP_WORDS[group]()}
      </Table.Caption>
      <Table.Tbody>
        {COMMANDS.filter((command) => KEYS[command].group === group).map((command) => (
          <Table.Tr key={command}>
            <Table.Th scope="row" fw={400}>
              {COMMAND_WORDS[command]()}
            </Table.Th>
            <Table.Td>
              <Group gap={6} justify="flex-end">
                {KEYS[command].keys.map((chord) => (
                  <Chord key={chord} chord={chord} />
                ))}
              </Group>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

function Chord({ chord }: { chord: string }) {
  return (
    <Group gap={2} wrap="nowrap" component="span">
      {capsOf(chord).map((cap) => (
        <Kbd key={cap} size="xs">
          {cap}
        </Kbd>
      ))}
    </Group>
  )
}

const GROUP_WORDS = {
  walk: m.editor_keys_walk,
  change: m.editor_keys_change,
  history: m.editor_keys_history,
  see: m.editor_keys_see,
} satisfies Record<(typeof KEY_GROUPS)[number], () => string>

const COMMAND_WORDS = {
  next: m.editor_key_next,
  previous: m.editor_key_previous,
  left: m.editor_key_left,
  right: m.editor_key_right,
  first: m.editor_key_first,
  last: m.editor_key_last,
  openPanel: m.editor_key_openPanel,
  back: m.editor_key_back,
  find: m.editor_key_find,
  extend: m.editor_key_extend,
  selectAll: m.editor_key_selectAll,
  addAfter: m.editor_key_addAfter,
  addBefore: m.editor_key_addBefore,
  moveUp: m.editor_key_moveUp,
  moveDown: m.editor_key_moveDown,
  moveLeft: m.editor_key_moveLeft,
  moveRight: m.editor_key_moveRight,
  remove: m.editor_key_remove,
  rename: m.editor_key_rename,
  note: m.editor_key_note,
  toggle: m.editor_key_toggle,
  duplicate: m.editor_key_duplicate,
  copy: m.editor_key_copy,
  cut: m.editor_key_cut,
  paste: m.editor_key_paste,
  undo: m.editor_undo,
  redo: m.editor_redo,
  save: m.editor_key_save,
  publish: m.editor_publish,
  fit: m.editor_key_fit,
  full: m.editor_key_full,
  zoomIn: m.editor_key_zoomIn,
  zoomOut: m.editor_key_zoomOut,
  outline: m.editor_key_outline,
  minimap: m.editor_key_minimap,
  help: m.editor_key_help,
} satisfies Record<Command, () => string>
