import { atLeast, atMost, type Bench, type Figure, percentile, told } from './figure.ts'
import { atRate, eventOf, inParallel } from './load.ts'
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
async function singles({ shop, sql }: Site, seconds: number): Promise<Figure[]> {
  const times = SINGLES_PER_SECOND * seconds
  const took: number[] = []
  const fire = async (n: number, dueMs: number) => {
    await shop.call('POST', '/v1/events', eventOf(n, 'processing'))
    took.push(performance.now() - dueMs)
  }
  await atRate(500, 4, fire)
  await sql`analyze`
  took.length = 0
  await atRate(times, 1_000 / SINGLES_PER_SECOND, (n, dueMs) => fire(500 + n, dueMs))
  return [
    atMost(`${SINGLES_PER_SECOND} single events a second: answered, p99`, 'ms', 50, percentile(took, 0.99)),
    told('single events: p95', 'ms', percentile(took, 0.95)),
    told('single events: p50', 'ms', percentile(took, 0.5)),
  ]
}

async function batches({ shop, sql }: Site): Promise<Figure[]> {
  const perSecond = async (status: string) => {
    const startedMs = performance.now()
    await inParallel(LANES, [...Array(BATCHES).keys()], (n) => {
      const list = Array.from({ length: BATCH }, (_, i) => eventOf(1_000_000 + n * BATCH + i, status))
      return shop.call('POST', '/v1/events', list)
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
