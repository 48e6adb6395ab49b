import { queryOptions } from '@tanstack/react-query'
import { api, ask } from '../shell/api.ts'

/** The shops that are connected, and what came from each. */
export const shopsQuery = queryOptions({
  queryKey: ['integrations', 'shops'],
  queryFn: async () => (await ask(api.integrations.$get())).integrations,
})
export type Shop = Awaited<ReturnType<NonNullable<typeof shopsQuery.queryFn>>>[number]

const UNUSABLE_MAX = '20'

/** The newest bodies of a shop that could not be used. */
export const unusableQuery = (integration: string) =>
  queryOptions({
    queryKey: ['integrations', 'unusable', integration],
    queryFn: async () => {
      const query = { integration, outcome: 'invalid', limit: UNUSABLE_MAX }
      return (await ask(api['inbound-events'].$get({ query }))).events
    },
  })

/** The ways to phones, and which one is in use. */
export const channelsQuery = queryOptions({
  queryKey: ['channels', 'all'],
  queryFn: async () => (await ask(api.channels.$get())).channels,
})
export type Channel = Awaited<ReturnType<NonNullable<typeof channelsQuery.queryFn>>>[number]
