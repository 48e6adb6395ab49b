import { queryOptions } from '@tanstack/react-query'
import { api, ask } from '../../shell/api.ts'

/** A campaign with its draft. */
export const draftQuery = (id: string) =>
  queryOptions({
    queryKey: ['campaigns', id, 'draft'],
    queryFn: () => ask(api.campaigns[':id'].$get({ param: { id } })),
  })
export type CampaignView = Awaited<ReturnType<NonNullable<ReturnType<typeof draftQuery>['queryFn']>>>
