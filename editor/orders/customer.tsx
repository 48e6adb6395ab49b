import { Text } from '@mantine/core'
import { m } from '../texts/paraglide/messages.js'
import type { OrderRow } from './order-queries.ts'
import classes from './orders.module.css'

/** Who ordered, and the phone to call. */
export function Customer({ customer }: Pick<OrderRow, 'customer'>) {
  if (!customer) return <Text c="dimmed">{m.orders_no_customer()}</Text>
  return (
    <div>
      <Text size="sm">{customer.name || m.orders_no_name()}</Text>
      {customer.phone ? (
        <a href={`tel:${customer.phone}`} className={classes.phone}>
          {customer.phone}
        </a>
      ) : (
        <Text size="xs" c="dimmed" component="span">
          {m.orders_no_phone()}
        </Text>
      )}
    </div>
  )
}
