import { Stack } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useEffect, useRef } from 'react'
import { Pager } from '../shell/pager.tsx'
import { type MoveWish, useMove } from './move.ts'
import { ORDERS_PAGE, type OrderRow, type OrdersSearch, type StatusCount } from './order-queries.ts'
import { OrderCards } from './orders-cards.tsx'
import { OrdersTable } from './orders-table.tsx'

interface Props {
  page: { total: number; orders: OrderRow[] }
  search: OrdersSearch
  statuses: readonly StatusCount[]
  /** The rows are of the page before; the next is on its way. */
  isOld: boolean
  onPage: (page: number) => void
}

/** A page of orders: a table, or cards where a table does not fit. */
export function OrdersFound({ page, search, statuses, isOld, onPage }: Props) {
  const isWide = useMediaQuery('(min-width: 62em)', true, { getInitialValueInEffect: false })
  const { mutate } = useMove()
  const box = useRef<HTMLDivElement>(null)
  const hasMoved = useRef(false)
  const move = (wish: MoveWish) => {
    hasMoved.current = true
    mutate(wish)
  }
  // a row that leaves the list takes the focus along
  useEffect(() => {
    if (hasMoved.current && page.orders && document.activeElement === document.body) box.current?.focus()
  }, [page.orders])
  const List = isWide ? OrdersTable : OrderCards
  return (
    <Stack ref={box} tabIndex={-1} gap="md" opacity={isOld ? 0.6 : 1} aria-busy={isOld}>
      <List orders={page.orders} type={search.type ?? 'general'} statuses={statuses} onMove={move} />
      <Pager total={page.total} size={ORDERS_PAGE} page={search.page ?? 1} onPage={onPage} />
    </Stack>
  )
}
