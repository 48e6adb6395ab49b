import { Text } from '@mantine/core'
import type { Message } from './message-queries.ts'
import { reasonOf } from './message-words.ts'
import { StateBadge } from './state-badge.tsx'

/** How far a text has come, and why it is not further. */
export function MessageState({ message: { state, reason } }: { message: Pick<Message, 'state' | 'reason'> }) {
  const why = reasonOf(reason)
  return (
    <div>
      <StateBadge state={state} />
      {why && (
        <Text size="xs" c="dimmed">
          {why}
        </Text>
      )}
    </div>
  )
}
