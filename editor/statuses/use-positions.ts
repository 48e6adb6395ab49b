import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type StatusCount, statusCountsQuery } from '../orders/order-queries.ts'
import { api, ask } from '../shell/api.ts'
import { tellRefusal } from '../shell/tell-refusal.ts'
import { m } from '../texts/paraglide/messages.js'
import { movedTo, neighbour, placeOf } from './positions.ts'

export interface Positions {
  /** What a screen reader hears after a move. */
  said: string
  moveBy: (status: StatusCount, by: -1 | 1) => void
  moveTo: (status: StatusCount, code: string) => void
  /** The status that hangs on the mouse. */
  dragged: StatusCount | null
  drag: (status: StatusCount | null) => void
}

/** Puts statuses in another order: shown at once, and taken back if the server says no. */
export function usePositions(): Positions {
  const queries = useQueryClient()
  const [said, setSaid] = useState('')
  const [dragged, drag] = useState<StatusCount | null>(null)
  const { queryKey } = statusCountsQuery
  const { mutate } = useMutation({
    mutationFn: ({ type, after }: { type: StatusCount['type']; after: StatusCount[] }) => {
      const codes = after.filter((s) => s.type === type).map((s) => s.code)
      return ask(api.statuses[':type'].$put({ param: { type }, json: { codes } }))
    },
    onMutate: async ({ after }) => {
      await queries.cancelQueries({ queryKey })
      queries.setQueryData(queryKey, after)
    },
    onError: (error) => tellRefusal(error),
    onSettled: () => queries.invalidateQueries({ queryKey }),
  })
  const moveTo = (status: StatusCount, code: string) => {
    const after = movedTo(queries.getQueryData(queryKey) ?? [], status, code)
    if (!after) return
    mutate({ type: status.type, after })
    setSaid(m.statuses_moved({ name: status.name, ...placeOf(after, status) }))
  }
  const moveBy = (status: StatusCount, by: -1 | 1) => {
    const other = neighbour(queries.getQueryData(queryKey) ?? [], status, by)
    if (other) moveTo(status, other.code)
    else setSaid(by < 0 ? m.statuses_moved_first({ name: status.name }) : m.statuses_moved_last({ name: status.name }))
  }
  return { said, moveBy, moveTo, dragged, drag }
}
