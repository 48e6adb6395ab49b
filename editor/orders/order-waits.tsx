import { Paper, Stack, Text, Title } from '@mantine/core'
import { Hourglass } from 'lucide-react'
import { AnchorLink } from '../shell/anchor-link.tsx'
import { formatIn, formatMoment } from '../shell/format.ts'
import { useWorkspace } from '../shell/session.ts'
import { m } from '../texts/paraglide/messages.js'
import classes from './order.module.css'
import type { OrderDetails } from './order-queries.ts'
import { useNow } from './use-now.ts'

/** The waits of campaigns that the order is in. */
export function OrderWaits({ waits }: Pick<OrderDetails, 'waits'>) {
  const { timezone } = useWorkspace()
  const nowMs = useNow()
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="order-waits">
      <Title order={2} size="h4" mb="sm" id="order-waits">
        {m.order_waits()}
      </Title>
      <Stack gap="sm">
        {waits.map(({ campaign, campaignId, step, until }) => (
          <div key={`${campaignId} ${step} ${until}`} className={classes.wait}>
            <Hourglass size={16} aria-hidden />
            <div>
              <AnchorLink to="/campaigns/$id" params={{ id: campaignId }} search={{ mode: 'live', step }} size="sm">
                {campaign}
              </AnchorLink>
              <Text size="xs" c="dimmed">
                {m.order_waits_until({ at: formatMoment(until, timezone), in: formatIn(until, nowMs) })}
              </Text>
            </div>
          </div>
        ))}
      </Stack>
    </Paper>
  )
}
