import { groupBy } from './lists.ts'
import type { Outcome } from './moves.ts'
import type { RefusalCode } from './refusal.ts'

/** Numbers that are named for each reason; the rest are counted. */
export const NAMED_MAX = 10

/** What came of moving many orders. */
export interface Tally {
  moved: number
  /** They had the status already. */
  unchanged: number
  /** Somebody else moved them between the choice and the move, so they were left alone. */
  stale: number
  refused: RefusedOrders[]
}
/** Orders that were refused for one reason. */
export interface RefusedOrders {
  code: RefusalCode
  count: number
  /** Numbers of the first NAMED_MAX. */
  orders: string[]
}

export const NO_TALLY: Tally = { moved: 0, unchanged: 0, stale: 0, refused: [] }

/** Counts outcomes; `numbers` names their orders, in the same order. Source: S0-20. */
export function tallyOf(numbers: readonly string[], outcomes: readonly Outcome[]): Tally {
  const count = (wanted: Outcome['outcome']) => outcomes.filter(({ outcome }) => outcome === wanted).length
  const refused = outcomes.flatMap((o, i) => (o.outcome === 'refused' ? [{ code: o.code, number: numbers[i]! }] : []))
  return {
    moved: count('moved'),
    unchanged: count('noop'),
    stale: count('stale'),
    refused: [...groupBy(refused, (r) => r.code)].map(([code, group]) =>
      refusedFor(
        code,
        group.map((r) => r.number),
      ),
    ),
  }
}

/** Orders that are refused for this reason. */
export const refusedFor = (code: RefusalCode, numbers: readonly string[]): RefusedOrders => ({
  code,
  count: numbers.length,
  orders: numbers.slice(0, NAMED_MAX),
})

/** Two tallies as one; the reasons in the order of their first appearance. */
export function sumOf(a: Tally, b: Tally): Tally {
  return {
    moved: a.moved + b.moved,
    unchanged: a.unchanged + b.unchanged,
    stale: a.stale + b.stale,
    refused: [...groupBy([...a.refused, ...b.refused], (r) => r.code)].map(([code, group]) => ({
      code,
      count: group.reduce((sum, { count }) => sum + count, 0),
      orders: group.flatMap(({ orders }) => orders).slice(0, NAMED_MAX),
    })),
  }
}
