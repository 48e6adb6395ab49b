import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { CircleAlert } from 'lucide-react'
import { useState } from 'react'
import { api, ask } from '../shell/api.ts'
import { sentenceOf } from '../shell/states.tsx'
import { m } from '../texts/paraglide/messages.js'
import type { Channel } from './queries.ts'

const MEANS = { sandbox: m.gateway_use_sandbox, kannel: m.gateway_use_kannel } satisfies Record<
  Channel['kind'],
  () => string
>

/** Lets new texts leave by another gateway, after saying what that means. */
export function UseGateway({ kind, name }: { kind: Channel['kind']; name: string }) {
  const [isOpen, setOpen] = useState(false)
  const queries = useQueryClient()
  const use = useMutation({
    mutationFn: () => ask(api.channels[':kind'].use.$post({ param: { kind } })),
    onSuccess: async () => {
      setOpen(false)
      notifications.show({ message: m.gateway_used({ name }) })
      await queries.invalidateQueries({ queryKey: ['channels'] })
    },
  })
  return (
    <>
      <Button size="xs" onClick={() => setOpen(true)}>
        {m.gateway_use()}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={m.gateway_use_title({ name })}
        closeButtonProps={{ 'aria-label': m.action_close() }}
        centered
      >
        <Stack gap="md">
          <Text size="sm">{MEANS[kind]()}</Text>
          {use.error && (
            <Alert color="red" variant="light" role="alert" icon={<CircleAlert size={18} aria-hidden />}>
              {sentenceOf(use.error)}
            </Alert>
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={() => setOpen(false)}>
              {m.action_cancel()}
            </Button>
            <Button onClick={() => use.mutate()} loading={use.isPending} data-autofocus>
              {m.gateway_use()}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
