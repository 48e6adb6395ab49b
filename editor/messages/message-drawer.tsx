import { Drawer, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Bubble } from '../phones/bubble.tsx'
import { AnchorLink } from '../shell/anchor-link.tsx'
import { formatSecond } from '../shell/format.ts'
import { useWorkspace } from '../shell/session.ts'
import { Loaded } from '../shell/states.tsx'
import { m } from '../texts/paraglide/messages.js'
import { type Message, messageQuery } from './message-queries.ts'
import { MessageSource } from './message-source.tsx'
import { MessageState } from './message-state.tsx'
import { wordsOf } from './message-words.ts'
import classes from './messages.module.css'

interface Props {
  /** The text that is looked at; none where it is missing. */
  id: string | undefined
  onClose: () => void
}

/** All about one text, beside the list. */
export function MessageDrawer({ id, onClose }: Props) {
  return (
    <Drawer
      opened={id !== undefined}
      onClose={onClose}
      position="right"
      title={m.messages_one()}
      closeButtonProps={{ 'aria-label': m.action_close() }}
    >
      {id !== undefined && <One id={id} />}
    </Drawer>
  )
}

function One({ id }: { id: string }) {
  const query = useQuery(messageQuery(id))
  return (
    <Loaded query={query}>
      {(message) => (message ? <Details message={message} /> : <Text size="sm">{m.messages_gone()}</Text>)}
    </Loaded>
  )
}

function Details({ message }: { message: Message }) {
  const { timezone } = useWorkspace()
  const { order, phone, text, parts, state, queuedAt, sentAt, finishedAt } = message
  const { word, about } = wordsOf(state)
  const at = (moment: string | null) => moment && formatSecond(moment, timezone)
  return (
    <Stack gap="md">
      <Bubble text={text || m.messages_no_text()} isOwn={false} />
      <div>
        <MessageState message={message} />
        <Text size="sm">{about()}</Text>
      </div>
      <dl className={classes.facts}>
        <Fact term={m.orders_number()}>
          <AnchorLink to="/orders/$number" params={{ number: order }} size="sm">
            {order}
          </AnchorLink>
        </Fact>
        <Fact term={m.messages_phone()}>
          {phone && (
            <AnchorLink to="/phones" search={{ number: phone }} size="sm">
              {phone}
            </AnchorLink>
          )}
        </Fact>
        <Fact term={m.messages_source()}>
          <MessageSource message={message} />
        </Fact>
        <Fact term={m.messages_length()}>{parts > 0 && m.messages_parts({ count: parts })}</Fact>
        <Fact term={m.messages_queued()}>{at(queuedAt)}</Fact>
        <Fact term={m.messages_sent()}>{at(sentAt)}</Fact>
        {finishedAt && <Fact term={word()}>{at(finishedAt)}</Fact>}
      </dl>
    </Stack>
  )
}

/** One fact; a dash where there is none. */
const Fact = ({ term, children }: { term: string; children: ReactNode }) => (
  <>
    <dt>{term}</dt>
    <dd>{children || m.order_none()}</dd>
  </>
)
