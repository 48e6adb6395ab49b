import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chunks } from '../../db/model/lists.ts'
import { BATCH_MAX, post } from '../bench/load.ts'
import type { Site } from '../bench/site.ts'
import { Seeded } from '../faults/seeded.ts'
import { until } from '../stack/until.ts'
import { readOlist, type Told } from './olist.ts'

const CHANGES = 50_000
const STATUSES = ['processing', 'call-back', 'accepted', 'sent', 'cancelled', 'return']
/** The status whose text goes once an order, and the one whose text goes every time. */
const ONCE = 'accepted'
const ALWAYS = 'call-back'
const WAIT_MAX_MS = 5 * 60_000

/**
 * Orders that come back to statuses: texts that go once and texts that go always are as many as another script counts
 * in the log of the reports. Source: S0-28, S0-29, pitfalls, re-entry.
 * @throws with both numbers when they differ
 */
export async function reentry(site: Site, folder: string): Promise<string> {
  const log = logOf(readOlist(folder).map(([first]) => first!.order))
  const expected = countApart(log)
  await setTexts(site)
  for (const events of chunks(eventsOf(log), BATCH_MAX)) await post(site.shop, events)
  await until(() => isDone(site), WAIT_MAX_MS)
  const found = await countTexts(site)
  for (const key of ['once', 'always'] as const)
    if (found[key] !== expected[key]) throw new Error(`${key}: ${found[key]} texts, ${expected[key]} expected`)
  return `${log.length} reports: ${found.once} texts once, ${found.always} always, as counted apart`
}

/** Walks of the orders over the statuses, that often come back; some reports say what is so already. */
function logOf(orders: readonly string[]): Told[] {
  const dice = new Seeded(11)
  return Array.from({ length: CHANGES }, (_, i) => {
    const at = new Date(Date.UTC(2026, 0, 1) + i * 1_000).toISOString()
    return { order: orders[i % orders.length]!, type: 'general', status: dice.pick(STATUSES), at }
  })
}

function countApart(log: readonly Told[]): { once: number; always: number } {
  const folder = mkdtempSync(join(tmpdir(), 'tidings-reentry-'))
  try {
    const file = join(folder, 'log.csv')
    writeFileSync(file, log.map(({ order, status }) => `${order},${status}`).join('\n'))
    const script = fileURLToPath(new URL('count-entries.mjs', import.meta.url))
    return JSON.parse(execFileSync(process.execPath, [script, file, ONCE, ALWAYS], { encoding: 'utf8' }))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function setTexts({ shop }: Site): Promise<void> {
  for (const [code, always] of [
    [ONCE, false],
    [ALWAYS, true],
  ] as const)
    await shop.call('PATCH', `/v1/statuses/general/${code}`, {
      autoSms: { template: `${code} {{ order.number }}`, always },
    })
}

const eventsOf = (log: readonly Told[]) =>
  log.map(({ order, type, status, at }, i) => ({
    specversion: '1.0',
    id: `${i}`,
    source: 'reentry',
    type: 'order.status_changed',
    data: { order: { number: order, customer: { phone: phoneOf(order) } }, type, status, occurredAt: at },
  }))

/** A number of its own for each order; the first digits of its id are random enough. */
const phoneOf = (order: string): string =>
  `+38067${String(Number.parseInt(order.slice(0, 8), 16) % 10_000_000).padStart(7, '0')}`

/** Whether every change had its consequences. */
async function isDone({ sql, shop }: Site): Promise<boolean> {
  const [left] = await sql<{ n: number }[]>`
    select ((select count(*) from outbox where workspace_id = ${shop.id} and topic = 'order.status_changed' and batch_id is null)
      + (select count(*) from batches where workspace_id = ${shop.id} and consequences_at is null))::int as n`
  return left!.n === 0
}

async function countTexts({ sql, shop }: Site): Promise<{ once: number; always: number }> {
  const [row] = await sql<{ once: number; always: number }[]>`
    select count(*) filter (where text like ${`${ONCE} %`})::int as once,
      count(*) filter (where text like ${`${ALWAYS} %`})::int as always
    from sms_messages where workspace_id = ${shop.id} and state <> 'suppressed'`
  return row!
}
