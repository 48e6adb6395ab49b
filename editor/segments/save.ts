import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, ask } from '../shell/api.ts'
import { m } from '../texts/paraglide/messages.js'
import type { FormState } from './form-state.ts'
import { type Segment, withRule } from './queries.ts'

type Callbacks = { onSaved: (segment: Segment) => void; onRefused: (error: Error) => void }

/** Adds the segment, or changes the version of it that was opened. */
export function useSave({ draft, opened, hasNewRule }: FormState, { onSaved, onRefused }: Callbacks) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (): Promise<Segment> => {
      const name = draft.name.trim()
      if (!opened) return withRule(await ask(api.segments.$post({ json: { name, rule: draft.rule } })))
      const json = { name, version: opened.version, ...(hasNewRule && { rule: draft.rule }) }
      return withRule(await ask(api.segments[':id'].$patch({ param: { id: opened.id }, json })))
    },
    onSuccess: (segment) => {
      queries.setQueryData(['segments', 'one', segment.id], segment)
      void queries.invalidateQueries({ queryKey: ['segments', 'list'] })
      const { name } = segment
      notifications.show({ message: opened ? m.segments_saved({ name }) : m.segments_added({ name }) })
      onSaved(segment)
    },
    onError: onRefused,
  })
}

/** Deletes a segment. @throws Problem segment_in_use with the campaigns that use it */
export const remove = (id: string) => ask(api.segments[':id'].$delete({ param: { id } }))
