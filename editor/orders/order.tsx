import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { ArrowLeft, SearchX } from 'lucide-react'
import { AnchorLink } from '../shell/anchor-link.tsx'
import { Problem } from '../shell/api.ts'
import { OrdersOff } from '../shell/orders-off.tsx'
import { Page } from '../shell/page.tsx'
import { useWorkspace } from '../shell/session.ts'
import { Empty, Loaded } from '../shell/states.tsx'
import { m } from '../texts/paraglide/messages.js'
import classes from './order.module.css'
import { OrderFacts } from './order-facts.tsx'
import { orderQuery } from './order-queries.ts'
import { OrderStatuses } from './order-statuses.tsx'
import { OrderTimeline } from './order-timeline.tsx'

const route = getRouteApi('/orders/$number')

/** One order: who ordered what, its three statuses, and all that happened. Source: S0-20, S1-24. */
export function Order() {
  const { number } = route.useParams()
  const { ordersEnabled } = useWorkspace()
  const query = useQuery({ ...orderQuery(number), enabled: ordersEnabled })
  return (
    <Page title={m.order_title({ number })} actions={<Back />}>
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

const Back = () => (
  <AnchorLink to="/orders" size="sm" className={classes.back ?? ''}>
    <ArrowLeft size={16} aria-hidden /> {m.order_back()}
  </AnchorLink>
)
