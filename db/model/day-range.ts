import type { Problem } from './refusal.ts'

/** Days of one report. */
export const DAYS_MAX = 366
/** Days of a report that names none, today being the last. */
const DAYS_DEFAULT = 30
const DAY_MS = 86_400_000

/** Whole days of a calendar, `to` not counted; each as `2026-10-01`. */
export interface DayRange {
  from: string
  to: string
}

/** The day it is at a moment by the clock of a time zone. */
export function dayAt(ms: number, timezone: string): string {
  // Swedish writes days as ISO 8601 does
  return new Intl.DateTimeFormat('sv-SE', { timeZone: timezone }).format(ms)
}

/** So many days later, or earlier. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)

/** How many days there are from one to another. */
export const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY_MS

/** Every day of the range. */
export const daysOf = ({ from, to }: DayRange): string[] =>
  Array.from({ length: daysBetween(from, to) }, (_, i) => addDays(from, i))

/** The last `days` days, today included. */
export const lastDays = (days: number, today: string): DayRange => ({
  from: addDays(today, 1 - days),
  to: addDays(today, 1),
})

/** The range that is meant: what is missing is as in the last thirty days, and days that have not begun are left out. */
export function rangeOf(wanted: { from?: string | undefined; to?: string | undefined }, today: string): DayRange {
  const tomorrow = addDays(today, 1)
  const to = wanted.to === undefined || wanted.to > tomorrow ? tomorrow : wanted.to
  return { from: wanted.from ?? addDays(to, -DAYS_DEFAULT), to }
}

/** What is wrong with a range: it has not begun, ends before it begins, or is too long. */
export function problemsInRange({ from, to }: DayRange, today: string): Problem[] {
  if (from > today) return [{ field: 'from', detail: `a day that has begun is expected, ${today} at most` }]
  const days = daysBetween(from, to)
  if (days < 1) return [{ field: 'to', detail: `a day after ${from} is expected; the report ends before it` }]
  if (days > DAYS_MAX) return [{ field: 'to', detail: `at most ${DAYS_MAX} days are expected, not ${days}` }]
  return []
}
