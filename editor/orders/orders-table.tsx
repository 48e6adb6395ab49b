import { Table, Text } from '@mantine/core'
import type { Axis } from '../../db/model/status.ts'
import { formatAmount, formatDay } from '../shell/format.ts'
import links from '../shell/row-link.module.css'
import { useWorkspace } from '../shell/session.ts'
import { StatusBadge } from '../statuses/status-badge.tsx'
import { m } from '../texts/paraglide/messages.js'
import { Customer } from './customer.tsx'
import { DeadlineOf, otherAxes } from './deadlines.tsx'
import type { MoveWish } from './move.ts'
import { NumberLink } from './number-link.tsx'
import { OrderMenu } from './order-menu.tsx'
import type { OrderRow, StatusCount } from './order-queries.ts'
import classes from './orders.module.css'
import { type Selecting, SelectOrder, SelectPage } from './select-order.tsx'
import { TYPE_WORDS } from './type-words.ts'

export interface OrderListProps {
  orders: readonly OrderRow[]
  /** The type whose statuses stand in front. */
  type: Axis
  statuses: readonly StatusCount[]
  selecting: Selecting
  /** The rows are of the page before. */
  isOld: boolean
  onMove: (wish: MoveWish) => void
  /** Puts one into the archive, or takes it out. */
  onArchive: (number: string, isIn: boolean) => void
}

export function OrdersTable({ orders, isOld, ...rest }: OrderListProps) {
  return (
    <Table className={classes.table} highlightOnHover verticalSpacing="xs" opacity={isOld ? 0.6 : 1}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col" w={40}>
            <SelectPage selecting={rest.selecting} />
          </Table.Th>
          <Table.Th scope="col">{m.orders_number()}</Table.Th>
          <Table.Th scope="col">{m.orders_customer()}</Table.Th>
          <Table.Th scope="col">{m.orders_status()}</Table.Th>
          <Table.Th scope="col">{othersOf(rest.type)}</Table.Th>
          <Table.Th scope="col" ta="right">
            {m.orders_total()}
          </Table.Th>
          <Table.Th scope="col">{m.orders_created()}</Table.Th>
          <Table.Th scope="col" w={48} aria-label={m.orders_actions()} />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {orders.map((order) => (
          <Row key={order.number} order={order} {...rest} />
        ))}
      </Table.Tbody>
    </Table>
  )
}

/** What the column of the two other types is called. */
function othersOf(type: Axis): string {
  const [first, second] = otherAxes(type)
  return m.orders_statuses_beside({ first: TYPE_WORDS[first!](), second: TYPE_WORDS[second!]().toLowerCase() })
}

/** One order of a list, as a row or a card. */
export type OrderItemProps = Omit<OrderListProps, 'orders' | 'isOld'> & { order: OrderRow }

function Row({ order, type, statuses, selecting, ...acts }: OrderItemProps) {
  const { timezone } = useWorkspace()
  const { number, customer, total, currency, createdAt } = order
  return (
    <Table.Tr className={links.row ?? ''} {...(selecting.isSelected(number) && { 'data-selected': true })}>
      <Table.Td>
        <SelectOrder number={number} selecting={selecting} />
      </Table.Td>
      <Table.Td fw={600}>
        <NumberLink number={number} />
      </Table.Td>
      <Table.Td>
        <Customer customer={customer} />
      </Table.Td>
      <Table.Td>
        <StatusBadge type={type} {...order.statuses[type]} />
        <DeadlineOf order={order} type={type} />
      </Table.Td>
      <Table.Td>
        {otherAxes(type).map((axis) => (
          <div key={axis}>
            <StatusBadge type={axis} {...order.statuses[axis]} small />
          </div>
        ))}
      </Table.Td>
      <Table.Td className={classes.amount ?? ''}>{total !== null && formatAmount(total, currency ?? '')}</Table.Td>
      <Table.Td>
        <Text size="sm" component="span">
          {formatDay(createdAt, timezone)}
        </Text>
      </Table.Td>
      <Table.Td>
        <OrderMenu order={order} type={type} statuses={statuses} {...acts} />
      </Table.Td>
    </Table.Tr>
  )
}
