import { atLeast, atMost, type Bench, type Figure, percentile, told } from './figure.ts'
import { atRate, eventOf, eventsOf, fill, inParallel, post } from './load.ts'
import { openSite, type Site } from './site.ts'

const SECONDS = 15
const SINGLES_PER_SECOND = 500
const BATCH = 500
const LANES = 4
const BATCHES = 100

/** How soon single events are answered at a fixed rate, and how many a second are taken in batches. Source: design 8. */
export const ingest: Bench = async ({ size = SECONDS }) => {
  const site = await openSite()
  try {
    return [...(await singles(site, size)), ...(await batches(site))]
  } finally {
    await site.end()
  }
}

/** Measured from the moment an event was due, so that a late answer makes no later one look early. */
async function singles(site: Site, seconds: number): Promise<Figure[]> {
  const times = SINGLES_PER_SECOND * seconds
  await fill(site.shop, 0, times)
  await site.sql`analyze`
  const measure = async (first: number) => {
    const took: number[] = []
    await atRate(times, 1_000 / SINGLES_PER_SECOND, async (n, dueMs) => {
      await post(site.shop, eventOf(first + n, 'accepted'))
      took.push(performance.now() - dueMs)
    })
    // the first second finds cold caches
    return took.slice(SINGLES_PER_SECOND)
  }
  const known = await measure(0)
  const unknown = await measure(times)
  return [
    atMost(`${SINGLES_PER_SECOND} single events a second: answered, p99`, 'ms', 50, percentile(known, 0.99)),
    told('single events: p95', 'ms', percentile(known, 0.95)),
    told('single events: p50', 'ms', percentile(known, 0.5)),
    told('single events of orders not seen before: p99', 'ms', percentile(unknown, 0.99)),
  ]
}

async function batches({ shop, sql }: Site): Promise<Figure[]> {
  const perSecond = async (status: string) => {
    const startedMs = performance.now()
    await inParallel(LANES, [...Array(BATCHES).keys()], (n) => {
      return post(shop, eventsOf(1_000_000 + n * BATCH, BATCH, status))
    })
    return (BATCHES * BATCH * 1_000) / (performance.now() - startedMs)
  }
  const unknown = await perSecond('processing')
  await sql`analyze`
  const known = await perSecond('accepted')
  return [
    atLeast('batches of 500: changes of known orders a second', '1/s', 10_000, known),
    told('batches of 500: orders and customers not seen before', '1/s', unknown),
  ]
}
