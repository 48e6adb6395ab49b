import { Anchor, SegmentedControl, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Archive, ArrowLeft, SearchX, ShoppingCart } from 'lucide-react'
import { AXES, type Axis } from '../../db/model/status.ts'
import { orders } from '../search.ts'
import { AnchorLink } from '../shell/anchor-link.tsx'
import { OrdersOffPage } from '../shell/orders-off.tsx'
import { Page } from '../shell/page.tsx'
import { SearchField } from '../shell/search-field.tsx'
import { useWorkspace } from '../shell/session.ts'
import { Empty, Loaded } from '../shell/states.tsx'
import { m } from '../texts/paraglide/messages.js'
import { DemoBanner } from './demo-banner.tsx'
import { type OrdersSearch, ordersQuery, statusCountsQuery } from './order-queries.ts'
import classes from './orders.module.css'
import { OrdersFound } from './orders-found.tsx'
import { ArchiveFilter, StatusTabs } from './status-tabs.tsx'
import { TYPE_WORDS } from './type-words.ts'

const route = getRouteApi('/orders')

/** The orders of the workspace, by status; the first page that people see. Source: S0-01, S0-18. */
export function Orders() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { type = 'general' } = search
  const { ordersEnabled } = useWorkspace()
  const go: Go = (change) => void navigate({ search: (before) => orders({ ...before, page: undefined, ...change }) })
  if (!ordersEnabled) return <OrdersOffPage title={m.nav_orders()} />
  return (
    <Page
      title={search.archived ? m.archive_title() : m.nav_orders()}
      actions={
        <>
          <OtherList {...search} />
          <SegmentedControl
            size="xs"
            aria-label={m.orders_type()}
            data={AXES.map((axis) => ({ value: axis, label: TYPE_WORDS[axis]() }))}
            value={type}
            onChange={(value) =>
              go({ type: value === 'general' ? undefined : (value as Axis), status: undefined, container: undefined })
            }
          />
        </>
      }
    >
      {search.archived ? (
        <Text size="sm" c="dimmed" maw={720}>
          {m.archive_about()}
        </Text>
      ) : (
        <DemoBanner />
      )}
      <Listed search={search} go={go} />
    </Page>
  )
}

/** From the orders to the archive, and back. Source: S3-29. */
const OtherList = ({ type, archived }: OrdersSearch) => (
  <AnchorLink
    to="/orders"
    search={{ ...(type && { type }), ...(!archived && { archived: true }) }}
    size="sm"
    className={classes.other ?? ''}
  >
    {archived ? <ArrowLeft size={16} aria-hidden /> : <Archive size={16} aria-hidden />}
    {archived ? m.order_back() : m.archive_open()}
  </AnchorLink>
)

/** Changes the address; what is undefined goes, and the list begins again. */
type Go = (change: { [K in keyof OrdersSearch]: OrdersSearch[K] | undefined }) => void

function Listed({ search, go }: { search: OrdersSearch; go: Go }) {
  const { type = 'general', status, container, q, archived } = search
  const counts = useQuery(statusCountsQuery)
  const found = useQuery(ordersQuery(search))
  return (
    <Loaded query={counts}>
      {(statuses) => {
        const Filters = archived ? ArchiveFilter : StatusTabs
        return (
          <Filters
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
                      search={search}
                      onClear={() => go({ status: undefined, container: undefined, q: undefined })}
                    />
                  )
                }
              </Loaded>
            </Stack>
          </Filters>
        )
      }}
    </Loaded>
  )
}

function NothingFound({ search, onClear }: { search: OrdersSearch; onClear: () => void }) {
  const { status, container, q, archived } = search
  if (!status && !container && !q)
    return archived ? (
      <Empty icon={Archive} title={m.archive_none()} text={m.archive_none_text()} />
    ) : (
      <Empty icon={ShoppingCart} title={m.orders_none()} text={m.orders_none_text()} />
    )
  return (
    <Empty icon={SearchX} title={m.orders_nothing_found()} text={m.orders_nothing_found_text()}>
      <Anchor component="button" type="button" size="sm" onClick={onClear}>
        {m.action_clear_filters()}
      </Anchor>
    </Empty>
  )
}
