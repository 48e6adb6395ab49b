import type { usesQuery } from './save.ts'

export type Uses = Awaited<ReturnType<NonNullable<ReturnType<typeof usesQuery>['queryFn']>>>

/** Whether something must be changed by hand first: campaigns and segments keep what people wrote there. Source: C13. */
export const isStopped = ({ campaigns, segments }: Uses): boolean => campaigns.length + segments.length > 0

const isReferred = ({ isInitial, orders, archived, timeouts, integrations }: Uses): boolean =>
  isInitial || orders + archived + timeouts.length + integrations.length > 0

/** Whether another status must take over, and can. */
export const canBeReplaced = (uses: Uses): boolean => isReferred(uses) && !isStopped(uses)

export const isUsed = (uses: Uses): boolean => isReferred(uses) || isStopped(uses)
