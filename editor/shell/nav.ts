import {
  Cable,
  ChartNoAxesCombined,
  MessageSquareText,
  MonitorCheck,
  ShoppingCart,
  Smartphone,
  Tag,
  UsersRound,
  Workflow,
} from 'lucide-react'
import { m } from '../texts/paraglide/messages.js'

/** The pages of the menu, in order; those of `settings` stand below a heading. */
const PAGES = [
  { to: '/orders', title: m.nav_orders, icon: ShoppingCart, isSetting: false },
  { to: '/campaigns', title: m.nav_campaigns, icon: Workflow, isSetting: false },
  { to: '/segments', title: m.nav_segments, icon: UsersRound, isSetting: false },
  { to: '/messages', title: m.nav_messages, icon: MessageSquareText, isSetting: false },
  { to: '/phones', title: m.nav_phones, icon: Smartphone, isSetting: false },
  { to: '/analytics', title: m.nav_analytics, icon: ChartNoAxesCombined, isSetting: false },
  { to: '/statuses', title: m.nav_statuses, icon: Tag, isSetting: true },
  { to: '/integrations', title: m.nav_integrations, icon: Cable, isSetting: true },
  { to: '/system', title: m.nav_system, icon: MonitorCheck, isSetting: true },
] as const

/** The pages that a workspace has: without its Orders block it has no orders. Source: S1-01. */
export const pagesOf = ({ ordersEnabled }: { ordersEnabled: boolean }) =>
  PAGES.filter(({ to }) => ordersEnabled || to !== '/orders')
