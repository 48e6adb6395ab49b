import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { api, ask } from '../shell/api.ts'
import { tellRefusal } from '../shell/tell-refusal.ts'
import { m } from '../texts/paraglide/messages.js'
import { namedOf } from './bulk-words.ts'
import { askAgain } from './move.ts'
import type { ChosenOrders } from './selection.ts'

/** How long a way back is offered, in milliseconds; after that the archive itself is one. */
const UNDO_MS = 15_000

/** Puts orders into the archive and offers a way back. Source: S3-27. */
export const useArchive = (onDone?: () => void) =>
  useMutation({
    mutationFn: (chosen: ChosenOrders) => ask(api.orders.archive.$post({ json: chosen })),
    onSuccess: ({ archived, at }) => {
      const id = `archived-${at}`
      const message = <Undo words={m.archive_done({ count: archived })} at={at} id={id} />
      notifications.show({ id, message, color: 'teal', autoClose: UNDO_MS })
    },
    onError: (error) => tellRefusal(error),
    onSettled: () => {
      onDone?.()
      askAgain()
    },
  })

function Undo({ words, at, id }: { words: string; at: string; id: string }) {
  const { mutate } = useUnarchive()
  const undo = () => {
    mutate({ archivedAt: at })
    notifications.hide(id)
  }
  return (
    <Group justify="space-between" gap="sm">
      <Text size="sm">{words}</Text>
      <Button size="compact-sm" variant="default" onClick={undo}>
        {m.archive_undo()}
      </Button>
    </Group>
  )
}

/** Takes orders out of the archive, chosen ones or those that went in together. Source: S3-29. */
export const useUnarchive = (onDone?: () => void) =>
  useMutation({
    mutationFn: (orders: ChosenOrders | { archivedAt: string }) => ask(api.orders.unarchive.$post({ json: orders })),
    onSuccess: ({ unarchived, overdue }) =>
      notifications.show({
        title: m.archive_out({ count: unarchived }),
        message: overdue.count > 0 && m.archive_overdue({ orders: namedOf(overdue) }),
        color: 'teal',
      }),
    onError: (error) => tellRefusal(error),
    onSettled: () => {
      onDone?.()
      askAgain()
    },
  })
