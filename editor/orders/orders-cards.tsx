import { Group, Stack, Text } from '@mantine/core'
import { formatAmount, formatDay } from '../shell/format.ts'
import links from '../shell/row-link.module.css'
import { useWorkspace } from '../shell/session.ts'
import { StatusBadge } from '../statuses/status-badge.tsx'
import bulk from './bulk.module.css'
import { Customer } from './customer.tsx'
import { DeadlineOf, otherAxes } from './deadlines.tsx'
import { NumberLink } from './number-link.tsx'
import { OrderMenu } from './order-menu.tsx'
import classes from './orders.module.css'
import type { OrderItemProps, OrderListProps } from './orders-table.tsx'
import { SelectOrder, SelectPage } from './select-order.tsx'

/** The rows of the table as cards, for narrow windows. */
export function OrderCards({ orders, isOld, ...rest }: OrderListProps) {
  return (
    <Stack gap="xs" opacity={isOld ? 0.6 : 1}>
      <div className={bulk.page}>
        <SelectPage selecting={rest.selecting} isLabelled />
      </div>
      <ul className={links.cards}>
        {orders.map((order) => (
          <Card key={order.number} order={order} {...rest} />
        ))}
      </ul>
    </Stack>
  )
}

function Card({ order, type, statuses, selecting, ...acts }: OrderItemProps) {
  const { timezone } = useWorkspace()
  const { number, customer, total, currency, createdAt } = order
  return (
    <li className={links.card} {...(selecting.isSelected(number) && { 'data-selected': true })}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Group gap="sm" wrap="nowrap">
          <SelectOrder number={number} selecting={selecting} />
          <Text fw={600} component="span">
            <NumberLink number={number} />
          </Text>
        </Group>
        <Group gap={4} wrap="nowrap">
          <StatusBadge type={type} {...order.statuses[type]} />
          <OrderMenu order={order} type={type} statuses={statuses} {...acts} />
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
