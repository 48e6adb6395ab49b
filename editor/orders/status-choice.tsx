import { Select } from '@mantine/core'
import { formatCount } from '../shell/format.ts'
import { type Item, itemsOf, sumOf } from '../statuses/items.ts'
import { StatusDot } from '../statuses/status-badge.tsx'
import { m } from '../texts/paraglide/messages.js'
import type { StatusCount } from './order-queries.ts'
import { ALL, chosenBy, tabOfContainer } from './status-tab-values.ts'
import classes from './status-tabs.module.css'
import type { StatusTabsProps } from './status-tabs.tsx'

interface Props extends StatusTabsProps {
  isSearchable: boolean
  /** Whether each tells how many orders it has. */
  isCounted?: boolean
}

/** The same choice as the tabs, as one list: for narrow windows, and for many statuses. */
export function StatusChoice(props: Props) {
  const { type, statuses, chosen, onChoose, isSearchable, isCounted = true } = props
  const option = isCounted ? counted : uncounted
  const value = chosen.container === undefined ? (chosen.status ?? ALL) : tabOfContainer(chosen.container)
  const dot = (code: string) => {
    const status = statuses.find((s) => s.code === code)
    return status && <StatusDot type={type} meaning={status.group ?? status.kind} />
  }
  return (
    <Select
      label={m.orders_status()}
      data={[option(ALL, m.orders_all(), sumOf(statuses)), ...itemsOf(statuses).map((item) => optionsOf(item, option))]}
      value={value}
      onChange={(picked) => onChoose(chosenBy(picked))}
      allowDeselect={false}
      searchable={isSearchable}
      leftSection={dot(value)}
      renderOption={({ option: shown }) => (
        <span className={classes.option}>
          {dot(shown.value)}
          {shown.label}
        </span>
      )}
      maw={360}
    />
  )
}

type MakeOption = (value: string, status: string, orders: number) => { value: string; label: string }
const counted: MakeOption = (value, status, orders) => ({
  value,
  label: m.orders_status_count({ status, count: formatCount(orders) }),
})
const uncounted: MakeOption = (value, label) => ({ value, label })

function optionsOf(item: Item, option: MakeOption) {
  const ofStatus = ({ code, name, orders }: StatusCount) => option(code, name, orders)
  if ('status' in item) return ofStatus(item.status)
  const { container, statuses, orders } = item
  const all = option(tabOfContainer(container), m.orders_all_within({ container }), orders)
  return { group: container, items: [all, ...statuses.map(ofStatus)] }
}
