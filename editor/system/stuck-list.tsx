import { Anchor, Button, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react'
import { formatMoment } from '../shell/format.ts'
import { useWorkspace } from '../shell/session.ts'
import { m } from '../texts/paraglide/messages.js'
import { type Retried, useRetry } from './retry.ts'
import classes from './system.module.css'
import type { Stuck } from './system-query.ts'

const KINDS = {
  batch: { name: m.system_stuck_batch, todo: m.system_stuck_batch_todo },
  cohort: { name: m.system_stuck_cohort, todo: m.system_stuck_cohort_todo },
  text: { name: m.system_stuck_text, todo: m.system_stuck_text_todo },
  gateway: { name: m.system_stuck_gateway, todo: m.system_stuck_gateway_todo },
} satisfies Record<Stuck['kind'], { name: () => string; todo: () => string }>

/** What does not go on by itself, and what to do about it; the latest first. `isWhole`: all parts answer. */
export function StuckList({ stuck, isWhole }: { stuck: Stuck[]; isWhole: boolean }) {
  if (stuck.length === 0)
    return (
      <Text size="sm" className={classes.fine} data-bad={!isWhole || undefined}>
        {isWhole ? <CircleCheck size={16} aria-hidden /> : <CircleAlert size={16} aria-hidden />}
        {isWhole ? m.system_stuck_none() : m.system_stuck_part()}
      </Text>
    )
  return (
    <ul className={classes.stuck}>
      {stuck.map((one) => (
        <StuckRow key={`${one.kind} ${one.id}`} stuck={one} />
      ))}
    </ul>
  )
}

function StuckRow({ stuck: { kind, id, since, error, campaign, order, channel } }: { stuck: Stuck }) {
  const { timezone } = useWorkspace()
  const { name, todo } = KINDS[kind]
  return (
    <li>
      <div className={classes.head}>
        <span className={classes.name}>
          <TriangleAlert size={16} aria-hidden />
          {name()}
        </span>
        <Text size="xs" c="dimmed">
          {formatMoment(since, timezone)}
        </Text>
      </div>
      <p className={classes.text}>{todo()}</p>
      {error && (
        <Text size="xs" c="dimmed" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
          {error}
        </Text>
      )}
      <div className={classes.links}>
        {(kind === 'batch' || kind === 'cohort') && <Retry kind={kind} id={id} />}
        {channel === 'kannel' && (
          <Anchor size="sm" renderRoot={(p) => <Link {...p} to="/integrations" search={{ gateway: true }} />}>
            {m.system_stuck_gateway_open()}
          </Anchor>
        )}
        {order && (
          <Anchor size="sm" renderRoot={(p) => <Link {...p} to="/orders/$number" params={{ number: order }} />}>
            {m.system_stuck_order({ number: order })}
          </Anchor>
        )}
        {campaign && (
          <Anchor size="sm" renderRoot={(p) => <Link {...p} to="/campaigns/$id" params={{ id: campaign.id }} />}>
            {campaign.name}
          </Anchor>
        )}
      </div>
    </li>
  )
}

function Retry({ kind, id }: { kind: Retried; id: string }) {
  const { mutate, isPending } = useRetry(kind, id)
  return (
    <Button size="compact-sm" variant="default" loading={isPending} onClick={() => mutate()}>
      {m.action_retry()}
    </Button>
  )
}
