import { Anchor, Badge, Group, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatCount, formatIn, formatMoment } from '../../shell/format.ts'
import { useWorkspace } from '../../shell/session.ts'
import { m } from '../../texts/paraglide/messages.js'
import { type Named, triggerWords } from '../step/trigger-words.ts'
import classes from './campaigns.module.css'
import { type CampaignRow, insideOf } from './query.ts'

/** The name, which leads to the campaign, and how much keeps its draft from being published. */
export function NameCell({ id, name, problems }: CampaignRow) {
  return (
    <div>
      <Anchor size="sm" fw={600} renderRoot={(props) => <Link to="/campaigns/$id" params={{ id }} {...props} />}>
        {name}
      </Anchor>
      {problems > 0 && (
        <Group gap={4} wrap="nowrap" className={classes.problems}>
          <TriangleAlert size={16} aria-hidden />
          <Text size="xs" fw={400}>
            {m.campaigns_problems({ count: problems })}
          </Text>
        </Group>
      )}
    </div>
  )
}

/** Where a campaign stands, by dot and words. */
const STATES = {
  draft: { words: () => m.campaigns_state_draft(), colour: 'gray' },
  live: { words: (version: number) => m.campaigns_state_live({ version }), colour: 'green' },
  paused: { words: (version: number) => m.campaigns_state_paused({ version }), colour: 'orange' },
} satisfies Record<CampaignRow['state'], { words: (version: number) => string; colour: string }>

export function StateBadge({ state, version }: Pick<CampaignRow, 'state' | 'version'>) {
  const { words, colour } = STATES[state]
  return (
    <Badge variant="dot" color={colour} className={classes.state}>
      {words(version ?? 0)}
    </Badge>
  )
}

export function StateCell(campaign: CampaignRow) {
  return (
    <div>
      <StateBadge {...campaign} />
      {campaign.version !== null && campaign.hasChanges && <Small>{m.campaigns_has_changes()}</Small>}
    </div>
  )
}

export function WhatStarts({ trigger, statuses }: CampaignRow & { statuses: readonly Named[] }) {
  if (!trigger) return <Small>{m.campaigns_no_trigger()}</Small>
  return <Text size="sm">{triggerWords(trigger, statuses)}</Text>
}

/** Who came in, and who of them is still inside. */
export function Customers(campaign: CampaignRow) {
  const inside = insideOf(campaign)
  const { entered, waiting, held } = campaign
  if (entered === 0) return <Small>{m.campaigns_nobody()}</Small>
  const areWaiting = waiting === inside
  const parts = [
    inside > 0 && (areWaiting ? m.campaigns_inside_waiting : m.campaigns_inside)({ figure: formatCount(inside) }),
    waiting > 0 && !areWaiting && m.campaigns_waiting({ figure: formatCount(waiting) }),
    held > 0 && m.campaigns_held({ figure: formatCount(held) }),
  ]
  return <Figure of={m.campaigns_entered({ figure: formatCount(entered) })} parts={parts} />
}

/** The texts that were asked for, and what became of them; those still on their way are not named apart. */
export function Texts({ texts: { queued, sent, delivered, failed, suppressed } }: CampaignRow) {
  const all = queued + sent + delivered + failed
  if (all + suppressed === 0) return <Small>{m.campaigns_no_texts()}</Small>
  const parts = [
    delivered > 0 && m.campaigns_texts_delivered({ figure: formatCount(delivered) }),
    failed > 0 && m.campaigns_texts_failed({ figure: formatCount(failed) }),
    suppressed > 0 && m.campaigns_texts_suppressed({ figure: formatCount(suppressed) }),
  ]
  return <Figure of={m.campaigns_texts({ count: all, figure: formatCount(all) })} parts={parts} />
}

/** When the campaign was last saved, renamed, published, paused or resumed. */
export function Changed({ updatedAt }: CampaignRow) {
  const { timezone } = useWorkspace()
  return (
    <Text size="sm" c="dimmed" component="time" dateTime={updatedAt} title={formatMoment(updatedAt, timezone)}>
      {m.campaigns_changed({ when: formatIn(updatedAt, Date.now()) })}
    </Text>
  )
}

function Figure({ of, parts }: { of: string; parts: (string | false)[] }) {
  const given = parts.filter((part) => part !== false)
  return (
    <div>
      <Text size="sm">{of}</Text>
      {given.length > 0 && <Small>{given.join(' · ')}</Small>}
    </div>
  )
}

function Small({ children }: { children: ReactNode }) {
  return (
    <Text size="xs" c="dimmed">
      {children}
    </Text>
  )
}
