import { queryOptions } from '@tanstack/react-query'
import { api, ask } from '../../shell/api.ts'
import { queries } from '../../shell/queries.ts'

export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['campaigns', id, 'versions'],
    queryFn: () => ask(api.campaigns[':id'].versions.$get({ param: { id } })),
  })
export type Version = Awaited<ReturnType<NonNullable<ReturnType<typeof versionsQuery>['queryFn']>>>['versions'][number]

/** One version with its document, which never changes any more. */
export const versionQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: ['campaigns', id, 'version', version],
    queryFn: () => ask(api.campaigns[':id'].versions[':number'].$get({ param: { id, number: `${version}` } })),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const getVersion = (id: string, version: number) => queries.fetchQuery(versionQuery(id, version))
