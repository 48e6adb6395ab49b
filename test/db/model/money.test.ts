import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toDecimal, toHundredths } from '../../../db/model/money.ts'

describe('toDecimal', () => {
  it.each([
    ['100.00', '100.00'],
    ['-10.00', '-10.00'],
    ['−10.00', '-10.00'],
    ['+5', '5'],
    [29.35, '29.35'],
    [30, '30'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['007.50', '7.50'],
    [-0, '0'],
    ['-0.00', '0.00'],
  ])('reads %j as %s', (raw, decimal) => {
    expect(toDecimal(raw)).toBe(decimal)
  })

  it.each([
    ['1 713 грн', '1713'],
    ['1\u00a0713\u00a0грн', '1713'],
    ['1 234,50 грн', '1234.50'],
    ['1\u202f234,50 грн.', '1234.50'],
    ['1,234.50', '1234.50'],
    ['1.234,50 €', '1234.50'],
    ["1'234.50 CHF", '1234.50'],
    ['1,234,567.89', '1234567.89'],
    ['1.234.567', '1234567'],
    ['1,234', '1234'],
    ['12,5', '12.5'],
    ['0,500', '0.50'],
    ['-$1,234.50', '-1234.50'],
    ['US$ 5', '5'],
    ['12,50 zł', '12.50'],
    ['₴1 713', '1713'],
  ])('reads %j, as people write it, as %s', (raw, decimal) => {
    expect(toDecimal(raw)).toBe(decimal)
  })

  it.each([
    ['1.005', '1.01'],
    [1.005, '1.01'],
    ['-1.005', '-1.01'],
    ['1.00499999999999999999', '1.00'],
    ['0.999', '1.00'],
    ['99.995', '100.00'],
    [0.1 + 0.2, '0.30'],
    ['-0.004', '0.00'],
    [1e-9, '0'],
    ['999999999999.994', '999999999999.99'],
  ])('rounds %j half up to %s', (raw, decimal) => {
    expect(toDecimal(raw)).toBe(decimal)
  })

  it.each([
    ['', '   ', '.', '-', '$', 'грн', 'abc', 'NaN', '1e5', '0x10', '--5', '(5)'],
    ['12 34', '1.2.3', '1,2,3', '1..', '5 apples', '10-20', '1 713 грн грн', '9'.repeat(61)],
    [null, undefined, true, [], {}, Number.NaN, Number.POSITIVE_INFINITY],
    ['1000000000000', '999999999999.995', '1 000 000 000 000', 1e12, -1e12, 1e21],
  ])('gives null for what is no amount or has more than twelve digits: %j', (...raws) => {
    for (const raw of raws) expect([raw, toDecimal(raw)]).toEqual([raw, null])
  })

  it('keeps every amount of cents exactly, with a point or a comma, grouped or not', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 14n) + 1n, max: 10n ** 14n - 1n }), (hundredths) => {
        const digits = String(hundredths < 0n ? -hundredths : hundredths).padStart(3, '0')
        const [sign, whole, cents] = [hundredths < 0n ? '-' : '', digits.slice(0, -2), digits.slice(-2)]
        const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '\u00a0')
        expect(toDecimal(`${sign}${whole}.${cents}`)).toBe(`${sign}${whole}.${cents}`)
        expect(toDecimal(`${sign}${grouped},${cents} грн`)).toBe(`${sign}${whole}.${cents}`)
        expect(toHundredths(`${sign}${whole}.${cents}`)).toBe(hundredths)
      }),
    )
  })

  it('never throws, and what it gives it reads back as the same', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.stringMatching(/^[-$ 0-9.,'грн]{0,16}$/)), (raw) => {
        const decimal = toDecimal(raw)
        if (decimal === null) return
        expect(decimal).toMatch(/^-?\d{1,12}(\.\d{1,2})?$/)
        expect(toDecimal(decimal)).toBe(decimal)
      }),
    )
  })
})

describe('toHundredths', () => {
  it.each([
    ['5', 500n],
    ['5.1', 510n],
    ['-0.05', -5n],
    ['-10.00', -1000n],
    ['999999999999.99', 99999999999999n],
  ])('counts %s as %s hundredths', (decimal, hundredths) => {
    expect(toHundredths(decimal)).toBe(hundredths)
  })
})
