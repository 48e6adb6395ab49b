import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Change, drawFlow, mergeRest, standsFor } from '../../../editor/analytics/sankey.ts'

const change = (line: string): Change => {
  const [from, to, orders] = line.split(' ')
  return { from: from!, to: to!, orders: Number(orders) }
}
const lines = (changes: readonly Change[]) => changes.map(({ from, to, orders }) => `${from} ${to} ${orders}`)
const sum = (changes: readonly Change[]) => changes.reduce((all, { orders }) => all + orders, 0)

const ids = ['a', 'b', 'c', 'd', 'e', 'f']
const anyChanges = fc.uniqueArray(
  fc.record({
    from: fc.constantFrom(...ids, 'new', 'other', 'rest'),
    to: fc.constantFrom(...ids, 'other', 'rest'),
    orders: fc.integer({ min: 1, max: 9 }),
  }),
  { selector: ({ from, to }) => `${from} ${to}`, maxLength: 40 },
)

/** Takes nodes away that nothing leads to, as long as there are any; what is left goes round in circles. */
function circlesIn(links: readonly Change[]): Change[] {
  const left = links.filter(({ from }) => links.some(({ to }) => to === from))
  return left.length === links.length ? [...links] : circlesIn(left)
}

describe('the drawing of a flow', () => {
  it('never leads round in a circle, and no order is lost', () => {
    fc.assert(
      fc.property(anyChanges, (changes) => {
        const { nodes, links, back } = drawFlow(changes)
        expect(circlesIn(links)).toEqual([])
        const drawn = links.map(({ from, to, orders }) => ({ from: standsFor(from), to: standsFor(to), orders }))
        expect(lines([...drawn, ...back]).sort()).toEqual(lines(changes).sort())
        expect([...nodes].sort()).toEqual([...new Set(links.flatMap(({ from, to }) => [from, to]))].sort())
      }),
    )
  })

  it('keeps apart only what would close a circle', () => {
    fc.assert(
      fc.property(anyChanges, (changes) => {
        const { links, back } = drawFlow(changes)
        for (const { from, to } of back) expect(circlesIn([...links, { from, to, orders: 1 }])).not.toEqual([])
      }),
    )
  })

  it('shows what most orders do, and keeps apart the fewer that go back', () => {
    const { links, back } = drawFlow(['b a 2', 'a b 9', 'b c 5', 'c a 1', 'new a 9'].map(change))
    expect(lines(links)).toEqual(['a b 9', 'new a 9', 'b c 5'])
    expect(lines(back)).toEqual(['b a 2', 'c a 1'])
  })

  it('draws what stands for many on both sides, so that all of it is drawn', () => {
    const { links, back } = drawFlow(['other a 1', 'a other 1', 'rest rest 1'].map(change))
    expect(lines(links)).toEqual(['a to:other 1', 'from:other a 1', 'from:rest to:rest 1'])
    expect(back).toEqual([])
  })
})

describe('counting what is small as the rest', () => {
  it('keeps the sums of what is kept, and every order', () => {
    fc.assert(
      fc.property(anyChanges, fc.subarray(ids), (changes, kept) => {
        const merged = mergeRest(changes, new Set(kept))
        expect(sum(merged)).toBe(sum(changes))
        for (const id of [...kept, 'new', 'other'])
          for (const end of ['from', 'to'] as const)
            expect(sum(merged.filter((c) => c[end] === id))).toBe(sum(changes.filter((c) => c[end] === id)))
        const pairs = merged.map(({ from, to }) => `${from} ${to}`)
        expect(new Set(pairs).size).toBe(pairs.length)
        const known = new Set([...kept, 'new', 'other', 'rest'])
        expect(merged.every(({ from, to }) => known.has(from) && known.has(to))).toBe(true)
      }),
    )
  })
})
