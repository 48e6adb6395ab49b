import { Collapse, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { ChevronRight, Layers } from 'lucide-react'
import { useId } from 'react'
import type { StatusCount } from '../orders/order-queries.ts'
import { m } from '../texts/paraglide/messages.js'
import { itemsOf } from './items.ts'
import classes from './status-list.module.css'
import { StatusRow } from './status-row.tsx'
import type { Positions } from './use-positions.ts'

interface Props {
  statuses: StatusCount[]
  /** All of the type, to name where timeouts lead. */
  all: StatusCount[]
  positions: Positions
}

/** Statuses in their order; those of a container stand within it, as one item that is opened on click. Source: S0-33. */
export function StatusList({ statuses, all, positions }: Props) {
  const row = (status: StatusCount) => (
    <StatusRow key={status.code} status={status} statuses={all} positions={positions} />
  )
  return (
    <ul className={classes.list}>
      {itemsOf(statuses).map((item) =>
        'status' in item ? (
          row(item.status)
        ) : (
          <Container key={item.container} name={item.container} orders={item.orders} rows={item.statuses.map(row)} />
        ),
      )}
    </ul>
  )
}

function Container({ name, orders, rows }: { name: string; orders: number; rows: React.ReactNode[] }) {
  const [isOpen, { toggle }] = useDisclosure(false)
  const id = useId()
  return (
    <li className={classes.container}>
      <UnstyledButton className={classes.head} onClick={toggle} aria-expanded={isOpen} aria-controls={id}>
        <ChevronRight size={16} className={classes.chevron} data-open={isOpen || undefined} aria-hidden />
        <Layers size={16} aria-hidden />
        <span className={classes.name}>{name}</span>
        <span className={classes.within}>{m.containers_statuses({ count: rows.length })}</span>
        <span className={classes.orders}>{m.statuses_orders({ count: orders })}</span>
      </UnstyledButton>
      <Collapse expanded={isOpen} id={id}>
        <ul className={classes.rows}>{rows}</ul>
      </Collapse>
    </li>
  )
}
