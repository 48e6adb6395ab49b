import { Alert, List, Stack, Text } from '@mantine/core'
import { CircleAlert, Info } from 'lucide-react'
import type { ReactNode } from 'react'
import type { StatusCount } from '../orders/order-queries.ts'
import { AnchorLink } from '../shell/anchor-link.tsx'
import { m } from '../texts/paraglide/messages.js'
import { isStopped, type Uses } from './uses.ts'

/** Everything that refers to a status, each with a way to it; first what stops its deletion. */
export function UsesList({ uses, status }: { uses: Uses; status: StatusCount }) {
  const none = { campaigns: [], segments: [] }
  if (!isStopped(uses)) return <Lines color="blue" title={m.statuses_delete_uses()} lines={linesOf(uses, status)} />
  const movable = linesOf({ ...uses, ...none }, status)
  const fixed = linesOf(uses, status).filter(([key]) => !movable.some(([other]) => other === key))
  return (
    <Stack gap="sm">
      <Lines color="red" title={m.statuses_delete_refused()} lines={fixed} />
      {movable.length > 0 && <Lines color="blue" title={m.statuses_delete_also()} lines={movable} />}
    </Stack>
  )
}

type Line = [key: string, line: ReactNode]

function Lines({ color, title, lines }: { color: 'red' | 'blue'; title: string; lines: Line[] }) {
  const Icon = color === 'red' ? CircleAlert : Info
  return (
    <Alert color={color} variant="light" icon={<Icon size={18} aria-hidden />}>
      <Text size="sm">{title}</Text>
      <List size="sm" mt={4}>
        {lines.map(([key, line]) => (
          <List.Item key={key}>{line}</List.Item>
        ))}
      </List>
    </Alert>
  )
}

function linesOf(uses: Uses, { type, code }: StatusCount): Line[] {
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
  const lines: Line[] = [
    ['orders', orders > 0 && ofOrders],
    ['archived', archived > 0 && m.statuses_uses_archived({ count: archived })],
    ['initial', isInitial && m.statuses_uses_initial()],
    ...timeouts.map((name): Line => [`timeout ${name}`, m.statuses_uses_timeout({ name })]),
    ...integrations.map((shop): Line => [shop.id, ofShop(shop)]),
    ...campaigns.map((campaign): Line => [campaign.id, ofCampaign(campaign)]),
    ...segments.map((segment): Line => [segment.id, ofSegment(segment)]),
  ]
  return lines.filter(([, line]) => line !== false)
}
