import { Anchor, Paper, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { formatAmount, formatMoment } from '../shell/format.ts'
import { useWorkspace } from '../shell/session.ts'
import { m } from '../texts/paraglide/messages.js'
import classes from './order.module.css'
import type { OrderDetails } from './order-queries.ts'

/** Who ordered, for how much, and where from. */
export function OrderFacts({ order }: { order: OrderDetails }) {
  const { timezone } = useWorkspace()
  const { customer, total, currency, paymentMethod, createdAt, source } = order
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="order-facts">
      <Title order={2} size="h4" mb="sm" id="order-facts">
        {m.order_facts()}
      </Title>
      <dl className={classes.facts}>
        <Fact term={m.orders_customer()}>
          {customer ? customer.name || m.orders_no_name() : m.orders_no_customer()}
        </Fact>
        <Fact term={m.order_phone()}>
          {customer?.phone && (
            <Anchor size="sm" href={`tel:${customer.phone}`}>
              {customer.phone}
            </Anchor>
          )}
        </Fact>
        <Fact term={m.order_email()}>
          {customer?.email && (
            <Anchor size="sm" href={`mailto:${customer.email}`}>
              {customer.email}
            </Anchor>
          )}
        </Fact>
        <Fact term={m.orders_total()}>{total && formatAmount(total, currency ?? '')}</Fact>
        <Fact term={m.order_payment_method()}>{paymentMethod}</Fact>
        <Fact term={m.orders_created()}>{formatMoment(createdAt, timezone)}</Fact>
        <Fact term={m.order_source()}>{source}</Fact>
      </dl>
    </Paper>
  )
}

/** One fact; a dash where it is not known. */
const Fact = ({ term, children }: { term: string; children: ReactNode }) => (
  <div>
    <dt>{term}</dt>
    <dd>{children || m.order_none()}</dd>
  </div>
)
