import { Group, Text } from '@mantine/core'
import {
  ArrowRightLeft,
  Ban,
  CheckCheck,
  Filter,
  Flag,
  Hourglass,
  type LucideIcon,
  MessageSquareText,
  Workflow,
} from 'lucide-react'
import { StateBadge } from '../messages/state-badge.tsx'
import { AnchorLink } from '../shell/anchor-link.tsx'
import classes from './order.module.css'
import type { Link, Sign, Told } from './timeline.ts'

const SIGNS = {
  status: ArrowRightLeft,
  refusal: Ban,
  campaign: Workflow,
  filter: Filter,
  wait: Hourglass,
  message: MessageSquareText,
  end: Flag,
  receipt: CheckCheck,
} satisfies Record<Sign, LucideIcon>

export function TimelineBullet({ told }: { told: Told }) {
  const Icon = SIGNS[told.sign]
  return (
    <span className={classes.bullet} data-tone={told.tone}>
      <Icon size={14} aria-hidden />
    </span>
  )
}

export function TimelineWords({ told, at }: { told: Told; at: string }) {
  return (
    <div>
      <Group gap="xs" justify="space-between" align="baseline" wrap="nowrap">
        <Text size="sm" fw={500}>
          {told.title}
        </Text>
        <Text size="xs" c="dimmed" className={classes.moment ?? ''}>
          {at}
        </Text>
      </Group>
      {told.text !== undefined && <p className={classes.text}>{told.text}</p>}
      <Group gap="sm" mt={2}>
        {told.state !== undefined && <StateBadge state={told.state} />}
        {told.lines.map((line) => (
          <Text key={line} size="xs" c="dimmed">
            {line}
          </Text>
        ))}
        {told.links.map((link) => (
          <SeeAlso key={link.words} link={link} />
        ))}
      </Group>
    </div>
  )
}

function SeeAlso({ link }: { link: Link }) {
  if (link.to === 'phone')
    return (
      <AnchorLink to="/phones" search={{ number: link.number }} size="xs">
        {link.words}
      </AnchorLink>
    )
  const step = link.step === null ? {} : { step: link.step }
  return (
    <AnchorLink to="/campaigns/$id" params={{ id: link.id }} search={{ mode: 'live', ...step }} size="xs">
      {link.words}
    </AnchorLink>
  )
}
