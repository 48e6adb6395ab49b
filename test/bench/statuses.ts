import { atMost, type Bench, percentile, told } from './figure.ts'
import { BATCH_MAX, chunksOf, inParallel, post } from './load.ts'
import { openSite, type Shop } from './site.ts'

const ORDERS = 100_000
const STATUSES = 200
const CUSTOMERS = 40_000
/** How many statuses every order came to, one after another. */
const STAGES = 3
const DAYS = 90
const TIMES = 50
const GROUPS = ['processing', 'spam', 'accepted', 'sent', 'cancelled', 'paid', 'return']
const CONTAINERS = 10

/** How fast pages, counts, segments and reports answer with many orders over many statuses. Source: S0-18, S1-23. */
export const statuses: Bench = async ({ size = ORDERS }) => {
  const site = await openSite()
  try {
    const codes = await defineStatuses(site.shop)
    await enter(site.shop, codes, size)
    await site.sql`analyze`
    const p95 = (goalMs: number) => async (name: string, ask: (n: number) => Promise<unknown>) =>
      atMost(`${name}: answered, p95`, 'ms', goalMs, percentile(await repeat(ask), 0.95))
    const page = p95(200)
    const get = (path: string) => () => site.shop.call('GET', path)
    return [
      await page('counts of all statuses', get('/v1/statuses')),
      await page('first page of orders', get('/v1/orders')),
      await page('orders of a status', (n) => site.shop.call('GET', `/v1/orders?status=${codes[n % codes.length]}`)),
      await page('orders of a container', get('/v1/orders?container=Box%201')),
      await page('orders, the thousandth page', get('/v1/orders?limit=50&offset=49950')),
      await page('orders found by number', get('/v1/orders?q=B-4711')),
      await page('orders found by a part of a name', get('/v1/orders?q=Customer%20999')),
      await p95(1_000)('a segment of three conditions', (n) => previewSegment(site.shop, codes, n)),
      told('report of the standing now: p95', 'ms', percentile(await repeat(get(report('now')), 9), 0.95)),
      told('entries of 90 days: p95', 'ms', percentile(await repeat(get(report('entries', DAYS)), 9), 0.95)),
      told('stays of 90 days: p95', 'ms', percentile(await repeat(get(report('stays', DAYS)), 9), 0.95)),
    ]
  } finally {
    await site.end()
  }
}

/** How long each of these answers took, in milliseconds; the first two find cold caches. */
async function repeat(ask: (n: number) => Promise<unknown>, times = TIMES): Promise<number[]> {
  const took: number[] = []
  for (let n = 0; n < times + 2; n++) {
    const startedMs = performance.now()
    await ask(n)
    took.push(performance.now() - startedMs)
  }
  return took.slice(2)
}

/** Statuses over all groups, a third of them in containers; answers their codes. */
async function defineStatuses(shop: Shop): Promise<string[]> {
  const list = Array.from({ length: STATUSES }, (_, n) => ({
    name: `Status ${n}`,
    code: `s-${n}`,
    group: GROUPS[n % GROUPS.length],
  }))
  await shop.call('POST', '/v1/statuses/import', list)
  for (let n = 1; n <= CONTAINERS; n++) await shop.call('POST', '/v1/status-containers', { name: `Box ${n}` })
  await inParallel(
    4,
    list.filter((_, n) => n % 3 === 0),
    ({ code }) =>
      shop.call('PATCH', `/v1/statuses/general/${code}`, {
        container: `Box ${1 + (Number(code.slice(2)) % CONTAINERS)}`,
      }),
  )
  return list.map(({ code }) => code)
}

/** Orders whose statuses are spread evenly, over the last days. */
async function enter(shop: Shop, codes: readonly string[], size: number): Promise<void> {
  const nowMs = Date.now()
  for (let stage = 0; stage < STAGES; stage++)
    await inParallel(4, chunksOf(size, BATCH_MAX), ({ start, count }) =>
      post(
        shop,
        Array.from({ length: count }, (_, i) => eventAt(start + i, stage, codes, size, nowMs)),
      ),
    )
}

function eventAt(n: number, stage: number, codes: readonly string[], size: number, nowMs: number): object {
  const customer = n % CUSTOMERS
  const bornMs = nowMs - (1 - n / size) * DAYS * 86_400_000
  return {
    specversion: '1.0',
    id: `${n}-${stage}`,
    source: 'bench',
    type: 'order.status_changed',
    time: new Date(bornMs + (nowMs - bornMs) * (stage / STAGES)).toISOString(),
    data: {
      order: {
        number: `B-${n}`,
        total: `${10 + (n % 500)}.00`,
        customer: { name: `Customer ${customer}`, phone: `+38067${String(customer).padStart(7, '0')}` },
      },
      type: 'general',
      // steps that share no factor with the number of statuses reach all of them
      status: codes[(n * 7 + stage * 61) % codes.length],
    },
  }
}

const report = (name: string, days?: number): string =>
  `/v1/analytics/statuses/${name}${days ? `?from=${day(-days)}&until=${day(0)}` : ''}`
const day = (offset: number): string => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)

function previewSegment(shop: Shop, codes: readonly string[], n: number): Promise<unknown> {
  const of = (count: number, from: number) => Array.from({ length: count }, (_, i) => codes[(from + i) % codes.length])
  const metric = (part: object, operator: string, value: unknown) => ({
    metric: { type: 'general', ...part },
    operator,
    value,
  })
  const rules = [
    metric({ measure: 'count', of: 'were_in', statuses: of(20, n) }, 'atLeast', 1),
    metric({ measure: 'sum', of: 'are_in', statuses: of(40, n) }, 'atLeast', 100),
    metric({ measure: 'count', of: 'entered_within', statuses: of(30, n), days: 30 }, 'atLeast', 1),
  ]
  return shop.call('POST', '/v1/segments/preview', { rule: { combinator: 'and', rules } })
}
