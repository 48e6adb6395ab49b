import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { api, ask, Problem } from '../shell/api.ts'
import { queries } from '../shell/queries.ts'
import { tellRefusal } from '../shell/tell-refusal.ts'
import { m } from '../texts/paraglide/messages.js'

/** What the API lets go on. */
export type Retried = 'batch' | 'cohort'

/** Lets something that was put aside go on, and says so. What went on already is no trouble for anybody. */
export function useRetry(kind: Retried, id: string) {
  return useMutation({
    mutationFn: () => ask(api.system.stuck[':kind'][':id'].retry.$post({ param: { kind, id } })),
    onSuccess: () => notifications.show({ message: m.system_retried(), color: 'green' }),
    onError: (error) =>
      error instanceof Problem && error.code === 'not_stuck'
        ? notifications.show({ message: m.system_retried_before() })
        : tellRefusal(error),
    onSettled: () => queries.invalidateQueries({ queryKey: ['system'] }),
  })
}
