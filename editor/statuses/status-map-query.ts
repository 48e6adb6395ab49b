import { queryOptions } from '@tanstack/react-query'
import { api, ask } from '../shell/api.ts'
import { type Draft, wishOf } from './draft.ts'

/** What the statuses, their timeouts and texts, and the live campaigns come to together. */
export const statusMapQuery = queryOptions({
  queryKey: ['statuses', 'map'],
  queryFn: () => ask(api['status-map'].$get()),
  meta: { also: ['campaigns', 'integrations'] },
})
export type Finding = Awaited<ReturnType<NonNullable<typeof statusMapQuery.queryFn>>>['findings'][number]

/** What saving the draft would bring; nothing is saved. */
export const askForFindings = async (draft: Draft): Promise<Finding[]> => {
  const { type, code } = draft
  return (await ask(api.statuses.check.$post({ json: { ...wishOf(draft), type, code } }))).findings
}
