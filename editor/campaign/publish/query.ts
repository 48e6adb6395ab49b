import { useMutation, useQuery } from '@tanstack/react-query'
import { api, ask, Problem } from '../../shell/api.ts'
import { queries } from '../../shell/queries.ts'
import type { CampaignRow } from '../list/query.ts'

const publicationOf = (id: string) => ask(api.campaigns[':id'].publication.$get({ param: { id } }))
export type Publication = Awaited<ReturnType<typeof publicationOf>>

/** The stored draft, and what publishing it would mean. */
export interface Prepared {
  campaign: CampaignRow
  publication: Publication
  nextVersion: number
}

/** Saves first, then asks; asks again whenever somebody comes in, goes on or saves. */
export function usePrepared(id: string, beforePublish: () => Promise<void>) {
  return useQuery({
    queryKey: ['campaigns', id, 'publication'],
    queryFn: async (): Promise<Prepared> => {
      await beforePublish()
      const [publication, campaign] = await Promise.all([
        publicationOf(id),
        ask(api.campaigns[':id'].$get({ param: { id } })),
      ])
      return { publication, campaign, nextVersion: (campaign.version ?? 0) + 1 }
    },
    // an answer of an earlier dialog may be of another draft
    gcTime: 0,
  })
}

/** Publishes exactly the draft that was looked at; whatever comes of it, everything is asked again. */
export function usePublish(id: string, onDone: (campaign: CampaignRow) => void) {
  return useMutation({
    mutationFn: ({ publication: { draftVersion } }: Prepared) =>
      ask(api.campaigns[':id'].publish.$post({ param: { id }, header: {}, json: { draftVersion } })),
    onSuccess: onDone,
    onSettled: () => queries.invalidateQueries({ queryKey: ['campaigns'] }),
  })
}

/** Whether somebody saved another draft than the one that was looked at. */
export const isStale = (error: Error | null): boolean => error instanceof Problem && error.code === 'draft_stale'
