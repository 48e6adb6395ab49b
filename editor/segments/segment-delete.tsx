import { Alert, Button, Group, List, Modal, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { CircleAlert, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Problem } from '../shell/api.ts'
import { asSentence } from '../shell/as-sentence.ts'
import { sentenceOf } from '../shell/states.tsx'
import { m } from '../texts/paraglide/messages.js'
import type { Opened } from './form-state.ts'
import { remove } from './save.ts'

/** Deletes a segment after asking; campaigns that use it are named. */
export function DeleteSegment({ segment: { id, name }, onDeleted }: { segment: Opened; onDeleted: () => void }) {
  const [isOpen, setOpen] = useState(false)
  const queries = useQueryClient()
  const removal = useMutation({
    mutationFn: () => remove(id),
    onSuccess: async () => {
      onDeleted()
      notifications.show({ message: m.segments_deleted({ name }) })
      await queries.invalidateQueries({ queryKey: ['segments', 'list'] })
    },
  })
  const ask = () => {
    removal.reset()
    setOpen(true)
  }
  return (
    <>
      <Button variant="subtle" color="red" leftSection={<Trash2 size={16} aria-hidden />} onClick={ask}>
        {m.segments_delete()}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={m.segments_delete_title({ name })}
        closeButtonProps={{ 'aria-label': m.action_close() }}
        centered
      >
        <Stack gap="md">
          <Text size="sm">{m.segments_delete_text()}</Text>
          {removal.error && <Uses error={removal.error} />}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={() => setOpen(false)} data-autofocus>
              {m.action_cancel()}
            </Button>
            <Button color="red.9" onClick={() => removal.mutate()} loading={removal.isPending}>
              {m.action_delete()}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}

function Uses({ error }: { error: Error }) {
  const uses = error instanceof Problem && error.code === 'segment_in_use' ? error.errors : []
  return (
    <Alert color="red" variant="light" role="alert" icon={<CircleAlert size={18} aria-hidden />}>
      <Text size="sm">{uses.length > 0 ? m.segments_delete_refused() : sentenceOf(error)}</Text>
      {uses.length > 0 && (
        <List size="sm" mt={4}>
          {uses.map(({ detail }) => (
            <List.Item key={detail}>{asSentence(detail)}</List.Item>
          ))}
        </List>
      )}
    </Alert>
  )
}
