import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { api, ask } from './api.ts'

/** Who looks, and at which workspace. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: () => ask(api.session.$get()),
  staleTime: 60_000,
})

/** The workspace of the pages; only below the shell, which has asked for it. */
export const useWorkspace = () => useSuspenseQuery(sessionQuery).data.workspace
