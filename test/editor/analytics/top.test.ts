import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { added, SHOWN_MAX, shadesOf, splitTop, sumOf } from '../../../editor/analytics/top.ts'

const sizes = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 40 })

describe('what a chart shows', () => {
  it('is the largest in their own order, with nothing lost but what is nothing', () => {
    fc.assert(
      fc.property(sizes, (counts) => {
        const items = counts.map((count, i) => ({ i, count }))
        const { shown, rest } = splitTop(items, ({ count }) => count)
        const order = shown.map(({ i }) => i)
        expect(order).toEqual([...order].sort((a, b) => a - b))
        expect(sumOf([...shown, ...rest].map(({ count }) => count))).toBe(sumOf(counts))
        const least = Math.min(...shown.map(({ count }) => count))
        expect(rest.every(({ count }) => count <= least)).toBe(true)
        expect(shown.length).toBeLessThanOrEqual(SHOWN_MAX + 1)
        expect(rest.length).not.toBe(1)
      }),
    )
  })

  it('adds the days of the rest up', () => {
    expect(
      added([
        [1, 2, 3],
        [10, 0, 1],
      ]),
    ).toEqual([11, 2, 4])
    expect(added([])).toEqual([])
  })

  it('has a colour of its own for each of a group, the first in the colour of the group', () => {
    const items = ['a', 'b', 'c'].map((id) => ({ id, meaning: 'sent' }))
    const colours = shadesOf([...items, { id: 'd', meaning: 'paid' }], (meaning) => `#${meaning}`)
    expect(colours.get('a')).toBe('#sent')
    expect(colours.get('d')).toBe('#paid')
    expect(new Set(colours.values()).size).toBe(4)
  })
})
