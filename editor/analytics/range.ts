import { addDays, type DayRange, daysBetween, lastDays, problemsInRange } from '../../db/model/day-range.ts'

/** Lengths of ranges that end today, in days. */
export const RANGE_DAYS = [7, 30, 90] as const
export const RANGE_DEFAULT = 30

/** What the address tells of a range; `until` is its last day, as people name it. */
export interface ChosenDays {
  days?: number
  from?: string
  until?: string
}

/** The range that is chosen; one that makes no sense is as if none were. */
export function chosenRange({ days = RANGE_DEFAULT, from, until }: ChosenDays, today: string): DayRange {
  const own = from && until ? rangeUntil(from, until) : null
  return own && problemsInRange(own, today).length === 0 ? own : lastDays(days, today)
}

/** The range with this last day. */
export const rangeUntil = (from: string, until: string): DayRange => ({ from, to: addDays(until, 1) })

export const lastDayOf = ({ to }: DayRange): string => addDays(to, -1)

/** How the address tells a range: by its length where that is one to choose and it ends today, else by its days. */
export function inAddress(
  range: DayRange,
  today: string,
): Required<{ [K in keyof ChosenDays]: ChosenDays[K] | undefined }> {
  const days = daysBetween(range.from, range.to)
  const until = lastDayOf(range)
  if (until === today && RANGE_DAYS.some((known) => known === days))
    return { days: days === RANGE_DEFAULT ? undefined : days, from: undefined, until: undefined }
  return { days: undefined, from: range.from, until }
}
