import { parsePeriod } from '../../db/model/period.ts'

/** Days before months and a clock of 24 hours. */
const LOCALE = 'en-GB'

/** Making a formatter takes longer than using it; pages use the same few again and again. */
function kept<Key extends string, F>(make: (key: Key) => F): (key: Key) => F {
  const made = new Map<Key, F>()
  return (key) => {
    const found = made.get(key) ?? make(key)
    made.set(key, found)
    return found
  }
}
const dated = (options: Intl.DateTimeFormatOptions) =>
  kept((timeZone: string) => new Intl.DateTimeFormat(LOCALE, { ...options, timeZone }))

const DAY = { day: 'numeric', month: 'short', year: 'numeric' } as const
const TIME = { hour: '2-digit', minute: '2-digit' } as const
const days = dated(DAY)
const times = dated(TIME)
const moments = dated({ ...DAY, ...TIME })
const seconds = dated({ ...DAY, ...TIME, second: '2-digit' })

/** A moment as people name it in the workspace: an ISO text or epoch ms, and the workspace's timezone. */
type Instant = string | number

/** `28 Nov 2026` */
export const formatDay = (at: Instant, timezone: string): string => days(timezone).format(new Date(at))
/** `28 Nov`, of a day of the calendar such as `2026-11-28`. */
export const formatDate = (day: string): string => dates.format(new Date(day))
const dates = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', timeZone: 'UTC' })

/** `14:00` */
export const formatTime = (at: Instant, timezone: string): string => times(timezone).format(new Date(at))
/** `28 Nov 2026, 14:00` */
export const formatMoment = (at: Instant, timezone: string): string => moments(timezone).format(new Date(at))
/** `28 Nov 2026, 14:00:05`, where several things happen within a minute. */
export const formatSecond = (at: Instant, timezone: string): string => seconds(timezone).format(new Date(at))

const money = kept(
  (currency: string) => new Intl.NumberFormat(LOCALE, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }),
)
const plain = new Intl.NumberFormat(LOCALE, { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/** `₴1,713.00` from decimal text; a currency that is no ISO 4217 code stands behind the number as it is. */
export function formatAmount(total: string, currency: string): string {
  return /^[A-Za-z]{3}$/.test(currency)
    ? money(currency).format(Number(total))
    : `${plain.format(Number(total))} ${currency}`.trim()
}

/** `1,284` */
export const formatCount = (count: number): string => whole.format(count)
const whole = new Intl.NumberFormat(LOCALE)

/** To a tenth. */
export const formatTenths = (count: number): string => tenths.format(count)
const tenths = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 })

/** From which distance on a unit is named, in seconds; the first that fits. */
const UNITS = [
  { unit: 'month', seconds: 30 * 86_400, from: 45 * 86_400 },
  { unit: 'day', seconds: 86_400, from: 36 * 3_600 },
  { unit: 'hour', seconds: 3_600, from: 90 * 60 },
  { unit: 'minute', seconds: 60, from: 90 },
  { unit: 'second', seconds: 1, from: 0 },
] as const
const relative = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'auto' })

/** How far a moment is from `nowMs`: `in 3 days`, `2 hours ago`, `now`. */
export function formatIn(at: Instant, nowMs: number): string {
  const seconds = (new Date(at).getTime() - nowMs) / 1000
  const { unit, seconds: size } = UNITS.find(({ from }) => Math.abs(seconds) >= from)!
  // -0 would be "0 seconds ago"
  return relative.format(Math.round(seconds / size) || 0, unit)
}

const lengths = kept((unit: string) => new Intl.NumberFormat(LOCALE, { style: 'unit', unit, unitDisplay: 'long' }))

/** `2 hours`, `0.4 seconds`. */
export const formatUnit = (count: number, unit: string): string => lengths(unit).format(count)

const SPANS = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
  { unit: 'second', ms: 1_000 },
] as const

/** A length of time in its two largest units: `2 days 4 hours`, `5 minutes`, `0 seconds`. */
export function formatSpan(ms: number): string {
  const first = SPANS.findIndex((span) => ms >= span.ms)
  if (first < 0) return formatUnit(0, 'second')
  const [large, small] = [SPANS[first]!, SPANS[first + 1]]
  // rounded before it is split, so that an hour and 59.9 minutes are two hours
  const rounded = small ? Math.round(ms / small.ms) * small.ms : Math.floor(ms / large.ms) * large.ms
  const [whole, left] = [Math.floor(rounded / large.ms), rounded % large.ms]
  const words = [formatUnit(whole, large.unit), small && left > 0 && formatUnit(left / small.ms, small.unit)]
  return words.filter(Boolean).join(' ')
}

/** `2 hours` from `PT2H`; what is no period of one unit stays as it is. */
export function formatPeriod(iso: string): string {
  const period = parsePeriod(iso)
  return period ? formatUnit(period.amount, period.unit) : iso
}
