import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useEffect, useRef } from 'react'
import { m } from '../../texts/paraglide/messages.js'
import { announce, remove, travel } from '../draft/actions.ts'
import { type Editor, historyOf } from '../draft/store.ts'

/** How long a deletion can be taken back by its message, in milliseconds; by Ctrl+Z it always can. */
const UNDO_FOR_MS = 8_000

/** Deletes what is chosen and offers the way back. */
export function useRemove(editor: Editor): (keep?: string) => void {
  const shown = useRef(new Set<string>())
  useEffect(() => {
    const ids = shown.current
    // in an editor that is closed there is nothing to take back
    return () => {
      for (const id of ids) notifications.hide(id)
    }
  }, [])
  return (keep) => {
    const done = remove(editor, keep)
    if (done === null) return announce(editor, m.editor_said_trigger_stays())
    const id = notifications.show({
      autoClose: UNDO_FOR_MS,
      message: (
        <Group justify="space-between" wrap="nowrap">
          <Text size="sm">{done}</Text>
          <Button
            size="compact-sm"
            variant="light"
            onClick={() => {
              notifications.hide(id)
              if (historyOf(editor).undo === done) travel(editor, 'undo')
              else notifications.show({ message: m.editor_undo_late({ what: done }) })
            }}
          >
            {m.editor_undo()}
          </Button>
        </Group>
      ),
    })
    shown.current.add(id)
  }
}
