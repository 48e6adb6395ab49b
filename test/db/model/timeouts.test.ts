import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findCycle } from '../../../db/model/timeouts.ts'

const edges = (text: string) => text.split(' ').map((pair) => ({ from: pair[0]!, to: pair[1]! }))

describe('findCycle', () => {
  it.each([
    ['AB BA', ['A', 'B', 'A']],
    ['AB BC CA', ['A', 'B', 'C', 'A']],
    ['AB BC CB', ['B', 'C', 'B']],
    ['XA AB BC CA', ['A', 'B', 'C', 'A']],
    ['AA', ['A', 'A']],
  ])('names the statuses round %s, the first one again at the end', (text, cycle) => {
    expect(findCycle(edges(text))).toEqual(cycle)
  })

  it.each(['AB', 'AB BC CD', 'AC BC', 'AB CD'])('finds none in %s, a chain or several', (text) => {
    expect(findCycle(edges(text))).toBeNull()
  })

  it('finds a circle exactly where following the timeouts never ends', () => {
    const anyEdges = fc.uniqueArray(fc.record({ from: fc.nat(12).map(String), to: fc.nat(12).map(String) }), {
      selector: (e) => e.from,
    })
    fc.assert(
      fc.property(anyEdges, (list) => {
        const next = new Map(list.map((e) => [e.from, e.to]))
        const endless = list.some(({ from }) => {
          let at: string | undefined = from
          for (let n = 0; at !== undefined && n <= list.length; n++) at = next.get(at)
          return at !== undefined
        })
        const cycle = findCycle(list)
        expect(cycle !== null).toBe(endless)
        if (!cycle) return
        expect(cycle.at(-1)).toBe(cycle[0])
        for (const [i, at] of cycle.slice(0, -1).entries()) expect(next.get(at)).toBe(cycle[i + 1])
      }),
    )
  })
})
