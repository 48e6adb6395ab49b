import { queryOptions } from '@tanstack/react-query'
import { api, ask } from '../shell/api.ts'

const REFETCH_MS = 5_000

/** What is connected and under way; it is asked again while it is looked at, for nobody tells when a part goes away. */
export const systemQuery = queryOptions({
  queryKey: ['system'],
  queryFn: () => ask(api.system.$get()),
  refetchInterval: REFETCH_MS,
})
export type SystemView = Awaited<ReturnType<NonNullable<typeof systemQuery.queryFn>>>
export type Part = SystemView['parts'][number]
export type Work = SystemView['work']
export type Lag = SystemView['lag']
export type Rates = SystemView['rates']
export type Stuck = SystemView['stuck'][number]
