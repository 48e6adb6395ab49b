import type { RefusedOrders, Tally } from '../../db/model/tally.ts'
import { refusalWords } from '../shell/refusal-words.ts'
import { m } from '../texts/paraglide/messages.js'
import { REFUSAL_WORDS } from './refusal-words.ts'

/** What people hear of a move of many orders. */
export interface BulkWords {
  title: string
  lines: string[]
  /** Nothing was refused. */
  isGood: boolean
}

export function bulkWords({ moved, unchanged, stale, refused }: Tally, status: string): BulkWords {
  return {
    title: m.bulk_moved({ count: moved, status }),
    lines: [
      ...(unchanged > 0 ? [m.bulk_unchanged({ count: unchanged })] : []),
      ...(stale > 0 ? [m.bulk_stale({ count: stale })] : []),
      ...refused.flatMap(refusedWords),
    ],
    isGood: refused.length === 0,
  }
}

const refusedWords = (refused: RefusedOrders): string[] => [
  m.bulk_refused({ count: refused.count, reason: refusalWords(refused.code) ?? REFUSAL_WORDS[refused.code]! }),
  namedOf(refused),
]

/** `T-1, T-2 and 12 more`: the orders that an answer names, of so many. */
export function namedOf({ count, orders }: { count: number; orders: readonly string[] }): string {
  const named = orders.join(', ')
  return count > orders.length ? m.bulk_orders_more({ orders: named, count: count - orders.length }) : named
}
