import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../../db/model/moves.ts'
import { NAMED_MAX, NO_TALLY, sumOf, tallyOf } from '../../../db/model/tally.ts'

const outcome = fc.constantFrom<Outcome>(
  { outcome: 'moved', changeId: 'c', seq: 2 },
  { outcome: 'noop' },
  { outcome: 'stale' },
  { outcome: 'refused', code: 'order_archived' },
  { outcome: 'refused', code: 'chain_too_deep' },
)
const outcomes = fc.array(outcome, { maxLength: 40 })
const numbersOf = (list: readonly Outcome[], from = 0) => list.map((_, i) => `N-${from + i}`)

describe('the tally of a move of many orders', () => {
  it('S0-20 counts every order once, and names the first that were refused for each reason', () => {
    fc.assert(
      fc.property(outcomes, (list) => {
        const numbers = numbersOf(list)
        const { moved, unchanged, stale, refused } = tallyOf(numbers, list)
        expect(moved + unchanged + stale + refused.reduce((sum, { count }) => sum + count, 0)).toBe(list.length)
        for (const { code, count, orders } of refused) {
          const those = numbers.filter((_, i) => 'code' in list[i]! && list[i].code === code)
          expect(count).toBe(those.length)
          expect(orders).toEqual(those.slice(0, NAMED_MAX))
        }
      }),
    )
  })

  it('is the same whether orders are counted in one step or in two', () => {
    fc.assert(
      fc.property(outcomes, outcomes, (first, second) => {
        const [a, b] = [numbersOf(first), numbersOf(second, first.length)]
        const whole = tallyOf([...a, ...b], [...first, ...second])
        expect(sumOf(tallyOf(a, first), tallyOf(b, second))).toEqual(whole)
        expect(sumOf(NO_TALLY, whole)).toEqual(whole)
      }),
    )
  })
})
