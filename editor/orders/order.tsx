import { ActionIcon } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { ArrowLeft, Ellipsis, SearchX } from 'lucide-react'
import { AnchorLink } from '../shell/anchor-link.tsx'
import { Problem } from '../shell/api.ts'
import { OrdersOff } from '../shell/orders-off.tsx'
import { Page } from '../shell/page.tsx'
import { useWorkspace } from '../shell/session.ts'
import { Empty, Loaded } from '../shell/states.tsx'
import { m } from '../texts/paraglide/messages.js'
import { useArchive, useUnarchive } from './archive.tsx'
import classes from './order.module.css'
import { OrderFacts } from './order-facts.tsx'
import { ArchiveItem, PlainMenu } from './order-menu.tsx'
import { type OrderDetails, orderQuery } from './order-queries.ts'
import { OrderStatuses } from './order-statuses.tsx'
import { OrderTimeline } from './order-timeline.tsx'

const route = getRouteApi('/orders/$number')

/** One order: who ordered what, its three statuses, and all that happened. Source: S0-20, S1-24. */
export function Order() {
  const { number } = route.useParams()
  const { ordersEnabled } = useWorkspace()
  const query = useQuery({ ...orderQuery(number), enabled: ordersEnabled })
  return (
    <Page
      title={m.order_title({ number })}
      actions={
        <>
          <Back isArchived={query.data?.archived ?? false} />
          {query.data && <OrderActions order={query.data} />}
        </>
      }
    >
      {!ordersEnabled ? (
        <OrdersOff />
      ) : query.error instanceof Problem && query.error.code === 'unknown_order' ? (
        <Empty icon={SearchX} title={m.order_unknown({ number })} text={m.order_unknown_text()} />
      ) : (
        <Loaded query={query}>
          {(order) => (
            <div className={classes.page}>
              <OrderStatuses order={order} />
              <div className={classes.main}>
                <OrderFacts order={order} />
                <OrderTimeline entries={order.timeline} />
              </div>
            </div>
          )}
        </Loaded>
      )}
    </Page>
  )
}

function OrderActions({ order: { number, archived } }: { order: OrderDetails }) {
  const { mutate: archive } = useArchive()
  const { mutate: unarchive } = useUnarchive()
  return (
    <PlainMenu
      target={
        <ActionIcon variant="default" size={30} aria-label={m.order_actions()}>
          <Ellipsis size={16} aria-hidden />
        </ActionIcon>
      }
    >
      <ArchiveItem isArchived={archived} onArchive={(isIn) => (isIn ? archive : unarchive)({ numbers: [number] })} />
    </PlainMenu>
  )
}

const Back = ({ isArchived }: { isArchived: boolean }) => (
  <AnchorLink to="/orders" search={isArchived ? { archived: true } : {}} size="sm" className={classes.back ?? ''}>
    <ArrowLeft size={16} aria-hidden /> {isArchived ? m.archive_title() : m.order_back()}
  </AnchorLink>
)
