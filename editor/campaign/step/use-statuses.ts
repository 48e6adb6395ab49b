import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { segmentNamesQuery } from '../../segments/queries.ts'
import { type StatusName, statusNamesQuery } from '../list/query.ts'
import type { Named } from './trigger-words.ts'

const NONE: readonly StatusName[] = []

/** The statuses of the workspace, by type and position; none until they are there. */
export const useStatuses = (): readonly StatusName[] => useQuery(statusNamesQuery).data?.statuses ?? NONE

const UNNAMED: readonly Named[] = []

/** The segments of the workspace, by name; none until they are there. */
export const useSegmentNames = (): readonly Named[] => useQuery(segmentNamesQuery).data ?? UNNAMED

/** What statuses and segments are called. */
export function useNames(): readonly Named[] {
  const statuses = useStatuses()
  const segments = useSegmentNames()
  return useMemo(() => [...statuses, ...segments], [statuses, segments])
}
