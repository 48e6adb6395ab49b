import { Button, Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Trash2 } from 'lucide-react'
import type { StatusCount } from '../orders/order-queries.ts'
import { m } from '../texts/paraglide/messages.js'
import { StatusRemoval } from './status-removal.tsx'

interface Props {
  status: StatusCount
  statuses: StatusCount[]
  onDeleted: () => void
}

/** Deletes a status after asking. Source: S0-06. */
export function DeleteStatus({ status, statuses, onDeleted }: Props) {
  const [isOpen, { open, close }] = useDisclosure(false)
  return (
    <>
      <Button variant="subtle" color="red" leftSection={<Trash2 size={16} aria-hidden />} onClick={open}>
        {m.statuses_delete()}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={m.statuses_delete_title({ name: status.name })}
        closeButtonProps={{ 'aria-label': m.action_close() }}
        centered
      >
        <StatusRemoval status={status} statuses={statuses} onCancel={close} onDeleted={onDeleted} />
      </Modal>
    </>
  )
}
