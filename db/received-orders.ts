import { type SQL, sql } from 'drizzle-orm'
import { asIds, asJson, asTexts, asTime, ms, rows, type Tx } from './client.ts'
import { newId } from './ids.ts'
import type { CustomerIdentity } from './model/customer.ts'
import type { OrderReport } from './model/report.ts'

/** The order that a report means. */
export interface EnsuredOrder {
  id: string
  number: string
  /** Whether this report is its first. */
  isNew: boolean
}

interface Options {
  integrationId?: string
  /** The workspace's, for totals that come without one. */
  currency: string
  nowMs: number
}
type Numbered = OrderReport & { number: string; customerId: string | null; identity: CustomerIdentity }
interface Found {
  id: string
  number: string
  /** The newest time each source told of this order, in epoch ms; older contents are not taken over. */
  told: Record<string, number | null> | null
}

/**
 * The order of each report, made if it is unknown, its contents brought up to date.
 * Identity is (integration, external id) where there is one, else the number. Source: design 5.
 */
export async function ensureOrders(
  tx: Tx,
  reports: readonly OrderReport[],
  identities: readonly CustomerIdentity[],
  customerIds: readonly (string | null)[],
  options: Options,
): Promise<EnsuredOrder[]> {
  if (reports.length === 0) return []
  const numbered = await giveNumbers(
    tx,
    reports.map((r, i) => ({ ...r, identity: identities[i]!, customerId: customerIds[i]! })),
  )
  const found = await findOrders(tx, numbered.map(identityOf), options)
  const firsts = new Map(
    numbered
      .filter((r) => !found.has(identityOf(r)))
      .reverse()
      .map((r) => [identityOf(r), r]),
  )
  const made = await makeOrders(tx, [...firsts.values()].reverse(), found, options)
  const orders = new Map([...found, ...made])
  await updateFacts(tx, numbered, orders, options)
  if (options.integrationId) await keepRefs(tx, numbered, orders, options.integrationId)
  return numbered.map((report) => {
    const key = identityOf(report)
    return { ...orders.get(key)!, isNew: made.has(key) && firsts.get(key) === report }
  })
}

const identityOf = (report: Numbered): string => report.externalId ?? report.number

/** An order that comes without a number gets the workspace's next free one. */
async function giveNumbers<R extends OrderReport>(tx: Tx, reports: R[]): Promise<(R & { number: string })[]> {
  const missing = reports.filter((r) => !r.number).length
  const free = missing === 0 ? [] : await takeNumbers(tx, missing)
  const numbers = free.values()
  return reports.map((r) => ({ ...r, number: r.number ?? numbers.next().value!.number }))
}

const takeNumbers = (tx: Tx, count: number) =>
  rows<{ number: string }>(
    tx,
    sql`with w as (select id, next_number from workspaces for no key update),
        -- in the select list the numbers are made one by one, as many as it takes
        taken as (
          select n from (select id, generate_series(next_number, next_number + ${count + 100_000}) as n from w) free
          where not exists (select from orders o where o.workspace_id = free.id and o.number = n::text)
          limit ${count}),
        counted as (update workspaces set next_number = (select max(n) + 1 from taken))
        select n::text as number from taken order by n`,
  )

async function findOrders(tx: Tx, keys: string[], { integrationId }: Options): Promise<Map<string, Found>> {
  const wanted = asTexts([...new Set(keys)])
  const found = await rows<Found & { key: string }>(
    tx,
    integrationId
      ? sql`select r.external_id as key, o.id, o.number,
              jsonb_build_object('integration:' || r.integration_id, ${ms(sql`r.remote_modified_at`)}) as told
            from order_external_refs r join orders o on o.id = r.order_id
            where r.integration_id = ${integrationId} and r.external_id = any(${wanted})`
      : sql`select number as key, id, number, (
              select jsonb_object_agg(w.source, w.said) from (
                select source, ${ms(sql`max(said_at)`)} as said from order_words where order_id = orders.id group by 1) w) as told
            from orders
            where workspace_id = tidings_workspace() and number = any(${wanted})`,
  )
  return new Map(found.map(({ key, ...order }) => [key, order]))
}

/** Makes the unknown ones. One that another transaction made meanwhile is added to `found` instead. */
async function makeOrders(tx: Tx, firsts: Numbered[], found: Map<string, Found>, options: Options) {
  const made = new Map<string, Found>()
  for (const numberOf of options.integrationId ? NUMBERS : NUMBERS.slice(0, 1)) {
    const open = firsts.filter((r) => !made.has(identityOf(r)))
    if (open.length === 0) return made
    const list = open.map((r) => ({ ...r, key: identityOf(r), number: numberOf(r, options.integrationId ?? '') }))
    for (const { key, ...order } of await insertOrders(tx, list, options)) made.set(key, { ...order, told: null })
  }
  const taken = firsts.map(identityOf).filter((key) => !made.has(key))
  if (taken.length > 0) for (const [key, order] of await findOrders(tx, taken, options)) found.set(key, order)
  return made
}

/** What an order is called when its number is taken by another source's, one try after the other. */
const NUMBERS: ((report: Numbered, integrationId: string) => string)[] = [
  (r) => r.number,
  (r, integrationId) => `${r.number}-${integrationId.slice(-4)}`,
  (r, integrationId) => `${r.number}-${r.externalId}-${integrationId.slice(-4)}`,
  (r) => `${r.number}-${newId().slice(-12)}`,
]

/** What a report can say of an order's contents, as columns. The comment is not among what filters name. */
const FACTS = {
  customer_id: 'uuid',
  contact_name: 'text',
  contact_phone: 'text',
  contact_email: 'text',
  total: 'numeric',
  currency: 'text',
  payment_method: 'text',
  comment: 'text',
}
type Facts = Record<keyof typeof FACTS, string | null>
const names = Object.keys(FACTS) as (keyof Facts)[]
const kept = names.filter((name) => name !== 'comment')
const list = (columns: readonly string[], of = ''): SQL => sql.raw(columns.map((name) => of + name).join(', '))
const typed = sql.raw(
  Object.entries(FACTS)
    .map(([name, type]) => `${name} ${type}`)
    .join(', '),
)

/** Null where the report does not say. */
const factsOf = ({ order, customerId, identity }: Numbered, currency: string): Facts => ({
  customer_id: customerId,
  contact_name: identity.name,
  contact_phone: identity.phone,
  contact_email: identity.email,
  total: order.total ?? null,
  currency: order.total === undefined ? null : (order.currency ?? currency),
  payment_method: order.paymentMethod ?? null,
  comment: order.comment ?? null,
})

/** The contents of `from` as a row of an order's past; what filters could have seen is kept. */
const keepRevisions = (from: SQL, nowMs: number): SQL => sql`
  insert into order_revisions (workspace_id, order_id, recorded_at, ${list(kept)})
  select tidings_workspace(), id, ${asTime(nowMs)}, ${list(kept)} from ${from}`

function insertOrders(tx: Tx, reports: (Numbered & { key: string })[], { currency, nowMs }: Options) {
  const orders = reports.map((r) => ({
    ...factsOf(r, currency),
    id: newId(nowMs),
    key: r.key,
    number: r.number,
    source: r.source,
    created: r.order.createdAtMs ?? nowMs,
  }))
  return rows<{ key: string; id: string; number: string }>(
    tx,
    sql`with n as (
          select * from jsonb_to_recordset(${asJson(orders)})
            as n(key text, id uuid, number text, source text, created float8, ${typed})),
        made as (
          insert into orders (id, workspace_id, number, source, created_at, updated_at, ${list(names)})
          select id, tidings_workspace(), number, source, to_timestamp(created / 1000.0), ${asTime(nowMs)}, ${list(names)}
          from n order by number on conflict (workspace_id, number) do nothing
          returning id, number, ${list(kept)}),
        past as (${keepRevisions(sql`made`, nowMs)})
        select n.key, made.id, made.number from made join n on n.id = made.id`,
  )
}

/** Writes what the newest report of each order says of its contents, and keeps what filters could have seen before. */
async function updateFacts(
  tx: Tx,
  reports: readonly Numbered[],
  orders: ReadonlyMap<string, Found>,
  { nowMs, currency }: Options,
): Promise<void> {
  const newest = new Map<string, Record<string, unknown>>()
  for (const report of inTheirOrder(reports)) {
    const { id, told: said } = orders.get(identityOf(report))!
    if (report.occurredAtMs !== null && report.occurredAtMs < (said?.[report.source] ?? Number.NEGATIVE_INFINITY))
      continue
    const told = Object.entries(factsOf(report, currency)).filter(([, value]) => value !== null)
    newest.set(id, { ...newest.get(id), ...Object.fromEntries(told), id })
  }
  const merged = sql.raw(names.map((name) => `coalesce(f.${name}, p.${name}) as ${name}`).join(', '))
  // in one order for everybody, and a statement before the update, which then reads what it merges with
  const locking = rows(
    tx,
    sql`select from orders where id = any(${asIds([...newest.keys()])}) order by id for no key update`,
  )
  const writing = rows(
    tx,
    sql`
    with changed as (
      update orders o set (${list(names)}, updated_at) = (${list(names, 'n.')}, ${asTime(nowMs)})
      from jsonb_to_recordset(${asJson([...newest.values()])}) as f(id uuid, ${typed})
      join orders p on p.id = f.id cross join lateral (select ${merged}) n
      where o.id = p.id and (${list(names, 'n.')}) is distinct from (${list(names, 'p.')})
      returning o.id, ${list(kept, 'o.')})
    ${keepRevisions(sql`changed`, nowMs)}`,
  )
  await Promise.all([locking, writing])
}

/** By the times that sources tell, so that the latest contents stay; as they came where one tells none. */
const inTheirOrder = (reports: readonly Numbered[]): readonly Numbered[] =>
  reports.every((r) => r.occurredAtMs !== null)
    ? reports.toSorted((a, b) => a.occurredAtMs! - b.occurredAtMs!)
    : reports

async function keepRefs(
  tx: Tx,
  reports: readonly Numbered[],
  orders: ReadonlyMap<string, Found>,
  integrationId: string,
): Promise<void> {
  const newest = new Map<string, object>()
  for (const report of reports) {
    const { externalId, remoteStatus, occurredAtMs } = report
    newest.set(identityOf(report), {
      externalId,
      orderId: orders.get(identityOf(report))!.id,
      remoteStatus,
      occurredAtMs,
    })
  }
  await tx.execute(sql`
    insert into order_external_refs (workspace_id, integration_id, external_id, order_id, remote_status, remote_modified_at)
    select tidings_workspace(), ${integrationId}, "externalId", "orderId", "remoteStatus", to_timestamp("occurredAtMs" / 1000.0)
    from jsonb_to_recordset(${asJson([...newest.values()])})
      as r("externalId" text, "orderId" uuid, "remoteStatus" text, "occurredAtMs" float8)
    on conflict (integration_id, external_id) do update set
      remote_status = excluded.remote_status,
      remote_modified_at = greatest(order_external_refs.remote_modified_at, excluded.remote_modified_at)
    where order_external_refs.remote_modified_at is null or excluded.remote_modified_at is null
      or excluded.remote_modified_at >= order_external_refs.remote_modified_at`)
}
