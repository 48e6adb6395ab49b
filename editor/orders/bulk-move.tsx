import { Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Axis } from '../../db/model/status.ts'
import { NO_TALLY, sumOf, type Tally } from '../../db/model/tally.ts'
import { api, ask } from '../shell/api.ts'
import { sentenceOf } from '../shell/states.tsx'
import { bulkWords } from './bulk-words.ts'
import { askAgain } from './move.ts'
import type { ChosenOrders } from './selection.ts'

export interface BulkWish {
  chosen: ChosenOrders
  type: Axis
  code: string
  /** The status's name, to say what happened. */
  name: string
  silent: boolean
}

/** Moves many orders and says what came of it; `done` counts those that had their turn while it goes on. */
export function useBulkMove(onDone: () => void) {
  const [done, setDone] = useState(0)
  const move = useMutation({
    mutationFn: (wish: BulkWish) => moveAll(wish, setDone),
    onSuccess: tell,
    onSettled: () => {
      setDone(0)
      onDone()
      askAgain()
    },
  })
  return { ...move, done }
}

/** A call takes some thousands of a list; what was moved counts, also when a later call is lost. */
async function moveAll({ chosen, type, code, silent }: BulkWish, onStep: (done: number) => void) {
  let tally = NO_TALLY
  let before: string | undefined
  try {
    do {
      const json = { ...chosen, type, code, silent, ...(before !== undefined && { before }) }
      const { next, ...step } = await ask(api.orders.move.$post({ json }))
      tally = sumOf(tally, step)
      onStep(turnsOf(tally))
      before = next ?? undefined
    } while (before !== undefined)
  } catch (error) {
    return { tally, error: error as Error }
  }
  return { tally, error: null }
}

const turnsOf = ({ moved, unchanged, stale, refused }: Tally): number =>
  refused.reduce((sum, { count }) => sum + count, moved + unchanged + stale)

function tell({ tally, error }: { tally: Tally; error: Error | null }, { name }: BulkWish): void {
  const { title, lines, isGood } = bulkWords(tally, name)
  const all = error ? [...lines, sentenceOf(error)] : lines
  notifications.show({
    title,
    message: all.map((line) => (
      <Text key={line} size="sm">
        {line}
      </Text>
    )),
    color: error ? 'red' : isGood ? 'teal' : 'orange',
    // reasons take longer to read
    ...(all.length > 0 && { autoClose: 20_000 }),
  })
}
