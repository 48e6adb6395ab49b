import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { Problem } from './api.ts'

const RETRIES_MAX = 2

/**
 * What pages have asked for. The first part of a query's key is the topic by which the stream says that it changed:
 * orders, messages, campaigns, statuses, integrations, channels.
 */
export const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, { queryKey: [topic] }) => topic !== 'session' && noticeSignOut(error),
  }),
  mutationCache: new MutationCache({ onError: noticeSignOut }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) =>
        failures < RETRIES_MAX && !(error instanceof Problem && error.status >= 400 && error.status < 500),
    },
  },
})

/** A session that ended while a page was open shows itself as a refusal anywhere. */
export function noticeSignOut(error: Error): void {
  if (error instanceof Problem && error.status === 401) void queries.invalidateQueries({ queryKey: ['session'] })
}
