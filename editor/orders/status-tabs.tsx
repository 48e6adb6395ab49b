import { Select, Tabs } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import type { ReactNode } from 'react'
import type { Axis } from '../../db/model/status.ts'
import { formatCount } from '../shell/format.ts'
import { StatusDot } from '../statuses/status-badge.tsx'
import { m } from '../texts/paraglide/messages.js'
import type { StatusCount } from './order-queries.ts'
import classes from './status-tabs.module.css'

/** More do not fit in a row that can be overlooked. */
const TABS_MAX = 12
/** The value of the tab of all orders; no code of a status begins like that. */
const ALL = '*'

interface Props {
  type: Axis
  /** Those of the type, in their order. */
  statuses: readonly StatusCount[]
  status: string | undefined
  onChoose: (status: string | undefined) => void
  children: ReactNode
}

/** Which orders are listed: all, or those in one status, each with how many there are. Source: S0-18, S0-19. */
export function StatusTabs(props: Props) {
  const isWide = useMediaQuery('(min-width: 48em)', true, { getInitialValueInEffect: false })
  if (isWide && props.statuses.length <= TABS_MAX) return <Row {...props} />
  return (
    <>
      <Choice {...props} />
      {props.children}
    </>
  )
}

const chosen = (value: string | null) => (value === null || value === ALL ? undefined : value)
const sumOf = (statuses: readonly StatusCount[]) => statuses.reduce((sum, { orders }) => sum + orders, 0)

function Row({ type, statuses, status = ALL, onChoose, children }: Props) {
  return (
    <Tabs value={status} onChange={(value) => onChoose(chosen(value))} keepMounted={false}>
      <Tabs.List className={classes.list} aria-label={m.orders_by_status()} mb="md">
        <Tabs.Tab value={ALL} className={classes.tab ?? ''} rightSection={<Count of={sumOf(statuses)} />}>
          {m.orders_all()}
        </Tabs.Tab>
        {statuses.map(({ code, name, group, kind, orders }) => (
          <Tabs.Tab
            key={code}
            value={code}
            className={classes.tab ?? ''}
            leftSection={<StatusDot type={type} meaning={group ?? kind} />}
            rightSection={<Count of={orders} />}
          >
            {name}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={status}>{children}</Tabs.Panel>
    </Tabs>
  )
}

const Count = ({ of }: { of: number }) => <span className={classes.count}>{formatCount(of)}</span>

function Choice({ type, statuses, status = ALL, onChoose }: Props) {
  const all = {
    value: ALL,
    label: m.orders_status_count({ status: m.orders_all(), count: formatCount(sumOf(statuses)) }),
  }
  const each = statuses.map(({ code, name, orders }) => ({
    value: code,
    label: m.orders_status_count({ status: name, count: formatCount(orders) }),
  }))
  const meaningOf = (code: string) => {
    const found = statuses.find((s) => s.code === code)
    return found?.group ?? found?.kind
  }
  return (
    <Select
      label={m.orders_status()}
      data={[all, ...each]}
      value={status}
      onChange={(value) => onChoose(chosen(value))}
      allowDeselect={false}
      searchable={statuses.length > TABS_MAX}
      leftSection={status === ALL ? null : <StatusDot type={type} meaning={meaningOf(status)} />}
      renderOption={({ option }) => (
        <span className={classes.option}>
          {option.value !== ALL && <StatusDot type={type} meaning={meaningOf(option.value)} />}
          {option.label}
        </span>
      )}
      maw={360}
    />
  )
}
