import { setTimeout as sleep } from 'node:timers/promises'
import { atLeast, atMost, type Bench, type Figure, percentile, told } from './figure.ts'
import { openSite, type Site } from './site.ts'
import { stockWaiting, type Waiting } from './waiting.ts'

const SIZE = 1_000_000
/** Fall due over a minute. */
const SPREAD = 10_000
const MINUTE_MS = 60_000
/** Fall due at one instant. */
const AT_ONCE = 100_000
/** From telling the timer to the first deadline. */
const AHEAD_MS = 8_000
const LOOK_EVERY_MS = 100
/** Counting many is work too. */
const COUNT_EVERY_MS = 500
const PATIENCE_MS = 250_000

/** `size` orders that wait for a timeout of an hour, and as many customers in a wait step of an hour. Source: design 8. */
export const deadlines: Bench = async ({ size = SIZE }) => {
  const site = await openSite()
  try {
    const { places, megabytes } = await stockWaiting(site, size)
    const spread = Math.min(SPREAD, Math.floor(size / 20))
    const atOnce = Math.min(AT_ONCE, Math.floor(size / 4))
    return [
      told('orders that wait, and customers that wait, each', '', size),
      atMost('open workflows for each place', '', 1, (await openTimers(site)) / (await openPlaces(site))),
      told('size of the database', 'MB', megabytes),
      ...(await eachInTurn(places, (place) => lateness(place, 0, spread))),
      ...(await eachInTurn(places, (place) => pace(place, spread, atOnce))),
    ]
  } finally {
    await site.end()
  }
}

async function eachInTurn<T>(list: readonly T[], measure: (one: T) => Promise<Figure[]>): Promise<Figure[]> {
  const [first, ...others] = list
  return first === undefined ? [] : [...(await measure(first)), ...(await eachInTurn(others, measure))]
}

/** How late those leave who fall due one after the other: from the deadline to where everybody can see it. */
async function lateness(place: Waiting, from: number, count: number): Promise<Figure[]> {
  const firstMs = Date.now() + AHEAD_MS
  const everyMs = MINUTE_MS / count
  await place.setDue(from, count, firstMs, everyMs)
  await sleep(AHEAD_MS)
  const late: number[] = []
  for (
    const endsAt = Date.now() + PATIENCE_MS;
    late.length < count && Date.now() < endsAt;
    await sleep(LOOK_EVERY_MS)
  ) {
    const left = await place.left(from, count)
    const seenMs = Date.now()
    // they leave in the order of their deadlines, so the number tells which ones are new
    for (let n = late.length; n < left; n++) late.push(seenMs - (firstMs + n * everyMs))
  }
  return [
    atMost(`${place.name}: late over a minute, p99`, 'ms', 2_000, percentile(late, 0.99)),
    told(`${place.name}: late, p50`, 'ms', percentile(late, 0.5)),
  ]
}

/** How many leave a second when all of them fall due at one instant. */
async function pace(place: Waiting, from: number, count: number): Promise<Figure[]> {
  const atMs = Date.now() + AHEAD_MS
  await place.setDue(from, count, atMs, 0)
  await sleep(atMs - Date.now())
  for (const endsAt = Date.now() + PATIENCE_MS; (await place.left(from, count)) < count; await sleep(COUNT_EVERY_MS))
    if (Date.now() > endsAt) break
  const perSecond = (count * 1_000) / (Date.now() - atMs)
  return [atLeast(`${place.name}: ${count} due at one instant, a second`, '1/s', 5_000, perSecond)]
}

async function openPlaces({ sql }: Site): Promise<number> {
  const [row] = await sql<{ n: number }[]>`select count(*)::int as n from places where closed_at is null`
  return row!.n
}

async function openTimers(site: Site): Promise<number> {
  return site.temporal(
    async ({ workflow }) => (await workflow.count(`ExecutionStatus = 'Running' and WorkflowType = 'deadlines'`)).count,
  )
}
