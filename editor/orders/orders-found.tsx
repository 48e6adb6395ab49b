import { Stack } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import { Pager } from '../shell/pager.tsx'
import { useArchive, useUnarchive } from './archive.tsx'
import classes from './bulk.module.css'
import { BulkBar } from './bulk-bar.tsx'
import { type MoveWish, useMove } from './move.ts'
import { ORDERS_PAGE, type OrderRow, type OrdersSearch, type StatusCount } from './order-queries.ts'
import { OrderCards } from './orders-cards.tsx'
import { OrdersTable } from './orders-table.tsx'
import type { Selecting } from './select-order.tsx'
import { countOf, isSelected, kept, NOTHING, pageOf, type Selection, toggled, toggledPage } from './selection.ts'

interface Props {
  page: { total: number; orders: OrderRow[] }
  search: OrdersSearch
  statuses: readonly StatusCount[]
  /** The rows are of the page before; the next is on its way. */
  isOld: boolean
  onPage: (page: number) => void
}

/** A page of orders: a table, or cards where a table does not fit; some may be chosen to do one thing with all of them. */
export function OrdersFound({ page, search, statuses, isOld, onPage }: Props) {
  const isWide = useMediaQuery('(min-width: 62em)', true, { getInitialValueInEffect: false })
  const { mutate: move } = useMove()
  const { mutate: archive } = useArchive()
  const { mutate: unarchive } = useUnarchive()
  const [selection, select] = useSelection(page.orders, search)
  const box = useRef<HTMLDivElement>(null)
  const hasActed = useRef(false)
  const act = (what: () => void) => {
    hasActed.current = true
    what()
  }
  // a row that leaves the list takes the focus along
  useEffect(() => {
    if (hasActed.current && page.orders && document.activeElement === document.body) box.current?.focus()
  }, [page.orders])
  const shown = page.orders.map((order) => order.number)
  const selecting: Selecting = {
    isSelected: (number) => isSelected(selection, number),
    page: pageOf(selection, shown),
    onToggle: (number) => select(toggled(selection, number, shown)),
    onTogglePage: () => select(toggledPage(selection, shown)),
  }
  const end = () => {
    hasActed.current = true
    select(NOTHING)
    box.current?.focus()
  }
  const hasBar = countOf(selection, page.total) > 0
  const List = isWide ? OrdersTable : OrderCards
  return (
    <Stack ref={box} tabIndex={-1} gap="md" className={hasBar ? (classes.room ?? '') : ''} aria-busy={isOld}>
      {hasBar && (
        <BulkBar
          selection={selection}
          isPageFull={selecting.page === 'all'}
          total={page.total}
          search={search}
          statuses={statuses}
          onSelect={select}
          onDone={end}
        />
      )}
      <List
        orders={page.orders}
        type={search.type ?? 'general'}
        statuses={statuses}
        selecting={selecting}
        isOld={isOld}
        onMove={(wish: MoveWish) => act(() => move(wish))}
        onArchive={(number, isIn) => act(() => (isIn ? archive : unarchive)({ numbers: [number] }))}
      />
      <Pager total={page.total} size={ORDERS_PAGE} page={search.page ?? 1} onPage={onPage} />
    </Stack>
  )
}

/** What is chosen of the orders shown; nothing any more as soon as the list is another one. */
function useSelection(orders: readonly OrderRow[], search: OrdersSearch) {
  const list = JSON.stringify(search)
  const [chosen, setChosen] = useState({ list, selection: NOTHING })
  const shown = orders.map((order) => order.number)
  const selection = chosen.list === list ? kept(chosen.selection, shown) : NOTHING
  return [selection, (next: Selection) => setChosen({ list, selection: next })] as const
}
