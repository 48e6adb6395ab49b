import { queryOptions } from '@tanstack/react-query'
import { api, ask } from '../shell/api.ts'

/** The containers of the workspace, in the order they were made. */
export const containersQuery = queryOptions({
  queryKey: ['statuses', 'containers'],
  queryFn: async () => (await ask(api['status-containers'].$get())).containers,
})
export type Container = Awaited<ReturnType<NonNullable<typeof containersQuery.queryFn>>>[number]

const at = (id: string) => ({ param: { id } })
export const addContainer = (name: string) => ask(api['status-containers'].$post({ json: { name } }))
export const renameContainer = (id: string, name: string) =>
  ask(api['status-containers'][':id'].$patch({ ...at(id), json: { name } }))
export const deleteContainer = (id: string) => ask(api['status-containers'][':id'].$delete(at(id)))
