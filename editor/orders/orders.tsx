import { Anchor, Code, SegmentedControl, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Power, SearchX, ShoppingCart } from 'lucide-react'
import { AXES, type Axis } from '../../db/model/status.ts'
import { orders } from '../search.ts'
import { Problem } from '../shell/api.ts'
import { Page } from '../shell/page.tsx'
import { SearchField } from '../shell/search-field.tsx'
import { Empty, Loaded } from '../shell/states.tsx'
import { m } from '../texts/paraglide/messages.js'
import { DemoBanner } from './demo-banner.tsx'
import { type OrdersSearch, ordersQuery, statusCountsQuery } from './order-queries.ts'
import { OrdersFound } from './orders-found.tsx'
import { StatusTabs } from './status-tabs.tsx'
import { TYPE_WORDS } from './type-words.ts'

const route = getRouteApi('/orders')

/** The orders of the workspace, by status; the first page that people see. Source: S0-01, S0-18. */
export function Orders() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { type = 'general' } = search
  const go: Go = (change) => void navigate({ search: (before) => orders({ ...before, page: undefined, ...change }) })
  return (
    <Page
      title={m.nav_orders()}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={m.orders_type()}
          data={AXES.map((axis) => ({ value: axis, label: TYPE_WORDS[axis]() }))}
          value={type}
          onChange={(value) =>
            go({ type: value === 'general' ? undefined : (value as Axis), status: undefined, container: undefined })
          }
        />
      }
    >
      <DemoBanner />
      <Listed search={search} go={go} />
    </Page>
  )
}

/** Changes the address; what is undefined goes, and the list begins again. */
type Go = (change: { [K in keyof OrdersSearch]: OrdersSearch[K] | undefined }) => void

function Listed({ search, go }: { search: OrdersSearch; go: Go }) {
  const { type = 'general', status, container, q } = search
  const counts = useQuery(statusCountsQuery)
  const found = useQuery(ordersQuery(search))
  if (found.error instanceof Problem && found.error.code === 'orders_disabled') return <OrdersOff />
  return (
    <Loaded query={counts}>
      {(statuses) => (
        <StatusTabs
          type={type}
          statuses={statuses.filter((s) => s.type === type)}
          chosen={{ status, container }}
          onChoose={(chosen) => go({ status: undefined, container: undefined, ...chosen })}
        >
          <Stack gap="md">
            <SearchField label={m.orders_search()} value={q} onSearch={(text) => go({ q: text })} />
            <Loaded query={found}>
              {(page) =>
                page.total > 0 ? (
                  <OrdersFound
                    page={page}
                    search={search}
                    statuses={statuses}
                    isOld={found.isPlaceholderData}
                    onPage={(number) => go({ page: number > 1 ? number : undefined })}
                  />
                ) : (
                  <NothingFound
                    isFiltered={Boolean(status || container || q)}
                    onClear={() => go({ status: undefined, container: undefined, q: undefined })}
                  />
                )
              }
            </Loaded>
          </Stack>
        </StatusTabs>
      )}
    </Loaded>
  )
}

function NothingFound({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  if (!isFiltered) return <Empty icon={ShoppingCart} title={m.orders_none()} text={m.orders_none_text()} />
  return (
    <Empty icon={SearchX} title={m.orders_nothing_found()} text={m.orders_nothing_found_text()}>
      <Anchor component="button" type="button" size="sm" onClick={onClear}>
        {m.action_clear_filters()}
      </Anchor>
    </Empty>
  )
}

function OrdersOff() {
  return (
    <Empty icon={Power} title={m.orders_off()} text={m.orders_off_text()}>
      <Code>npm run workspace -- orders on</Code>
    </Empty>
  )
}
