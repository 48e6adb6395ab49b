import { formatUnit } from '../shell/format.ts'

/** From which length on a unit is used, in seconds; the first that fits. */
const UNITS = [
  { unit: 'day', seconds: 86_400, from: 48 * 3_600 },
  { unit: 'hour', seconds: 3_600, from: 2 * 3_600 },
  { unit: 'minute', seconds: 60, from: 120 },
  { unit: 'second', seconds: 1, from: 1 },
] as const

/** How long something takes, in the largest unit that says it well: `0.4 seconds`, `4 seconds`, `3 minutes`. */
export function formatLength(ms: number): string {
  const seconds = ms / 1_000
  const found = UNITS.find(({ from }) => seconds >= from)
  return found
    ? formatUnit(Math.floor(seconds / found.seconds), found.unit)
    : formatUnit(Math.round(seconds * 10) / 10, 'second')
}
