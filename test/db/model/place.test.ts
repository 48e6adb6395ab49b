import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fixedMs, shortestMs, UNITS } from '../../../db/model/period.ts'
import { EMPTY_LOOK_MIN_MS, LOOK_MAX_MS, lookAgainAtMs, mayComeEarly, tickMs } from '../../../db/model/place.ts'

const NOW = Date.parse('2026-03-01T12:00:00Z')
const HOUR = 3_600_000
const period = fc.record({ amount: fc.integer({ min: 1, max: 999_999 }), unit: fc.constantFrom(...UNITS) })
const earliest = fc.option(fc.integer({ min: NOW - 40 * LOOK_MAX_MS, max: NOW + 40 * LOOK_MAX_MS }))

describe('tickMs', () => {
  it.each([
    [{ amount: 1, unit: 'second' }, 1_000],
    [{ amount: 1, unit: 'hour' }, 1_000],
    [{ amount: 15, unit: 'hour' }, 5_400],
    [{ amount: 14, unit: 'day' }, 10_000],
    [{ amount: 1, unit: 'month' }, 10_000],
  ] as const)('is a ten-thousandth of %j, from one second to ten', (p, ms) => {
    expect(tickMs(p)).toBe(ms)
  })
})

describe('lookAgainAtMs', () => {
  it.each([
    ['at an empty place after one period', { amount: 1, unit: 'hour' }, null, HOUR],
    [
      'an empty place with a short period only after ten minutes',
      { amount: 5, unit: 'second' },
      null,
      EMPTY_LOOK_MIN_MS,
    ],
    ['at an empty place with a long period after a day', { amount: 14, unit: 'day' }, null, LOOK_MAX_MS],
    ['at the earliest deadline', { amount: 1, unit: 'hour' }, 40 * 60_000, 40 * 60_000],
    ['not before the tick', { amount: 1, unit: 'hour' }, 300, 1_000],
  ] as const)('looks %s', (_, p, earliestIn, expectedIn) => {
    expect(lookAgainAtMs(p, NOW, earliestIn === null ? null : NOW + earliestIn)).toBe(NOW + expectedIn)
  })

  it('is never before now, and at most a day ahead', () => {
    fc.assert(
      fc.property(period, earliest, (p, at) => {
        const look = lookAgainAtMs(p, NOW, at)
        expect(look).toBeGreaterThan(NOW)
        expect(look).toBeLessThanOrEqual(NOW + LOOK_MAX_MS)
      }),
    )
  })

  it('keeps nobody waiting for longer than the tick, nor looks before anybody is due', () => {
    const ahead = fc.integer({ min: NOW, max: NOW + LOOK_MAX_MS })
    fc.assert(
      fc.property(period, ahead, (p, at) => {
        const nearest = Math.min(at, NOW + shortestMs(p))
        const look = lookAgainAtMs(p, NOW, nearest)
        expect(look).toBeLessThanOrEqual(nearest + tickMs(p))
        expect(look).toBeGreaterThanOrEqual(nearest)
      }),
    )
  })

  it('sleeps past the deadline of no newcomer who does not ask for a wake', () => {
    fc.assert(
      fc.property(period, earliest, fc.nat(LOOK_MAX_MS), (p, at, later) => {
        const ms = fixedMs(p)
        if (ms === null || mayComeEarly(p)) return
        expect(lookAgainAtMs(p, NOW, at)).toBeLessThanOrEqual(NOW + later + ms)
      }),
    )
  })
})
