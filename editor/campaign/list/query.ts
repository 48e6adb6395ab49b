import { queryOptions } from '@tanstack/react-query'
import { api, ask } from '../../shell/api.ts'

/** All campaigns, as the list and the search know them. */
export const campaignsQuery = queryOptions({
  queryKey: ['campaigns', 'list'],
  queryFn: () => ask(api.campaigns.$get()),
})
/** A campaign as the list shows it. */
export type CampaignRow = Awaited<ReturnType<NonNullable<typeof campaignsQuery.queryFn>>>['campaigns'][number]

/** Who is in a campaign now, waiting or not. */
export const insideOf = ({ entered, ended }: Pick<CampaignRow, 'entered' | 'ended'>): number => entered - ended

/** The statuses of the workspace: what codes are called, and what they mean. */
export const statusNamesQuery = queryOptions({
  queryKey: ['statuses', 'names'],
  queryFn: () => ask(api.statuses.$get()),
})
export type StatusName = Awaited<ReturnType<NonNullable<typeof statusNamesQuery.queryFn>>>['statuses'][number]

/** Characters of a campaign's name. */
export const NAME_MAX = 80
