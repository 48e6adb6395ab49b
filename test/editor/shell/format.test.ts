import { describe, expect, it } from 'vitest'
import {
  formatAmount,
  formatCount,
  formatDate,
  formatDay,
  formatIn,
  formatMoment,
  formatPeriod,
  formatSecond,
  formatSpan,
  formatTime,
} from '../../../editor/shell/format.ts'

const AT = '2026-11-28T22:30:00Z'

describe('moments', () => {
  it('are told by the clock of the workspace', () => {
    expect(formatDay(AT, 'Europe/Kyiv')).toBe('29 Nov 2026')
    expect(formatTime(AT, 'Europe/Kyiv')).toBe('00:30')
    expect(formatMoment(AT, 'America/New_York')).toBe('28 Nov 2026, 17:30')
    expect(formatSecond(AT, 'UTC')).toBe('28 Nov 2026, 22:30:00')
  })
  it.each([
    [0, 'now'],
    [400, 'now'],
    [-400, 'now'],
    [20_000, 'in 20 seconds'],
    [89_000, 'in 89 seconds'],
    [2 * 60_000, 'in 2 minutes'],
    [-3_600_000 * 2, '2 hours ago'],
    [86_400_000, 'in 24 hours'],
    [3 * 86_400_000, 'in 3 days'],
    [-60 * 86_400_000, '2 months ago'],
  ])('%i ms away are told as "%s"', (distanceMs, words) => {
    const nowMs = Date.parse(AT)
    expect(formatIn(nowMs + distanceMs, nowMs)).toBe(words)
  })
})

it('a day of the calendar is told without its year', () => expect(formatDate('2026-11-28')).toBe('28 Nov'))

describe('lengths of time', () => {
  it.each([
    [0, '0 seconds'],
    [999, '0 seconds'],
    [1_500, '1 second'],
    [90_000, '1 minute 30 seconds'],
    [3_600_000, '1 hour'],
    [7_199_999, '2 hours'],
    [(2 * 24 + 4) * 3_600_000, '2 days 4 hours'],
    [1_284 * 86_400_000, '1,284 days'],
  ])('%i ms are "%s"', (ms, words) => expect(formatSpan(ms)).toBe(words))
})

describe('numbers', () => {
  it.each([
    ['1713', 'UAH', '₴1,713.00'],
    ['-10.5', 'EUR', '-€10.50'],
    ['999999999999.99', 'USD', '$999,999,999,999.99'],
    ['12', 'грн', '12.00 грн'],
    ['12', '', '12.00'],
  ])('%s of %s is written as %s', (total, currency, written) => {
    expect(formatAmount(total, currency)).toBe(written)
  })
  it('groups thousands', () => {
    expect(formatCount(1284)).toBe('1,284')
  })
  it.each([
    ['PT1H', '1 hour'],
    ['PT90M', '90 minutes'],
    ['P14D', '14 days'],
    ['P1M', '1 month'],
    ['P1Y', 'P1Y'],
  ])('%s lasts %s', (iso, words) => {
    expect(formatPeriod(iso)).toBe(words)
  })
})
