import { Tabs } from '@mantine/core'
import { Layers } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatCount } from '../shell/format.ts'
import { type Item, itemsOf, sumOf } from '../statuses/items.ts'
import { StatusDot } from '../statuses/status-badge.tsx'
import { m } from '../texts/paraglide/messages.js'
import type { StatusCount } from './order-queries.ts'
import { ALL, type Chosen, chosenBy, tabOf } from './status-tab-values.ts'
import classes from './status-tabs.module.css'
import type { StatusTabsProps } from './status-tabs.tsx'

/** A tab for all orders, each status and each container; a chosen container opens a row of its statuses below. */
export function StatusTabRow({
  type,
  statuses,
  chosen,
  onChoose,
  children,
}: StatusTabsProps & { children: ReactNode }) {
  const items = itemsOf(statuses)
  const open = items.find((item) => isOpen(item, chosen))
  const value = open ? tabOf(open) : (chosen.status ?? ALL)
  return (
    <Tabs value={value} onChange={(tab) => onChoose(chosenBy(tab))} keepMounted={false}>
      <Tabs.List className={classes.list} aria-label={m.orders_by_status()} mb={open ? 0 : 'md'}>
        <Tabs.Tab value={ALL} className={classes.tab ?? ''} rightSection={<Count of={sumOf(statuses)} />}>
          {m.orders_all()}
        </Tabs.Tab>
        {items.map((item) =>
          'status' in item ? (
            <StatusTab key={item.status.code} type={type} status={item.status} />
          ) : (
            <Tabs.Tab
              key={tabOf(item)}
              value={tabOf(item)}
              className={classes.tab ?? ''}
              leftSection={<Layers size={14} aria-hidden />}
              rightSection={<Count of={item.orders} />}
            >
              {item.container}
            </Tabs.Tab>
          ),
        )}
      </Tabs.List>
      <Tabs.Panel value={value}>
        {open && 'container' in open ? (
          <Within type={type} item={open} status={chosen.status} onChoose={onChoose}>
            {children}
          </Within>
        ) : (
          children
        )}
      </Tabs.Panel>
    </Tabs>
  )
}

type Container = Extract<Item, { container: string }>

/** The statuses of the container that is open. */
function Within(
  props: Pick<StatusTabsProps, 'type' | 'onChoose'> & {
    item: Container
    status: string | undefined
    children: ReactNode
  },
) {
  const { type, item, status = ALL, onChoose, children } = props
  const { container, statuses, orders } = item
  const choose = (tab: string | null) => onChoose(tab === null || tab === ALL ? { container } : { status: tab })
  return (
    <Tabs value={status} onChange={choose} keepMounted={false} variant="pills">
      <Tabs.List className={classes.within} aria-label={m.orders_by_status_within({ container })} my="sm">
        <Tabs.Tab value={ALL} rightSection={<Count of={orders} />}>
          {m.orders_all_within({ container })}
        </Tabs.Tab>
        {statuses.map((s) => (
          <StatusTab key={s.code} type={type} status={s} />
        ))}
      </Tabs.List>
      <Tabs.Panel value={status}>{children}</Tabs.Panel>
    </Tabs>
  )
}

const StatusTab = ({ type, status }: { type: StatusTabsProps['type']; status: StatusCount }) => (
  <Tabs.Tab
    value={status.code}
    className={classes.tab ?? ''}
    leftSection={<StatusDot type={type} meaning={status.group ?? status.kind} />}
    rightSection={<Count of={status.orders} />}
  >
    {status.name}
  </Tabs.Tab>
)

const isOpen = (item: Item, { status, container }: Chosen): boolean =>
  'container' in item && (item.container === container || item.statuses.some((s) => s.code === status))

const Count = ({ of }: { of: number }) => <span className={classes.count}>{formatCount(of)}</span>
