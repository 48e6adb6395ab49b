import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Axis } from '../../db/model/status.ts'
import { api, ask } from '../shell/api.ts'

/** Orders of one page of the list. */
export const ORDERS_PAGE = 50

export interface OrdersSearch {
  type?: Axis
  status?: string
  container?: string
  q?: string
  page?: number
  /** The archive instead of all other orders. */
  archived?: true
}

/** A page of orders; the previous one is kept while the next is on its way. */
export const ordersQuery = (search: OrdersSearch) =>
  queryOptions({
    queryKey: ['orders', 'page', search],
    queryFn: () => askPage(search),
    placeholderData: keepPreviousData,
    meta: { also: ['statuses'] },
  })

const askPage = ({ page = 1, archived, ...filter }: OrdersSearch) => {
  const query = { ...filter, limit: `${ORDERS_PAGE}`, offset: `${(page - 1) * ORDERS_PAGE}` }
  return ask(api.orders.$get({ query: archived ? { ...query, archived: 'true' } : query }))
}
export type OrderRow = Awaited<ReturnType<typeof askPage>>['orders'][number]

/** One order with everything that happened to it. */
export const orderQuery = (number: string) =>
  queryOptions({
    queryKey: ['orders', 'one', number],
    queryFn: () => askOrder(number),
    meta: { also: ['messages', 'campaigns', 'statuses'] },
  })

const askOrder = (number: string) => ask(api.orders[':number'].$get({ param: { number: encodeURIComponent(number) } }))
export type OrderDetails = Awaited<ReturnType<typeof askOrder>>

/** All statuses of the workspace, and how many orders stand in each. */
export const statusCountsQuery = queryOptions({
  queryKey: ['statuses', 'counts'],
  queryFn: async () => (await ask(api.statuses.$get())).statuses,
  meta: { also: ['orders'] },
})
export type StatusCount = Awaited<ReturnType<NonNullable<typeof statusCountsQuery.queryFn>>>[number]
