import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  DAYS_MAX,
  dayAt,
  daysBetween,
  daysOf,
  lastDays,
  problemsInRange,
  rangeOf,
} from '../../../db/model/day-range.ts'

const anyDay = fc.integer({ min: 0, max: 40_000 }).map((n) => addDays('1970-01-01', n))
const TODAY = '2026-10-25'

describe('days', () => {
  it('are those of the clock on the wall', () => {
    const at = Date.parse('2026-10-01T22:30:00Z')
    expect(dayAt(at, 'Europe/Kyiv')).toBe('2026-10-02')
    expect(dayAt(at, 'America/New_York')).toBe('2026-10-01')
  })
  it('follow one another over months, leap days and changes of clocks', () => {
    expect(addDays('2028-02-28', 2)).toBe('2028-03-01')
    expect(addDays('2026-10-25', 1)).toBe('2026-10-26')
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31')
  })
  it('of a range are each named once, in order', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 400 }), (from, count) => {
        const days = daysOf({ from, to: addDays(from, count) })
        expect(days).toHaveLength(count)
        expect(days).toEqual([...new Set(days)].sort())
        expect(daysBetween(from, addDays(from, count))).toBe(count)
      }),
    )
  })
})

describe('a range', () => {
  it('is the last thirty days, today included, where nothing is said', () => {
    const range = rangeOf({}, TODAY)
    expect(range).toEqual({ from: '2026-09-26', to: '2026-10-26' })
    expect(range).toEqual(lastDays(30, TODAY))
    expect(daysOf(range).at(-1)).toBe(TODAY)
  })
  it('ends today at the latest, and begins thirty days before its end where only that is said', () => {
    expect(rangeOf({ from: '2026-10-01', to: '2027-01-01' }, TODAY)).toEqual({ from: '2026-10-01', to: '2026-10-26' })
    expect(rangeOf({ to: '2026-10-01' }, TODAY)).toEqual({ from: '2026-09-01', to: '2026-10-01' })
  })
  it.each([
    ['2026-10-01', '2026-10-02', null],
    ['2026-10-25', '2026-10-26', null],
    [addDays(TODAY, 1 - DAYS_MAX), '2026-10-26', null],
    ['2026-10-02', '2026-10-02', 'to'],
    ['2026-10-03', '2026-10-02', 'to'],
    [addDays(TODAY, -DAYS_MAX), '2026-10-26', 'to'],
    ['2026-10-26', '2026-10-27', 'from'],
  ])('from %s to %s: what is wrong is %s', (from, to, field) => {
    expect(problemsInRange({ from, to }, TODAY)[0]?.field ?? null).toBe(field)
  })
})
