import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Client } from '@temporalio/client'
import { until } from '../stack/until.ts'
import { atLeast, atMost, type Bench, type Figure, told } from './figure.ts'
import { cpuMs, minus, total } from './gauge.ts'
import { BATCH_MAX, chunksOf, eventOf, eventsOf, fill, inParallel, post, publish, stepsWith } from './load.ts'
import { ONE_EACH_QUEUE, openOneEach } from './one-each-worker.ts'
import { openSite, type Site } from './site.ts'
import { countStatements, resetStatements } from './statements.ts'
import { countTexts } from './texts.ts'

const SIZE = 10_000
/** As many as show the pace: one workflow each takes minutes for more. */
const ONE_EACH_SIZE = 2_000
const WAIT_MS = 5_000
const PATIENCE_MS = 280_000

/** A burst of `size` changes into one campaign, beside the same campaign as one workflow a customer. Source: design 8. */
export const burst: Bench = async ({ size = SIZE }) => {
  const site = await openSite()
  try {
    await publish(site.shop, stepsWith('PT5S'))
    const small = await campaign(site, 0, size / 10)
    const large = await campaign(site, size, size)
    const single = await oneEach(site, 10 * size, Math.min(size, ONE_EACH_SIZE))
    const alone = await eventsAlone(site)
    return figures(size, { small, large, single, alone })
  } finally {
    await site.end()
  }
}

/** What one customer cost, and how many came through a second, the wait not counted. */
interface Pace {
  perSecond: number
  events: number
  workerMs: number
  temporalMs: number
}
interface Walked extends Pace {
  sql: Awaited<ReturnType<typeof countStatements>>
  handedPerSecond: number
  allMs: number
}

function figures(
  size: number,
  { small, large, single, alone }: { small: Walked; large: Walked; single: Pace; alone: number },
): Figure[] {
  const each = (count: number) => count / size
  const { ingest, walk, handOver, receipts } = large.sql
  return [
    atLeast('times the pace of one workflow a customer', '×', 50, large.perSecond / single.perSecond),
    told(`${size} customers through filter and wait to a text, a second`, '1/s', large.perSecond),
    told(`${size / 10} customers, a second`, '1/s', small.perSecond),
    told('one workflow a customer, a second', '1/s', single.perSecond),
    atMost('history events a customer', '', 0.2, large.events),
    atMost('history events of one alone', '', 40, alone),
    told('history events, one workflow a customer', '', single.events),
    atMost('SQL statements a customer, relay and walk', '', 0.05, each(walk)),
    atMost('SQL statements a customer, in all', '', 0.3, each(ingest + walk + handOver + receipts)),
    told('SQL statements a customer: ingest', '', each(ingest)),
    told('SQL statements a customer: hand-over', '', each(handOver)),
    told('SQL statements a customer: receipts', '', each(receipts)),
    told('texts handed over a second', '1/s', large.handedPerSecond),
    told('processor time a customer: worker', 'ms', large.workerMs),
    told('processor time a customer: Temporal', 'ms', large.temporalMs),
    told('processor time a customer: everything', 'ms', large.allMs),
    told('one workflow a customer: worker', 'ms', single.workerMs),
    told('one workflow a customer: Temporal', 'ms', single.temporalMs),
  ]
}

/** Sends a burst and follows it until every text is delivered. */
async function campaign(site: Site, from: number, size: number): Promise<Walked> {
  await fill(site.shop, from, size)
  await site.sql`analyze`
  await until(async () => (await openBatches(site)) === 0, PATIENCE_MS)
  await resetStatements(site)
  const before = { cpu: cpuMs(site.home), events: await historyEventsOf(site), texts: await countTexts(site) }
  const startedMs = performance.now()
  const batches = chunksOf(size, BATCH_MAX)
  await inParallel(4, batches, ({ start, count }) => post(site.shop, eventsOf(from + start, count, 'accepted')))
  await until(async () => (await countTexts(site)) - before.texts === size, PATIENCE_MS)
  const walkedMs = performance.now() - startedMs - WAIT_MS
  await until(async () => (await countTexts(site, true)) - before.texts === size, PATIENCE_MS)
  const handedMs = performance.now() - startedMs - WAIT_MS
  const cpu = minus(cpuMs(site.home), before.cpu)
  return {
    perSecond: (size * 1_000) / walkedMs,
    handedPerSecond: (size * 1_000) / handedMs,
    events: ((await historyEventsOf(site)) - before.events) / size,
    workerMs: cpu.worker / size,
    temporalMs: cpu.temporal / size,
    allMs: total(cpu) / size,
    sql: await countStatements(site),
  }
}

/** The same customers, each a workflow of his own, on the same servers. */
async function oneEach(site: Site, from: number, size: number): Promise<Pace> {
  await fill(site.shop, from, size)
  const read = (file: string) => readFileSync(join(site.home, file), 'utf8')
  const engine = await openOneEach(read('temporal-address'), read('database-url'))
  try {
    const numbers = Array.from({ length: size }, (_, i) => `B-${from + i}`)
    const orders = await site.sql<{ id: string }[]>`
      select id from orders where workspace_id = ${site.shop.id} and number = any(${numbers})`
    const before = { cpu: cpuMs(site.home), own: process.cpuUsage(), texts: await countTexts(site) }
    const startedMs = performance.now()
    await inParallel(60, orders, ({ id }) => engine.start({ workspaceId: site.shop.id, orderId: id }))
    await until(async () => (await countTexts(site)) - before.texts === size, PATIENCE_MS)
    const tookMs = performance.now() - startedMs - WAIT_MS
    const own = process.cpuUsage(before.own)
    return {
      perSecond: (size * 1_000) / tookMs,
      events: await eventsOfOne(engine.client, orders[0]!.id),
      workerMs: (own.user + own.system) / 1_000 / size,
      temporalMs: minus(cpuMs(site.home), before.cpu).temporal / size,
    }
  } finally {
    await engine.end()
  }
}

/** Batches whose consequences do not stand yet, changes that are in none included. */
async function openBatches({ sql }: Site): Promise<number> {
  const [row] = await sql<{ n: number }[]>`
    select (select count(*) from outbox where topic = 'order.status_changed' and batch_id is null)::int
      + (select count(*) from batches where consequences_at is null)::int as n`
  return row!.n
}

/** Events in the histories of all of the product's runs. */
async function historyEventsOf(site: Site): Promise<number> {
  return site.temporal(async ({ workflow }) => {
    let events = 0
    for await (const { workflowId, runId, historyLength, status } of workflow.list({
      query: `TaskQueue != '${ONE_EACH_QUEUE}'`,
    })) {
      // only a closed run's length is listed
      if (status.name !== 'RUNNING') events += historyLength
      else events += (await workflow.getHandle(workflowId, runId).describe()).historyLength
    }
    return events
  })
}

async function eventsOfOne(client: Client, orderId: string): Promise<number> {
  return (await client.workflow.getHandle(`one-each/${orderId}`).describe()).historyLength
}

/** History events of a customer who goes alone. */
async function eventsAlone(site: Site): Promise<number> {
  const from = 900_000_000
  await fill(site.shop, from, 1)
  await until(async () => (await openBatches(site)) === 0)
  const before = { events: await historyEventsOf(site), texts: await countTexts(site) }
  await post(site.shop, [eventOf(from, 'accepted')])
  await until(async () => (await countTexts(site)) > before.texts, 30_000)
  return (await historyEventsOf(site)) - before.events
}
