import { type SQL, sql } from 'drizzle-orm'
import { asTexts } from './client.ts'
import { matching, type OrderSearch } from './order-views.ts'

/** Orders that somebody chose in a list: by their numbers, or all that the list shows. */
export type ChosenOrders = { numbers: readonly string[] } | { all: OrderSearch }

/** Whether the order `o` is among the chosen. */
export const isChosen = (orders: ChosenOrders): SQL =>
  'numbers' in orders
    ? sql`o.workspace_id = tidings_workspace() and o.number = any(${asTexts(orders.numbers)})`
    : matching(orders.all)
