import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CODE_FORM, suggestCode } from '../../../db/model/status-code.ts'

describe('suggestCode', () => {
  it.each([
    ['Waiting for payment', 'waiting-for-payment'],
    ['Чекає на оплату', 'chekaie-na-oplatu'],
    ['Готівка у відділенні', 'hotivka-u-viddilenni'],
    ['Новая почта', 'novaia-pochta'],
    ['Объём, щётка и подъезд', 'obem-shchetka-i-podezd'],
    ['Σε αναμονή πληρωμής', 'se-anamoni-pliromis'],
    ['Ευχαριστούμε', 'evcharistoume'],
    ['Zoë & Straße', 'zoe-strasse'],
    ['  2nd   try!  ', '2nd-try'],
  ])('makes of %j the code %j', (name, code) => expect(suggestCode(name, [])).toBe(code))

  it('takes the next number when the code is taken', () => {
    expect(suggestCode('Sent', ['sent'])).toBe('sent-2')
    expect(suggestCode('Sent', ['sent', 'sent-2', 'sent-4'])).toBe('sent-3')
  })

  it('suggests nothing where no letter can be read', () => expect(suggestCode('🚚 — 中文', ['x'])).toBe(''))

  it('suggests only codes that the store takes and that are free, whatever the name', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'abж щїіґ ς ού é-_.9😀 Ъ'), maxLength: 120 })
    fc.assert(
      fc.property(fc.oneof(letters, fc.string({ unit: 'grapheme' })), fc.nat(3), (name, repeats) => {
        const taken: string[] = []
        for (let i = 0; i <= repeats; i++) {
          const code = suggestCode(name, taken)
          if (code === '') return
          expect(code).toMatch(CODE_FORM)
          expect(taken).not.toContain(code)
          taken.push(code)
        }
      }),
    )
  })
})
