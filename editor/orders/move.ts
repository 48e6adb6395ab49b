import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import type { Axis } from '../../db/model/status.ts'
import { api, ask } from '../shell/api.ts'
import { queries } from '../shell/queries.ts'
import { tellRefusal } from '../shell/tell-refusal.ts'
import { m } from '../texts/paraglide/messages.js'

export interface MoveWish {
  number: string
  type: Axis
  code: string
  /** The status's name, to say what happened. */
  name: string
  silent?: boolean
}

/** What people hear of a move that the store took; by what came of it. */
const HEARD = {
  moved: ({ number, name }: MoveWish) => m.move_moved({ order: number, status: name }),
  noop: ({ number, name }: MoveWish) => m.move_noop({ order: number, status: name }),
  stale: ({ number }: MoveWish) => m.move_stale({ order: number }),
}

/** Moves an order and says so; a refusal is said as well. The notices are live regions. */
export const useMove = () =>
  useMutation({
    mutationFn: async (wish: MoveWish) => {
      const { number, type, code, silent = false } = wish
      const param = { number: encodeURIComponent(number) }
      return ask(api.orders[':number'].status.$put({ param, json: { type, code, silent } }))
    },
    onSuccess: ({ outcome }, wish) =>
      notifications.show({ message: HEARD[outcome](wish), color: outcome === 'moved' ? 'teal' : 'gray' }),
    onError: (error, { number }) => tellRefusal(error, m.move_refused({ order: number })),
    onSettled: askAgain,
  })

/** Asks again for orders and counts. Not waited for: who changed something need not wait until everything is asked again. */
export function askAgain(): void {
  void queries.invalidateQueries({ queryKey: ['orders'] })
  void queries.invalidateQueries({ queryKey: ['statuses'] })
}
