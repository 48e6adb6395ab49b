import { Alert, Anchor, List, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { CircleAlert, Info } from 'lucide-react'
import type { ReactNode } from 'react'
import type { StatusCount } from '../orders/order-queries.ts'
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
        {linesOf(uses, status).map((line, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines stand still while they are shown
          <List.Item key={i}>{line}</List.Item>
        ))}
      </List>
    </Alert>
  )
}

function linesOf(uses: Uses, { type, code }: StatusCount): ReactNode[] {
  const { isInitial, orders, archived, timeouts, integrations, campaigns, segments } = uses
  return [
    orders > 0 && (
      <Way to={<Link to="/orders" search={{ type, status: code }} />}>{m.statuses_uses_orders({ count: orders })}</Way>
    ),
    archived > 0 && m.statuses_uses_archived({ count: archived }),
    isInitial && m.statuses_uses_initial(),
    ...timeouts.map((name) => m.statuses_uses_timeout({ name })),
    ...integrations.map(({ id, name }) => (
      <Way key={id} to={<Link to="/integrations" search={{ id }} />}>
        {m.statuses_uses_integration({ name })}
      </Way>
    )),
    ...campaigns.map(({ id, name }) => (
      <Way key={id} to={<Link to="/campaigns/$id" params={{ id }} />}>
        {m.statuses_uses_campaign({ name })}
      </Way>
    )),
    ...segments.map(({ name }) => m.statuses_uses_segment({ name })),
  ].filter((line) => line !== false)
}

const Way = ({ to, children }: { to: React.ReactElement<object>; children: ReactNode }) => (
  <Anchor inherit c="inherit" underline="always" renderRoot={(props) => <to.type {...props} {...to.props} />}>
    {children}
  </Anchor>
)
