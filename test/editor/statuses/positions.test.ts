import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { movedTo, neighbour, placeOf } from '../../../editor/statuses/positions.ts'
import { status } from './status.ts'

const list = [
  status({ code: 'new', group: 'processing' }),
  status({ code: 'a' }),
  status({ code: 'sent', group: 'sent' }),
  status({ code: 'b' }),
  status({ code: 'c' }),
  status({ code: 'in', container: 'X' }),
]
const at = (code: string) => list.find((s) => s.code === code)!
const codes = (of: typeof list | null) => of?.map((s) => s.code).join(' ')

describe('moving a status', () => {
  it('takes the place of a neighbour, and those between make room', () => {
    expect(codes(movedTo(list, at('a'), 'c'))).toBe('new b sent c a in')
    expect(codes(movedTo(list, at('c'), 'a'))).toBe('new c sent a b in')
  })

  it.each([
    ['of another group', 'sent'],
    ['in a container', 'in'],
    ['itself', 'a'],
    ['that is gone', 'nowhere'],
  ])('does not take the place of one %s', (_, to) => {
    expect(movedTo(list, at('a'), to)).toBeNull()
  })

  it('knows its neighbours, and its place among them', () => {
    expect([neighbour(list, at('b'), -1)?.code, neighbour(list, at('b'), 1)?.code]).toEqual(['a', 'c'])
    expect([neighbour(list, at('a'), -1), neighbour(list, at('c'), 1)]).toEqual([undefined, undefined])
    expect(placeOf(list, at('b'))).toEqual({ place: 2, count: 3 })
  })

  it('keeps every status once, and those of other groups where they stand', () => {
    const statuses = fc
      .uniqueArray(fc.tuple(fc.nat(30), fc.constantFrom('accepted' as const, 'sent' as const)), {
        minLength: 2,
        selector: ([code]) => code,
      })
      .map((of) => of.map(([code, group]) => status({ code: `${code}`, group })))
    fc.assert(
      fc.property(statuses, fc.nat(), fc.nat(), (all, i, j) => {
        const [moving, to] = [all[i % all.length]!, all[j % all.length]!]
        const after = movedTo(all, moving, to.code) ?? all
        expect(after.map((s) => s.code).sort()).toEqual(all.map((s) => s.code).sort())
        expect(after.map((s) => s.group)).toEqual(all.map((s) => s.group))
      }),
    )
  })
})
