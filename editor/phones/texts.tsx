import { Box, Group, Text } from '@mantine/core'
import { Fragment, useEffect, useRef } from 'react'
import { StateBadge } from '../messages/state-badge.tsx'
import { AnchorLink } from '../shell/anchor-link.tsx'
import { formatDay, formatTime } from '../shell/format.ts'
import { useWorkspace } from '../shell/session.ts'
import { m } from '../texts/paraglide/messages.js'
import { Bubble } from './bubble.tsx'
import type { PhoneText } from './phone-queries.ts'
import classes from './phones.module.css'

/** The texts of a phone, the newest last and in sight; one that arrives is read out. */
export function Texts({ texts }: { texts: readonly PhoneText[] }) {
  const { timezone } = useWorkspace()
  const log = useRef<HTMLDivElement>(null)
  const newest = texts.at(-1)?.id
  useEffect(() => {
    if (newest && log.current) log.current.scrollTop = log.current.scrollHeight
  }, [newest])
  const dayOf = (text: PhoneText | undefined) => text && formatDay(text.at, timezone)
  return (
    <Box ref={log} role="log" aria-label={m.phones_texts()} tabIndex={0} className={classes.log}>
      {texts.length === 0 && (
        <Text size="sm" c="dimmed" ta="center">
          {m.phones_no_texts()}
        </Text>
      )}
      {texts.map((text, i) => (
        <Fragment key={text.id}>
          {dayOf(text) !== dayOf(texts[i - 1]) && (
            <Text size="xs" c="dimmed" ta="center">
              {dayOf(text)}
            </Text>
          )}
          <Bubble text={text.text} isOwn={text.direction === 'from_phone'}>
            <Below text={text} time={formatTime(text.at, timezone)} />
          </Bubble>
        </Fragment>
      ))}
    </Box>
  )
}

function Below({ text: { order, campaign, campaignId, state }, time }: { text: PhoneText; time: string }) {
  return (
    <Group gap={8}>
      <span>{time}</span>
      {order && (
        <AnchorLink to="/orders/$number" params={{ number: order }} size="xs">
          {m.phones_order({ order })}
        </AnchorLink>
      )}
      {campaign && campaignId && (
        <AnchorLink to="/campaigns/$id" params={{ id: campaignId }} search={{ mode: 'live' }} size="xs">
          {campaign}
        </AnchorLink>
      )}
      {state && state !== 'delivered' && <StateBadge state={state} />}
    </Group>
  )
}
