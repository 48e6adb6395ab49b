import { useQuery } from '@tanstack/react-query'
import { type StatusName, statusNamesQuery } from '../list/query.ts'

const NONE: readonly StatusName[] = []

/** The statuses of the workspace, by type and position; none until they are there. */
export const useStatuses = (): readonly StatusName[] => useQuery(statusNamesQuery).data?.statuses ?? NONE
