import { Group, Text } from '@mantine/core'
import { formatAmount, formatDay } from '../shell/format.ts'
import links from '../shell/row-link.module.css'
import { useWorkspace } from '../shell/session.ts'
import { StatusBadge } from '../statuses/status-badge.tsx'
import { Customer } from './customer.tsx'
import { DeadlineOf, otherAxes } from './deadlines.tsx'
import { NumberLink } from './number-link.tsx'
import { OrderMenu } from './order-menu.tsx'
import type { OrderRow } from './order-queries.ts'
import classes from './orders.module.css'
import type { OrderListProps } from './orders-table.tsx'

/** The rows of the table as cards, for narrow windows. */
export function OrderCards({ orders, ...rest }: OrderListProps) {
  return (
    <ul className={links.cards}>
      {orders.map((order) => (
        <Card key={order.number} order={order} {...rest} />
      ))}
    </ul>
  )
}

function Card({ order, type, statuses, onMove }: Omit<OrderListProps, 'orders'> & { order: OrderRow }) {
  const { timezone } = useWorkspace()
  const { number, customer, total, currency, createdAt } = order
  return (
    <li className={links.card}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text fw={600} component="span">
          <NumberLink number={number} />
        </Text>
        <Group gap={4} wrap="nowrap">
          <StatusBadge type={type} {...order.statuses[type]} />
          <OrderMenu order={order} type={type} statuses={statuses} onMove={onMove} />
        </Group>
      </Group>
      <DeadlineOf order={order} type={type} />
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap="xs">
        <Customer customer={customer} />
        <div className={classes.amount}>
          {total !== null && <Text size="sm">{formatAmount(total, currency ?? '')}</Text>}
          <Text size="xs" c="dimmed">
            {formatDay(createdAt, timezone)}
          </Text>
        </div>
      </Group>
      <Group gap="md" mt={4}>
        {otherAxes(type).map((axis) => (
          <StatusBadge key={axis} type={axis} {...order.statuses[axis]} small />
        ))}
      </Group>
    </li>
  )
}
