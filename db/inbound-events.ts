import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { asJson, asTime, rows, type Store, type Tx } from './client.ts'
import { getStatusMap } from './integrations.ts'
import { INBOUND_MAX } from './model/limits.ts'
import { groupBy } from './model/lists.ts'
import { Refused } from './model/refusal.ts'
import type { OrderReport } from './model/report.ts'
import { type Reading, readWooCommerce } from './model/shops/woocommerce.ts'
import { isOutage } from './outage.ts'
import { type Received, receiveReports } from './receive.ts'
import { getOpenWorkspace } from './workspaces.ts'

/** A body as a shop posted it, its signature checked. */
export interface InboundBody {
  integrationId: string
  /** Tells one delivery from another; the same delivery is stored once. */
  deliveryKey: string
  topic: string | undefined
  body: Buffer
}

/** Keeps the body byte for byte, so that the shop can be answered; it is processed after. */
export async function storeInbound(tx: Tx, inbound: InboundBody, nowMs: number): Promise<void> {
  const { integrationId, deliveryKey, topic, body } = inbound
  await tx.execute(sql`
    insert into inbound_events (workspace_id, integration_id, delivery_key, topic, body, received_at)
    values (tidings_workspace(), ${integrationId}, ${deliveryKey}, ${topic ?? null},
      decode(${body.toString('base64')}, 'base64'), ${asTime(nowMs)})
    on conflict (integration_id, delivery_key) do nothing`)
}

/** Integrations with bodies that are not processed yet. */
export const listOpenInbound = (store: Store) =>
  rows<{ integrationId: string; workspaceId: string }>(
    store.across,
    sql`select integration_id as "integrationId", workspace_id as "workspaceId" from open_inbound()`,
  )

interface Stored {
  id: number
  topic: string | null
  body: string
}
interface Done {
  id: number
  outcome: string
  orderId: string | null
  error: { code: string; detail: string; field?: string } | null
}

/**
 * Processes an integration's bodies in the order they came, one transaction for up to INBOUND_MAX of them.
 * Answers how many were done; 0 also when another process is at it. A body that makes the others fail is set aside.
 */
export async function processInbound(
  store: Store,
  { integrationId, workspaceId }: { integrationId: string; workspaceId: string },
  nowMs: number,
  max = INBOUND_MAX,
): Promise<number> {
  if (max <= 1) return store.inWorkspace(workspaceId, (tx) => processOne(tx, integrationId, nowMs))
  try {
    return await store.inWorkspace(workspaceId, (tx) => processSome(tx, integrationId, nowMs, max))
  } catch (error) {
    if (isNoFaultOfTheirs(error)) throw error
    return processInbound(store, { integrationId, workspaceId }, nowMs, Math.ceil(max / 10))
  }
}

/** Something is away, or Orders are switched off: the bodies wait. */
const isNoFaultOfTheirs = (error: unknown): boolean => isOutage(error) || error instanceof Refused

/** The first body, or a word in its place when it fails. Under one lock: between two, another body could be the first. */
async function processOne(tx: Tx, integrationId: string, nowMs: number): Promise<number> {
  const [stored] = await takeBodies(tx, integrationId, 1)
  if (!stored) return 0
  try {
    return await tx.transaction((inner) => processSome(inner, integrationId, nowMs, 1))
  } catch (error) {
    if (isNoFaultOfTheirs(error)) throw error
    const word = { code: 'not_processed', detail: 'The body could not be processed; it is kept as it came.' }
    await markDone(tx, [{ id: stored.id, outcome: 'invalid', orderId: null, error: word }], nowMs)
    return 1
  }
}

async function processSome(tx: Tx, integrationId: string, nowMs: number, max: number): Promise<number> {
  // before bodies are read that would be refused
  await getOpenWorkspace(tx)
  const stored = await takeBodies(tx, integrationId, max)
  if (stored.length === 0) return 0
  const statusMap = await getStatusMap(tx, integrationId)
  const bodies = stored.map(({ id, topic, body }) => ({ id, reading: read(topic, body, statusMap) }))
  for (const round of roundsOf(bodies)) await processRound(tx, integrationId, round, nowMs)
  return stored.length
}

interface Body {
  id: number
  reading: Reading | Broken
}

/** One body of each order a round, in their order: what a body means depends on what the one before it left. */
function roundsOf(bodies: readonly Body[]): Iterable<Body[]> {
  const seen = new Map<string, number>()
  return groupBy(bodies, ({ reading }) => {
    const order = 'report' in reading ? reading.report.externalId : 'deleted' in reading && reading.deleted.externalId
    if (!order) return 0
    const round = seen.get(order) ?? 0
    seen.set(order, round + 1)
    return round
  }).values()
}

async function processRound(tx: Tx, integrationId: string, round: readonly Body[], nowMs: number): Promise<void> {
  const readings = round.map((body) => body.reading)
  const reports = await withoutEchoes(tx, integrationId, readings)
  const actor = { kind: 'integration', id: integrationId } as const
  const received = await receiveReports(
    tx,
    reports.filter((r) => r !== null),
    { actor, integrationId, nowMs },
  )
  const answers = received.values()
  const done = round.map(({ id, reading }, i) => doneWith(id, reading, reports[i] ? answers.next().value! : null))
  await noteDeleted(tx, integrationId, readings)
  await markDone(tx, done, nowMs)
}

/** One process at a time for each integration, or an order's update could overtake its creation. */
async function takeBodies(tx: Tx, integrationId: string, max: number): Promise<Stored[]> {
  const locked = await rows(tx, sql`select from integrations where id = ${integrationId} for no key update skip locked`)
  if (locked.length === 0) return []
  return rows<Stored>(
    tx,
    sql`select id::float8, topic, encode(body, 'base64') as body from inbound_events
        where integration_id = ${integrationId} and processed_at is null order by id limit ${max}`,
  )
}

function read(
  topic: string | null,
  body: string,
  statusMap: Awaited<ReturnType<typeof getStatusMap>>,
): Reading | Broken {
  let parsed: unknown
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(body, 'base64')))
  } catch (error) {
    const why = error instanceof SyntaxError ? error.message : 'it is not UTF-8 text'
    return { problem: { code: 'broken_json', detail: `The body is not JSON: ${why}.` } }
  }
  return readWooCommerce(topic ?? undefined, parsed, { statusMap })
}
interface Broken {
  problem: { code: 'broken_json'; detail: string; field?: string }
}

/**
 * The reports of the readings, null where there is none. A shop repeats all statuses with every edit; where its own
 * word for the state did not change, it says nothing new of the general and delivery status. Source: pitfall P5.
 */
async function withoutEchoes(tx: Tx, integrationId: string, readings: readonly (Reading | Broken)[]) {
  const ids = readings.flatMap((r) => ('report' in r ? [r.report.externalId] : []))
  const known = await rows<{ id: string; slug: string | null }>(
    tx,
    sql`select external_id as id, remote_status as slug from order_external_refs
        where integration_id = ${integrationId} and external_id in (
          select jsonb_array_elements_text(${asJson(ids)}))`,
  )
  const said = new Map(known.map(({ id, slug }) => [id, slug]))
  return readings.map((reading): OrderReport | null => {
    if (!('report' in reading)) return null
    const { modifiedAtMs: _, unmapped: __, semanticKey, ...report } = reading.report
    const repeated = said.get(report.externalId!) === report.remoteStatus
    const wanted = repeated ? report.wanted.filter((w) => w.axis === 'payment') : report.wanted
    // the shop's clock shows seconds, and one second can hold two changes
    const eventId = `${semanticKey}:${digestOf(report)}`
    return { ...report, wanted, source: `integration:${integrationId}`, eventId }
  })
}

const digestOf = (report: object): string =>
  createHash('sha256').update(JSON.stringify(report)).digest('hex').slice(0, 16)

function doneWith(id: number, reading: Reading | Broken, received: Received | null): Done {
  if ('problem' in reading) return { id, outcome: 'invalid', orderId: null, error: reading.problem }
  if (!received) return { id, outcome: 'noted', orderId: null, error: null }
  const { duplicate, orderId, outcomes } = received
  const refused = outcomes.find((o) => o.outcome === 'refused')
  const strongest = (['moved', 'refused', 'stale', 'noop'] as const).find((o) => outcomes.some((x) => x.outcome === o))
  const error = refused
    ? { code: refused.code, detail: 'The shop names a status that could not be set.' }
    : 'report' in reading && reading.report.unmapped
      ? { code: 'unmapped_status', detail: `The status map says nothing of "${reading.report.remoteStatus}".` }
      : null
  return { id, outcome: duplicate ? 'duplicate' : (strongest ?? 'noop'), orderId, error }
}

/** An order deleted in the shop stays here, with a word that it is in the shop's bin. Source: shops.md 1.1 (8). */
async function noteDeleted(tx: Tx, integrationId: string, readings: readonly (Reading | Broken)[]): Promise<void> {
  const ids = readings.flatMap((r) => ('deleted' in r ? [r.deleted.externalId] : []))
  if (ids.length === 0) return
  await tx.execute(sql`
    update order_external_refs set remote_status = 'trash'
    where integration_id = ${integrationId} and external_id in (select jsonb_array_elements_text(${asJson(ids)}))`)
}

async function markDone(tx: Tx, done: readonly Done[], nowMs: number): Promise<void> {
  await tx.execute(sql`
    update inbound_events e set processed_at = ${asTime(nowMs)}, outcome = d.outcome, order_id = d."orderId", error = d.error
    from jsonb_to_recordset(${asJson(done)}) as d(id bigint, outcome text, "orderId" uuid, error jsonb) where e.id = d.id`)
}

export interface InboundView {
  id: number
  integrationId: string
  topic: string | null
  receivedAt: string
  outcome: string | null
  error: Done['error']
  order: string | null
}

/** The newest bodies, with what came of each. */
export const listInbound = (
  tx: Tx,
  filter: { integrationId?: string | undefined; outcome?: string | undefined; limit: number },
) =>
  rows<InboundView>(
    tx,
    sql`select e.id::float8, e.integration_id as "integrationId", e.topic, e.received_at as "receivedAt", e.outcome, e.error,
          o.number as "order"
        from inbound_events e left join orders o on o.id = e.order_id
        where e.workspace_id = tidings_workspace()
          and (${filter.integrationId ?? null}::uuid is null or e.integration_id = ${filter.integrationId ?? null})
          and (${filter.outcome ?? null}::text is null or e.outcome = ${filter.outcome ?? null})
        order by e.id desc limit ${filter.limit}`,
  )
