import { Alert, List, Text } from '@mantine/core'
import { CircleAlert, Info } from 'lucide-react'
import type { ReactNode } from 'react'
import type { StatusCount } from '../orders/order-queries.ts'
import { AnchorLink } from '../shell/anchor-link.tsx'
import { m } from '../texts/paraglide/messages.js'
import { isStopped, type Uses } from './uses.ts'

/** Everything that refers to a status, each with a way to it. */
export function UsesList({ uses, status }: { uses: Uses; status: StatusCount }) {
  const isRed = isStopped(uses)
  return (
    <Alert
      color={isRed ? 'red' : 'blue'}
      variant="light"
      icon={isRed ? <CircleAlert size={18} aria-hidden /> : <Info size={18} aria-hidden />}
    >
      <Text size="sm">{isRed ? m.statuses_delete_refused() : m.statuses_delete_uses()}</Text>
      <List size="sm" mt={4}>
        {linesOf(uses, status).map(([key, line]) => (
          <List.Item key={key}>{line}</List.Item>
        ))}
      </List>
    </Alert>
  )
}

function linesOf(uses: Uses, { type, code }: StatusCount): [key: string, line: ReactNode][] {
  const { isInitial, orders, archived, timeouts, integrations, campaigns, segments } = uses
  const look = { inherit: true, c: 'inherit', underline: 'always' } as const
  const ofOrders = (
    <AnchorLink to="/orders" search={{ type, status: code }} {...look}>
      {m.statuses_uses_orders({ count: orders })}
    </AnchorLink>
  )
  const ofShop = ({ id, name }: Uses['integrations'][number]) => (
    <AnchorLink to="/integrations" search={{ id }} {...look}>
      {m.statuses_uses_integration({ name })}
    </AnchorLink>
  )
  const ofCampaign = ({ id, name }: Uses['campaigns'][number]) => (
    <AnchorLink to="/campaigns/$id" params={{ id }} {...look}>
      {m.statuses_uses_campaign({ name })}
    </AnchorLink>
  )
  const ofSegment = ({ id, name }: Uses['segments'][number]) => (
    <AnchorLink to="/segments/$id" params={{ id }} {...look}>
      {m.statuses_uses_segment({ name })}
    </AnchorLink>
  )
  const lines: [string, ReactNode][] = [
    ['orders', orders > 0 && ofOrders],
    ['archived', archived > 0 && m.statuses_uses_archived({ count: archived })],
    ['initial', isInitial && m.statuses_uses_initial()],
    ...timeouts.map((name): [string, ReactNode] => [`timeout ${name}`, m.statuses_uses_timeout({ name })]),
    ...integrations.map((shop): [string, ReactNode] => [shop.id, ofShop(shop)]),
    ...campaigns.map((campaign): [string, ReactNode] => [campaign.id, ofCampaign(campaign)]),
    ...segments.map((segment): [string, ReactNode] => [segment.id, ofSegment(segment)]),
  ]
  return lines.filter(([, line]) => line !== false)
}
