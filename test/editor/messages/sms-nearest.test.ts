import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { VARIABLES } from '../../../db/model/sms.ts'
import { editsBetween, nearest } from '../../../editor/messages/sms-nearest.ts'

const NAMES = Object.keys(VARIABLES)

describe('editsBetween', () => {
  it.each([
    ['', 'abc', 3],
    ['order', 'order', 0],
    ['numbr', 'number', 1],
    ['nubmer', 'number', 1],
    ['totla', 'total', 1],
    ['kitten', 'sitting', 3],
  ])('counts %j → %j as %i', (a, b, edits) => expect(editsBetween(a, b)).toBe(edits))

  it('is the same both ways, and nothing only for the same word', () => {
    const word = fc.string({ maxLength: 12 })
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editsBetween(a, b)).toBe(editsBetween(b, a))
        expect(editsBetween(a, b) === 0).toBe(a === b)
      }),
    )
  })
})

describe('nearest', () => {
  it('finds every variable with one letter dropped, doubled or changed', () => {
    const slip = fc.record({ name: fc.constantFrom(...NAMES), at: fc.nat(8), by: fc.constantFrom('', 'xx', 'q') })
    fc.assert(
      fc.property(slip, ({ name, at, by }) => {
        expect(nearest(name.slice(0, at) + by + name.slice(at + 1), NAMES)).toBe(name)
      }),
    )
  })

  it('takes capitals for small letters', () => expect(nearest('Order.Number', NAMES)).toBe('order.number'))

  it('guesses nothing for a word that is like none', () => {
    expect(nearest('weather', NAMES)).toBeNull()
    expect(nearest('x'.repeat(5_000), NAMES)).toBeNull()
    expect(nearest('anything', [])).toBeNull()
  })
})
