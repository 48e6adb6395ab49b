import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chunks, groupBy } from '../../../db/model/lists.ts'

describe('groupBy', () => {
  it('keeps the order of items within a group, and of groups by their first item', () => {
    const groups = groupBy([3, 1, 4, 1, 5, 9, 2, 6], (n) => n % 3)
    expect([...groups]).toEqual([
      [0, [3, 9, 6]],
      [1, [1, 4, 1]],
      [2, [5, 2]],
    ])
  })
})

describe('chunks', () => {
  it('cuts a list into pieces that together are the list, all but the last of the full size', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.integer({ min: 1, max: 9 }), (list, size) => {
        const pieces = chunks(list, size)
        expect(pieces.flat()).toEqual(list)
        expect(pieces.slice(0, -1).every((p) => p.length === size)).toBe(true)
        expect(pieces.every((p) => p.length > 0)).toBe(true)
      }),
    )
  })
})
