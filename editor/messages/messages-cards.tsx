import { Group, Text } from '@mantine/core'
import { AnchorLink } from '../shell/anchor-link.tsx'
import { formatMoment } from '../shell/format.ts'
import links from '../shell/row-link.module.css'
import { useWorkspace } from '../shell/session.ts'
import { m } from '../texts/paraglide/messages.js'
import { MessageLink } from './message-link.tsx'
import type { Message } from './message-queries.ts'
import { MessageSource } from './message-source.tsx'
import { MessageState } from './message-state.tsx'

/** The rows of the ledger as cards, for narrow windows. */
export function MessageCards({ messages }: { messages: readonly Message[] }) {
  const { timezone } = useWorkspace()
  return (
    <ul className={links.cards}>
      {messages.map((message) => (
        <li key={message.id} className={links.card}>
          <Group justify="space-between" gap="xs" align="flex-start" wrap="nowrap">
            <MessageState message={message} />
            <Text size="xs" c="dimmed">
              {formatMoment(message.queuedAt, timezone)}
            </Text>
          </Group>
          <MessageLink message={message} />
          <Group gap="sm" mt={4}>
            <AnchorLink to="/orders/$number" params={{ number: message.order }} size="xs" className={links.above ?? ''}>
              {message.order}
            </AnchorLink>
            <Text size="xs" c="dimmed">
              {message.phone ?? m.orders_no_phone()}
            </Text>
            <MessageSource message={message} />
          </Group>
        </li>
      ))}
    </ul>
  )
}
