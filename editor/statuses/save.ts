import { notifications } from '@mantine/notifications'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, ask } from '../shell/api.ts'
import { m } from '../texts/paraglide/messages.js'
import { type Draft, wishOf } from './draft.ts'

/** Adds a status, or changes the one of this type and code. */
export function useSave(
  isNew: boolean,
  { onSaved, onRefused }: { onSaved: () => void; onRefused: (e: Error) => void },
) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (draft: Draft) => (isNew ? add(draft) : change(draft)),
    onSuccess: async ({ name }) => {
      await queries.invalidateQueries({ queryKey: ['statuses'] })
      notifications.show({ message: isNew ? m.statuses_added({ name }) : m.statuses_saved({ name }) })
      onSaved()
    },
    onError: onRefused,
  })
}

const add = (draft: Draft) =>
  ask(api.statuses.$post({ json: { ...wishOf(draft), type: draft.type, code: draft.code } }))

const change = (draft: Draft) => {
  const { type, code } = draft
  return ask(api.statuses[':type'][':code'].$patch({ param: { type, code }, json: wishOf(draft) }))
}

/** Deletes a status; its replacement takes over what refers to it. @throws Problem status_in_use */
export const remove = (type: Draft['type'], code: string, replacement: string | null, isSilent: boolean) =>
  ask(
    api.statuses[':type'][':code'].$delete({
      param: { type, code },
      query: { ...(replacement !== null && { replacement }), silent: `${isSilent}` },
    }),
  )

/** Everything that refers to a status. */
export const usesQuery = ({ type, code }: Pick<Draft, 'type' | 'code'>) =>
  queryOptions({
    // under a word of its own: once the status is gone, nobody must ask again what refers to it
    queryKey: ['status-uses', type, code],
    queryFn: () => ask(api.statuses[':type'][':code'].uses.$get({ param: { type, code } })),
  })
