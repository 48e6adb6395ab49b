import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import * as search from './search.ts'
import { Missing, PageFailed } from './shell/missing.tsx'
import { Shell } from './shell/shell.tsx'

const root = createRootRoute({ component: Shell, notFoundComponent: Missing, errorComponent: PageFailed })

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  // entering a workspace opens its orders; source: S0-01
  beforeLoad: () => {
    throw redirect({ to: '/orders' })
  },
})
const orders = createRoute({
  getParentRoute: () => root,
  path: '/orders',
  validateSearch: search.orders,
  component: lazyRouteComponent(() => import('./orders/orders.tsx'), 'Orders'),
})
const order = createRoute({
  getParentRoute: () => root,
  path: '/orders/$number',
  validateSearch: search.order,
  component: lazyRouteComponent(() => import('./orders/order.tsx'), 'Order'),
})
const campaigns = createRoute({
  getParentRoute: () => root,
  path: '/campaigns',
  validateSearch: search.campaigns,
  component: lazyRouteComponent(() => import('./campaign/list/campaigns.tsx'), 'Campaigns'),
})
const campaign = createRoute({
  getParentRoute: () => root,
  path: '/campaigns/$id',
  validateSearch: search.campaign,
  component: lazyRouteComponent(() => import('./campaign/editor.tsx'), 'Editor'),
})
const segments = createRoute({
  getParentRoute: () => root,
  path: '/segments',
  component: lazyRouteComponent(() => import('./segments/segments.tsx'), 'Segments'),
})
const segment = createRoute({
  getParentRoute: () => root,
  path: '/segments/$id',
  validateSearch: search.segment,
  component: lazyRouteComponent(() => import('./segments/segment.tsx'), 'SegmentPage'),
})
const messages = createRoute({
  getParentRoute: () => root,
  path: '/messages',
  validateSearch: search.messages,
  component: lazyRouteComponent(() => import('./messages/messages.tsx'), 'Messages'),
})
const phones = createRoute({
  getParentRoute: () => root,
  path: '/phones',
  validateSearch: search.phones,
  component: lazyRouteComponent(() => import('./phones/phones.tsx'), 'Phones'),
})
const analytics = createRoute({
  getParentRoute: () => root,
  path: '/analytics',
  validateSearch: search.analytics,
  component: lazyRouteComponent(() => import('./analytics/analytics.tsx'), 'Analytics'),
})
const statuses = createRoute({
  getParentRoute: () => root,
  path: '/statuses',
  validateSearch: search.statuses,
  component: lazyRouteComponent(() => import('./statuses/statuses.tsx'), 'Statuses'),
})
const integrations = createRoute({
  getParentRoute: () => root,
  path: '/integrations',
  validateSearch: search.integrations,
  component: lazyRouteComponent(() => import('./integrations/integrations.tsx'), 'Integrations'),
})
const system = createRoute({
  getParentRoute: () => root,
  path: '/system',
  component: lazyRouteComponent(() => import('./system/system.tsx'), 'System'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    orders,
    order,
    campaigns,
    campaign,
    segments,
    segment,
    messages,
    phones,
    analytics,
    statuses,
    integrations,
    system,
  ]),
  defaultPreload: 'intent',
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
