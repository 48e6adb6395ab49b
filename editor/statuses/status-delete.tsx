import { Alert, Anchor, Button, Group, List, Modal, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CircleAlert, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { StatusCount } from '../orders/order-queries.ts'
import { Problem } from '../shell/api.ts'
import { asSentence } from '../shell/as-sentence.ts'
import { sentenceOf } from '../shell/states.tsx'
import { m } from '../texts/paraglide/messages.js'
import { remove } from './save.ts'

/** Deletes a status after asking; what still refers to it is named. Source: S0-06. */
export function DeleteStatus({ status, onDeleted }: { status: StatusCount; onDeleted: () => void }) {
  const { type, code, name } = status
  const [isOpen, setOpen] = useState(false)
  const queries = useQueryClient()
  const removal = useMutation({
    mutationFn: () => remove(type, code),
    onSuccess: async () => {
      onDeleted()
      notifications.show({ message: m.statuses_deleted({ name }) })
      await queries.invalidateQueries({ queryKey: ['statuses'] })
    },
  })
  const ask = () => {
    removal.reset()
    setOpen(true)
  }
  return (
    <>
      <Button variant="subtle" color="red" leftSection={<Trash2 size={16} aria-hidden />} onClick={ask}>
        {m.statuses_delete()}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={m.statuses_delete_title({ name })}
        closeButtonProps={{ 'aria-label': m.action_close() }}
        centered
      >
        <Stack gap="md">
          <Text size="sm">{m.statuses_delete_text()}</Text>
          {removal.error && <Uses error={removal.error} status={status} />}
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

function Uses({ error, status: { type, code, orders } }: { error: Error; status: StatusCount }) {
  const uses = error instanceof Problem && error.code === 'status_in_use' ? error.errors : []
  return (
    <Alert color="red" variant="light" role="alert" icon={<CircleAlert size={18} aria-hidden />}>
      <Text size="sm">{uses.length > 0 ? m.statuses_delete_refused() : sentenceOf(error)}</Text>
      {uses.length > 0 && (
        <List size="sm" mt={4}>
          {uses.map(({ detail }) => (
            <List.Item key={detail}>{asSentence(detail)}</List.Item>
          ))}
        </List>
      )}
      {uses.length > 0 && orders > 0 && (
        <Anchor
          size="sm"
          c="inherit"
          underline="always"
          renderRoot={(props) => <Link {...props} to="/orders" search={{ type, status: code }} />}
        >
          {m.statuses_delete_orders()}
        </Anchor>
      )}
    </Alert>
  )
}
