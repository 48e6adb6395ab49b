import { Button, Group, Modal, Text } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import { m } from '../texts/paraglide/messages.js'

/** Asks before a form is left whose changes are not saved, by whatever way it is left. */
export function Unsaved({ isDirty, text }: { isDirty: boolean; text: string }) {
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: () => isDirty,
    enableBeforeUnload: () => isDirty,
    withResolver: true,
  })
  return (
    <Modal
      opened={status === 'blocked'}
      onClose={() => reset?.()}
      title={m.unsaved_title()}
      closeButtonProps={{ 'aria-label': m.action_close() }}
      centered
    >
      <Text size="sm">{text}</Text>
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={() => proceed?.()}>
          {m.unsaved_leave()}
        </Button>
        <Button onClick={() => reset?.()} data-autofocus>
          {m.unsaved_stay()}
        </Button>
      </Group>
    </Modal>
  )
}
