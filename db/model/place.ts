import { type Period, shortestMs } from './period.ts'

/** At most this long between two looks at a place, in milliseconds. */
export const LOOK_MAX_MS = 86_400_000
/** An empty place is not looked at more often than this; whoever comes earlier asks for a wake. */
export const EMPTY_LOOK_MIN_MS = 600_000
const TICK_MIN_MS = 1_000
const TICK_MAX_MS = 10_000

/** Deadlines closer together than this share one look, in milliseconds. Source: design, deadlines. */
export function tickMs(period: Period): number {
  return Math.min(TICK_MAX_MS, Math.max(TICK_MIN_MS, shortestMs(period) / 10_000))
}

/**
 * When a place is looked at again, in epoch ms.
 * A place sleeps a whole period at most, since no newcomer can be due before; and until the earliest deadline
 * (`earliestMs`, null when nobody waits), but not before the tick, so that deadlines close by are taken together.
 */
export function lookAgainAtMs(period: Period, nowMs: number, earliestMs: number | null): number {
  const newcomerMs = nowMs + Math.max(shortestMs(period), EMPTY_LOOK_MIN_MS)
  const wanted = earliestMs === null ? newcomerMs : Math.max(earliestMs, nowMs + tickMs(period))
  return Math.min(wanted, newcomerMs, nowMs + LOOK_MAX_MS)
}

/** Whether a newcomer may be due before the place looks again by itself, so that its wake must be checked. */
export function mayComeEarly(period: Period): boolean {
  return period.unit === 'month' || shortestMs(period) < EMPTY_LOOK_MIN_MS
}
