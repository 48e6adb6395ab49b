import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { m } from '../texts/paraglide/messages.js'
import type { BulkWish } from './bulk-move.tsx'

interface Props {
  /** Null while nothing is asked. */
  wish: BulkWish | null
  count: number
  onClose: () => void
  onConfirm: (wish: BulkWish) => void
}

/** Asks before more orders move than are seen: to where, and whether their customers hear of it. */
export function BulkConfirm({ wish, count, onClose, onConfirm }: Props) {
  const confirm = () => {
    onClose()
    onConfirm(wish!)
  }
  return (
    <Modal
      opened={wish !== null}
      onClose={onClose}
      title={m.bulk_confirm_title({ count, status: wish?.name ?? '' })}
      closeButtonProps={{ 'aria-label': m.action_close() }}
      centered
    >
      <Stack gap="md">
        <Text size="sm">{wish?.silent ? m.bulk_confirm_silent() : m.bulk_confirm_told()}</Text>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} data-autofocus>
            {m.action_cancel()}
          </Button>
          <Button onClick={confirm}>{m.bulk_confirm({ count })}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}
