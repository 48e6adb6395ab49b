import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fixedMs, formatPeriod, longestMs, parsePeriod, shortestMs, UNITS } from '../../../db/model/period.ts'

const anyPeriod = fc.record({ amount: fc.integer({ min: 1, max: 999_999 }), unit: fc.constantFrom(...UNITS) })

describe('periods', () => {
  it.each([
    ['PT5S', { amount: 5, unit: 'second' }, 5_000],
    ['PT90M', { amount: 90, unit: 'minute' }, 5_400_000],
    ['PT2H', { amount: 2, unit: 'hour' }, 7_200_000],
    ['P14D', { amount: 14, unit: 'day' }, 1_209_600_000],
    ['P2W', { amount: 2, unit: 'week' }, 1_209_600_000],
    ['P1M', { amount: 1, unit: 'month' }, null],
    ['P007D', { amount: 7, unit: 'day' }, 604_800_000],
  ])('reads %s', (iso, period, ms) => {
    expect(parsePeriod(iso)).toEqual(period)
    expect(fixedMs(period as never)).toBe(ms)
  })

  it.each([
    '',
    'P',
    'PT',
    'P0D',
    'PT0S',
    'P1Y',
    'P1DT2H',
    'P1.5D',
    'P-1D',
    '-P1D',
    'p1d',
    ' P1D',
    'P1D ',
    'P1S',
    'PT1D',
    'P1000000D',
    '14',
  ])('does not read %j', (iso) => expect(parsePeriod(iso)).toBeNull())

  it('reads back every period it writes', () => {
    fc.assert(
      fc.property(anyPeriod, (period) => {
        expect(parsePeriod(formatPeriod(period))).toEqual(period)
      }),
    )
  })

  it('takes only months as of different lengths, from 28 to 31 days, give or take a clock change', () => {
    fc.assert(
      fc.property(anyPeriod, (period) => {
        const hours = (ms: number) => Math.round(ms / 3_600_000 / period.amount)
        if (period.unit !== 'month')
          expect([shortestMs(period), longestMs(period)]).toEqual(Array(2).fill(fixedMs(period)))
        else expect([hours(shortestMs(period)), hours(longestMs(period))]).toEqual([28 * 24 - 2, 31 * 24 + 2])
      }),
    )
  })
})
