/** A length of time as people set it: one amount of one unit. */
export interface Period {
  amount: number
  unit: Unit
}
export const UNITS = ['second', 'minute', 'hour', 'day', 'week', 'month'] as const
export type Unit = (typeof UNITS)[number]

const UNIT_MS = {
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 7 * 86_400_000,
  month: null,
} satisfies Record<Unit, number | null>

/** A calendar month at its shortest and longest, in milliseconds; a clock change takes or adds up to two hours. */
const MONTH_MIN_MS = 28 * 86_400_000 - 2 * 3_600_000
const MONTH_MAX_MS = 31 * 86_400_000 + 2 * 3_600_000

const ISO = /^P(?:(\d{1,6})([DWM])|T(\d{1,6})([HMS]))$/
const ISO_UNITS = { D: 'day', W: 'week', M: 'month', TH: 'hour', TM: 'minute', TS: 'second' } as const

/** Reads a one-unit ISO 8601 duration such as `PT5S`, `P14D` or `P1M`; null for anything else, and for zero. */
export function parsePeriod(iso: string): Period | null {
  const match = ISO.exec(iso)
  if (!match) return null
  const [, dateAmount, dateUnit, timeAmount, timeUnit] = match
  const amount = Number(dateAmount ?? timeAmount)
  const key = (dateUnit ?? `T${timeUnit}`) as keyof typeof ISO_UNITS
  return amount > 0 ? { amount, unit: ISO_UNITS[key] } : null
}

/** The ISO 8601 duration that `parsePeriod` reads back. */
export function formatPeriod({ amount, unit }: Period): string {
  const [letter] = Object.entries(ISO_UNITS).find(([, name]) => name === unit)!
  return letter.length === 1 ? `P${amount}${letter}` : `PT${amount}${letter[1]}`
}

/** The period in milliseconds, a day being 24 hours; null for months, which the calendar decides. Source: C12. */
export function fixedMs({ amount, unit }: Period): number | null {
  const ms = UNIT_MS[unit]
  return ms === null ? null : amount * ms
}

/** The shortest the period can be, in milliseconds. */
export const shortestMs = (period: Period): number => fixedMs(period) ?? period.amount * MONTH_MIN_MS

/** The longest the period can be, in milliseconds. */
export const longestMs = (period: Period): number => fixedMs(period) ?? period.amount * MONTH_MAX_MS
