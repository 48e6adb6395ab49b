import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { until } from '../stack/until.ts'
import { atMost, type Bench, type Figure, percentile, told } from './figure.ts'
import { atRate, eventOf, eventsOf, fill, post, publish, stepsWith } from './load.ts'
import { openSite, type Site } from './site.ts'

const SECONDS = 20
const POSTS_PER_SECOND = 20
/** Changes a second, and what p50 and p95 may be in ms. */
const RATES = [
  { rate: 200, p95: 250 },
  { rate: 1_000, p95: 500 },
]
const IDLE_EVERY_MS = 350
/** Changes that are not counted: the first ones find cold caches. */
const WARM_UP = 20

/** From a change that is committed to its text in the gateway's log: alone, and in two streams of `size` seconds. Source: design 8. */
export const latency: Bench = async ({ size = SECONDS }) => {
  const site = await openSite()
  try {
    await publish(site.shop, stepsWith())
    return [...(await idle(site)), ...(await stream(site, RATES[0]!, size)), ...(await stream(site, RATES[1]!, size))]
  } finally {
    await site.end()
  }
}

async function idle(site: Site): Promise<Figure[]> {
  const changes = 100 + WARM_UP
  await fill(site.shop, 0, changes)
  await site.sql`analyze`
  await atRate(changes, IDLE_EVERY_MS, async (n) => void (await post(site.shop, [eventOf(n, 'accepted')])))
  const ways = await waysOf(site, WARM_UP, changes)
  const totals = ways.map(totalOf)
  return [
    atMost('alone: change → gateway, p50', 'ms', 80, percentile(totals, 0.5)),
    atMost('alone: p95', 'ms', 150, percentile(totals, 0.95)),
    told('alone: p99', 'ms', percentile(totals, 0.99)),
    ...hops('alone', ways),
  ]
}

async function stream(site: Site, { rate, p95 }: { rate: number; p95: number }, seconds: number): Promise<Figure[]> {
  const from = rate * 1_000
  const each = rate / POSTS_PER_SECOND
  await fill(site.shop, from, rate * seconds)
  await site.sql`analyze`
  await atRate(seconds * POSTS_PER_SECOND, 1_000 / POSTS_PER_SECOND, async (n) => {
    await post(site.shop, eventsOf(from + n * each, each, 'accepted'))
  })
  const ways = await waysOf(site, from, from + rate * seconds)
  const totals = ways.map(totalOf)
  const name = `${rate} a second`
  return [
    atMost(`${name}: change → gateway, p95`, 'ms', p95, percentile(totals, 0.95)),
    told(`${name}: p50`, 'ms', percentile(totals, 0.5)),
    told(`${name}: p99`, 'ms', percentile(totals, 0.99)),
    ...hops(name, ways),
  ]
}

/** When a change came to each station, in epoch ms. */
interface Way {
  changed: number
  batched: number
  decided: number
  queued: number
  handing: number
  handed: number
}
const HOPS: [string, keyof Way, keyof Way][] = [
  ['to the batch', 'changed', 'batched'],
  ['to its consequences', 'batched', 'decided'],
  ['to the ledger', 'decided', 'queued'],
  ['to the sender', 'queued', 'handing'],
  ['to the gateway', 'handing', 'handed'],
]
const totalOf = (way: Way): number => way.handed - way.changed

const hops = (name: string, ways: readonly Way[]): Figure[] =>
  HOPS.map(([hop, from, to]) => {
    const p95 = percentile(
      ways.map((way) => way[to] - way[from]),
      0.95,
    )
    return told(`${name}: ${hop}, p95`, 'ms', p95)
  })

/** The ways of orders `from` to `to - 1`, once all their texts are handed over. */
async function waysOf(site: Site, from: number, to: number): Promise<Way[]> {
  const numbers = Array.from({ length: to - from }, (_, i) => `B-${from + i}`)
  await until(async () => {
    const [left] = await site.sql`
      select count(*)::int as n from orders o join sms_messages m on m.order_id = o.id
      where o.workspace_id = ${site.shop.id} and o.number = any(${numbers}) and m.sent_at is not null`
    return left!.n === numbers.length
  }, 120_000)
  const handed = await readGatewayLog(site.home)
  const found = await site.sql<(Omit<Way, 'handed'> & { id: string })[]>`
    select m.id, ${ms(site, 'c.recorded_at')} as changed, ${ms(site, 'b.created_at')} as batched,
      ${ms(site, 'b.consequences_at')} as decided, ${ms(site, 'm.queued_at')} as queued, ${ms(site, 'm.handing_at')} as handing
    from orders o join sms_messages m on m.order_id = o.id join enrolments e on e.id = m.enrolment_id
    join order_status_changes c on c.id = e.change_id
    join outbox x on x.subject_id = c.id join batches b on b.id = x.batch_id
    where o.workspace_id = ${site.shop.id} and o.number = any(${numbers})`
  return found.map((way) => ({ ...way, handed: handed.get(way.id)! }))
}

const ms = ({ sql }: Site, column: string) => sql.unsafe(`(extract(epoch from ${column}) * 1000)::float8`)

/** When the gateway accepted each text, by the message's id. */
async function readGatewayLog(home: string): Promise<Map<string, number>> {
  const handed = new Map<string, number>()
  for await (const line of createInterface({ input: createReadStream(join(home, 'sandbox-gateway.log')) })) {
    const { id, at } = JSON.parse(line) as { id: string; at: string }
    if (!handed.has(id)) handed.set(id, Date.parse(at))
  }
  return handed
}
