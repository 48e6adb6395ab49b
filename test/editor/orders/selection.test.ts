import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  chosenOf,
  countOf,
  EVERYTHING,
  isSelected,
  kept,
  NOTHING,
  pageOf,
  type Selection,
  toggled,
  toggledPage,
} from '../../../editor/orders/selection.ts'

const SHOWN = ['A', 'B', 'C']
const some = (...numbers: string[]): Selection => ({ numbers: new Set(numbers), isAll: false })

describe('choosing orders of a list', () => {
  it('takes one in and out again, whatever else is chosen', () => {
    fc.assert(
      fc.property(fc.subarray(SHOWN), fc.constantFrom(...SHOWN), (numbers, number) => {
        const before = some(...numbers)
        const after = toggled(before, number, SHOWN)
        expect(isSelected(after, number)).toBe(!numbers.includes(number))
        expect(toggled(after, number, SHOWN).numbers).toEqual(before.numbers)
      }),
    )
  })

  it('takes all of the page, and none where all are chosen', () => {
    expect(toggledPage(NOTHING, SHOWN)).toEqual(some(...SHOWN))
    expect(toggledPage(some('B'), SHOWN)).toEqual(some(...SHOWN))
    expect(toggledPage(some(...SHOWN), SHOWN)).toEqual(NOTHING)
    expect(toggledPage(EVERYTHING, SHOWN)).toEqual(NOTHING)
  })

  it('leaves the others of the page when one of all on every page is taken out', () => {
    expect(toggled(EVERYTHING, 'B', SHOWN)).toEqual(some('A', 'C'))
  })

  it('forgets what is no longer shown, but not that all were meant', () => {
    expect(kept(some('A', 'gone'), SHOWN)).toEqual(some('A'))
    expect(kept(EVERYTHING, SHOWN).isAll).toBe(true)
  })

  it.each([
    [NOTHING, 'none', 0],
    [some('A'), 'some', 1],
    [some(...SHOWN), 'all', 3],
    [EVERYTHING, 'all', 412],
  ] as const)('%# counts what is chosen', (selection, page, count) => {
    expect(pageOf(selection, SHOWN)).toBe(page)
    expect(countOf(selection, 412)).toBe(count)
  })
})

it('names chosen orders by their numbers, and all of a list by its filters alone', () => {
  const search = { type: 'payment', status: 'paid', q: 'x', page: 3, archived: true } as const
  expect(chosenOf(some('A'), search)).toEqual({ numbers: ['A'] })
  expect(chosenOf(EVERYTHING, search)).toEqual({ all: { type: 'payment', status: 'paid', q: 'x' } })
})
