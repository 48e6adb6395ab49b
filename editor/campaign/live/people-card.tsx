import { Anchor, Group, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { CirclePause, Clock, Footprints, type LucideIcon, TriangleAlert } from 'lucide-react'
import { useNow } from '../../orders/use-now.ts'
import { formatIn, formatMoment } from '../../shell/format.ts'
import { useWorkspace } from '../../shell/session.ts'
import { m } from '../../texts/paraglide/messages.js'
import classes from './people.module.css'

export interface Person {
  order: string
  name: string
  phone: string | null
  since: string
  until: string | null
  state: keyof typeof STATES
}

/** How somebody stands at a step; `when` is the end of their wait. */
const STATES = {
  waiting: { icon: Clock, words: (when: string | null) => (when ? m.people_waiting({ when }) : m.people_waits()) },
  walking: { icon: Footprints, words: () => m.people_walking() },
  held: { icon: CirclePause, words: () => m.people_held() },
  stuck: { icon: TriangleAlert, words: () => m.people_stuck() },
} satisfies Record<string, { icon: LucideIcon; words: (when: string | null) => string }>

/** One customer at the step. */
export function PersonCard({ order, name, phone, since, until, state }: Person) {
  const { timezone } = useWorkspace()
  const nowMs = useNow()
  const { icon: Icon, words } = STATES[state]
  return (
    <li className={classes.person}>
      <Group justify="space-between" gap="xs" wrap="nowrap" align="baseline">
        <Text size="sm" fw={600} className={classes.name}>
          {name || m.people_nameless()}
        </Text>
        <Anchor size="sm" renderRoot={(props) => <Link to="/orders/$number" params={{ number: order }} {...props} />}>
          {order}
        </Anchor>
      </Group>
      <Text size="sm" c="dimmed">
        {phone ?? m.people_no_phone()}
      </Text>
      <Group gap={6} wrap="nowrap" className={classes[state]}>
        <Icon size={16} aria-hidden />
        <Text size="sm" {...(until && { title: formatMoment(until, timezone) })}>
          {words(until && formatIn(until, nowMs))}
        </Text>
      </Group>
      <Text size="xs" c="dimmed">
        {m.people_since({ when: formatMoment(since, timezone) })}
      </Text>
    </li>
  )
}
