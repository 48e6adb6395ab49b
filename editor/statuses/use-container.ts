import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'

/** Changes something of a container; lists of statuses show it at once. */
export function useContainer(work: () => Promise<unknown>, { told, onDone }: { told: string; onDone?: () => void }) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: work,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['statuses'] })
      notifications.show({ message: told })
      onDone?.()
    },
  })
}
