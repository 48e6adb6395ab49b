import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { statusCountsQuery } from '../orders/order-queries.ts'
import { AnchorLink } from '../shell/anchor-link.tsx'
import links from '../shell/row-link.module.css'
import { m } from '../texts/paraglide/messages.js'
import type { Message } from './message-queries.ts'

/** What sent a text: a campaign, or a status that tells of itself. */
export function MessageSource({ message }: { message: Pick<Message, 'campaign' | 'campaignId' | 'status'> }) {
  const { campaign, campaignId, status } = message
  const statuses = useQuery(statusCountsQuery).data
  if (campaign && campaignId)
    return (
      <AnchorLink
        to="/campaigns/$id"
        params={{ id: campaignId }}
        search={{ mode: 'live' }}
        size="sm"
        className={links.above ?? ''}
      >
        {campaign}
      </AnchorLink>
    )
  if (!status || !statuses) return null
  return (
    <Text size="sm">{m.messages_from_status({ status: statuses.find((s) => s.code === status)?.name ?? status })}</Text>
  )
}
