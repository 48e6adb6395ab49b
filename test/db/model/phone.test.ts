import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toE164 } from '../../../db/model/phone.ts'

describe('toE164', () => {
  it.each([
    ['067 123 45 67', 'UA', '+380671234567'],
    ['671234567', 'UA', '+380671234567'],
    ['380671234567', 'UA', '+380671234567'],
    ['38(067)123-45-67', 'UA', '+380671234567'],
    ['8 (912) 345-67-89', 'RU', '+79123456789'],
    ['(555) 555-5555', 'US', '+15555555555'],
    ['  067\u00a0123\u00a045\u00a067 ', 'ua', '+380671234567'],
  ])('reads the national form %j in %s', (raw, region, number) => {
    expect(toE164(raw, region)).toBe(number)
  })

  it.each([
    ['+380 67 123-45-67', 'US'],
    ['+380 67 123-45-67', 'XX'],
    ['+380 67 123-45-67', ''],
    ['＋380671234567', 'PL'],
    ['00380671234567', 'UA'],
    ['00 380 67 123 45 67', 'US'],
    ['011 380 67 123 45 67', 'US'],
    ['tel. +380671234567 ext. 12', 'UA'],
  ])('reads the international form %j whatever the region (%j)', (raw, region) => {
    expect(toE164(raw, region)).toBe('+380671234567')
  })

  it.each([
    ['', 'UA'],
    ['   ', 'UA'],
    [null, 'UA'],
    [undefined, 'UA'],
    ['112', 'UA'],
    ['067 123 45', 'UA'],
    ['80671234567', 'UA'],
    ['067 123 45 67', 'US-CA'],
    ['067 123 45 67', 'constructor'],
    ['0671234567, 0501112233', 'UA'],
    ['12.05.2024', 'UA'],
    ['+43 00000 0', 'AT'],
    ['call me', 'UA'],
  ])('gives null for %j in %j, which names no possible number', (raw, region) => {
    expect(toE164(raw, region)).toBeNull()
  })

  it('gives null for a text of any length', () => {
    for (const sign of '0+( -') expect(toE164(sign.repeat(100_000), 'UA')).toBeNull()
  })

  it('never throws, and what it gives it reads back as the same', () => {
    const anySign = fc.nat(0xffff).map((code) => String.fromCharCode(code))
    const digits = fc.stringMatching(/^[+0-9 ()\-;=a-z]{0,24}$/)
    const regions = fc.oneof(fc.constantFrom('UA', 'US', 'DE', 'RU', '001'), fc.string())
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: anySign }), digits), regions, (raw, region) => {
        const number = toE164(raw, region)
        if (number === null) return
        expect(number).toMatch(/^\+[1-9]\d{1,16}$/)
        expect(toE164(number, 'UA')).toBe(number)
      }),
    )
  })
})
