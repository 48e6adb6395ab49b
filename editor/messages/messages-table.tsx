import { Table, Text } from '@mantine/core'
import { AnchorLink } from '../shell/anchor-link.tsx'
import { formatMoment } from '../shell/format.ts'
import links from '../shell/row-link.module.css'
import { useWorkspace } from '../shell/session.ts'
import { m } from '../texts/paraglide/messages.js'
import { MessageLink } from './message-link.tsx'
import type { Message } from './message-queries.ts'
import { MessageSource } from './message-source.tsx'
import { MessageState } from './message-state.tsx'
import classes from './messages.module.css'

/** The ledger as a table; a row opens its text. */
export function MessagesTable({ messages }: { messages: readonly Message[] }) {
  const { timezone } = useWorkspace()
  return (
    <Table className={classes.table} highlightOnHover verticalSpacing="xs">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{m.messages_when()}</Table.Th>
          <Table.Th scope="col">{m.orders_number()}</Table.Th>
          <Table.Th scope="col">{m.messages_phone()}</Table.Th>
          <Table.Th scope="col" miw={260}>
            {m.messages_text()}
          </Table.Th>
          <Table.Th scope="col">{m.messages_state()}</Table.Th>
          <Table.Th scope="col">{m.messages_source()}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {messages.map((message) => (
          <Table.Tr key={message.id} className={links.row ?? ''}>
            <Table.Td className={classes.narrow ?? ''}>{formatMoment(message.queuedAt, timezone)}</Table.Td>
            <Table.Td className={classes.narrow ?? ''}>
              <AnchorLink
                to="/orders/$number"
                params={{ number: message.order }}
                size="sm"
                className={links.above ?? ''}
              >
                {message.order}
              </AnchorLink>
            </Table.Td>
            <Table.Td className={classes.narrow ?? ''}>{message.phone ?? m.orders_no_phone()}</Table.Td>
            <Table.Td>
              <MessageLink message={message} />
              {message.parts > 1 && (
                <Text size="xs" c="dimmed">
                  {m.messages_parts({ count: message.parts })}
                </Text>
              )}
            </Table.Td>
            <Table.Td>
              <MessageState message={message} />
            </Table.Td>
            <Table.Td>
              <MessageSource message={message} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
