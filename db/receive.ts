import { sql } from 'drizzle-orm'
import { asJson, asTexts, asTime, rows, type Tx } from './client.ts'
import { ensureCustomers, listHeldKeys } from './customers.ts'
import { identityOf } from './model/customer.ts'
import { FUTURE_MAX_MS } from './model/limits.ts'
import { groupBy } from './model/lists.ts'
import type { Actor, Move, Outcome } from './model/moves.ts'
import type { RefusalCode } from './model/refusal.ts'
import type { OrderReport } from './model/report.ts'
import { AXES, type Axis, findStatus, getInitialStatus, type Status } from './model/status.ts'
import { moveOrders } from './orders.ts'
import { type EnsuredOrder, ensureOrders } from './received-orders.ts'
import { listStatuses } from './statuses.ts'
import { getOpenWorkspace } from './workspaces.ts'

/** What came of one report. */
export interface Received {
  /** Whether the same event had been received before; its outcomes are those it had then. */
  duplicate: boolean
  orderId: string | null
  number: string | null
  /** One per wanted status. */
  outcomes: Outcome[]
}

export interface ReceiveOptions {
  actor: Actor
  /** The integration whose ids the reports use. */
  integrationId?: string
  nowMs: number
}

/**
 * Takes in what sources say of orders: makes unknown orders and customers, moves statuses, each event once.
 * One answer per report, in their order. An event that was received before changes nothing. Source: store.md 4.
 * @throws Refused orders_disabled
 */
export async function receiveReports(
  tx: Tx,
  reports: readonly OrderReport[],
  options: ReceiveOptions,
): Promise<Received[]> {
  const [workspace, statuses] = await Promise.all([getOpenWorkspace(tx), listStatuses(tx)])
  const refusals = new Map(reports.map((report) => [report, refusalOf(report, statuses, options.nowMs)]))
  const acceptable = reports.filter((report) => !refusals.get(report))
  const persons = new Map(acceptable.map((r) => [r, identityOf(r.customer, r.source, workspace.region)]))
  const [fresh, heldKeys] = await Promise.all([
    claimEvents(tx, acceptable, options.nowMs),
    listHeldKeys(tx, [...persons.values()]),
  ])
  const taken = reports.filter((r) => fresh.has(r))
  const identities = taken.map((r) => persons.get(r)!)
  const customerIds = await ensureCustomers(tx, identities, heldKeys, options.nowMs)
  const orders = await ensureOrders(tx, taken, identities, customerIds, { ...options, currency: workspace.currency })
  const outcomes = await moveReported(tx, taken, orders, statuses, options)
  await keepOutcomes(tx, taken, orders, outcomes)
  const byReport = new Map(taken.map((report, i) => [report, { order: orders[i]!, outcomes: outcomes[i]! }]))
  const earlier = await findEarlier(
    tx,
    reports.filter((r) => !byReport.has(r)),
  )
  return reports.map((report) => {
    const now = byReport.get(report)
    if (now) return { duplicate: false, orderId: now.order.id, number: now.order.number, outcomes: now.outcomes }
    return earlier.get(eventKey(report)) ?? refused(report, refusals.get(report)!)
  })
}

/** Why a report is not taken in at all, whatever its order: nothing of it is kept, so that it may come again. */
function refusalOf(report: OrderReport, statuses: readonly Status[], nowMs: number): RefusalCode | null {
  if (!report.wanted.every((w) => findStatus(statuses, w.axis, w.status))) return 'unknown_status'
  return (report.occurredAtMs ?? 0) > nowMs + FUTURE_MAX_MS ? 'event_from_future' : null
}

const refused = (report: OrderReport, code: RefusalCode): Received => ({
  duplicate: false,
  orderId: null,
  number: report.number ?? null,
  outcomes: report.wanted.map(() => ({ outcome: 'refused', code })),
})

const eventKey = ({ source, eventId }: { source: string; eventId: string }) => JSON.stringify([source, eventId])

/** Claims the events that are new, in one order of keys for everybody; a twin in another transaction is waited for. */
async function claimEvents(tx: Tx, reports: readonly OrderReport[], nowMs: number): Promise<Set<OrderReport>> {
  const firsts = new Map([...groupBy(reports, eventKey)].map(([key, group]) => [key, group[0]!]))
  const list = [...firsts.values()].map(({ source, eventId }) => ({ source, eventId }))
  const claimed = await rows<{ source: string; eventId: string }>(
    tx,
    sql`insert into received_events (workspace_id, source, event_id, received_at)
        select tidings_workspace(), source, "eventId", ${asTime(nowMs)}
        from jsonb_to_recordset(${asJson(list)}) as e(source text, "eventId" text) order by source, "eventId"
        on conflict do nothing returning source, event_id as "eventId"`,
  )
  return new Set(claimed.map((event) => firsts.get(eventKey(event))!))
}

async function findEarlier(tx: Tx, reports: readonly OrderReport[]): Promise<Map<string, Received>> {
  if (reports.length === 0) return new Map()
  const list = reports.map(({ source, eventId }) => ({ source, eventId }))
  const found = await rows<Received & { source: string; eventId: string }>(
    tx,
    sql`select r.source, r.event_id as "eventId", true as duplicate, r.order_id as "orderId", o.number, r.outcomes
        from jsonb_to_recordset(${asJson(list)}) as e(source text, "eventId" text)
        join received_events r on r.workspace_id = tidings_workspace()
          and r.source = e.source and r.event_id = e."eventId" ${amongKeys(list)}
        left join orders o on o.id = r.order_id`,
  )
  return new Map(found.map(({ source, eventId, ...received }) => [eventKey({ source, eventId }), received]))
}

/** Lists of keys are read by index, whatever the planner knows of young tables. */
const amongKeys = (list: readonly { source: string; eventId: string }[]) => sql`
  and r.source = any(${asTexts([...new Set(list.map((e) => e.source))])})
  and r.event_id = any(${asTexts(list.map((e) => e.eventId))})`

async function moveReported(
  tx: Tx,
  reports: readonly OrderReport[],
  orders: readonly EnsuredOrder[],
  statuses: readonly Status[],
  options: ReceiveOptions,
): Promise<Outcome[][]> {
  const moves = reports.flatMap((report, i) => {
    const wanted = report.wanted.map(({ axis, status }) =>
      moveOf(orders[i]!, axis, findStatus(statuses, axis, status)!, options.actor, report),
    )
    return [...wanted, ...beginnings(orders[i]!, report, statuses, options.actor)]
  })
  const outcomes = (await moveOrders(tx, moves, options.nowMs)).values()
  return reports.map((report, i) => {
    const own = report.wanted.map(() => outcomes.next().value!)
    for (const _ of beginnings(orders[i]!, report, statuses, options.actor)) outcomes.next()
    return own
  })
}

const moveOf = ({ id }: EnsuredOrder, axis: Axis, to: Status, actor: Actor, report: OrderReport): Move => ({
  orderId: id,
  axis,
  toId: to.id,
  actor,
  occurredAtMs: report.occurredAtMs,
  source: report.source,
  sourceEventId: report.eventId,
})

/** A new order stands on every axis: where its first report says nothing, in the initial status. Source: S0-05. */
function beginnings(order: EnsuredOrder, report: OrderReport, statuses: readonly Status[], actor: Actor): Move[] {
  if (!order.isNew) return []
  return AXES.filter((axis) => !report.wanted.some((w) => w.axis === axis)).map((axis) => ({
    orderId: order.id,
    axis,
    toId: getInitialStatus(statuses, axis).id,
    actor,
  }))
}

async function keepOutcomes(
  tx: Tx,
  reports: readonly OrderReport[],
  orders: readonly EnsuredOrder[],
  outcomes: readonly Outcome[][],
): Promise<void> {
  if (reports.length === 0) return
  const list = reports.map(({ source, eventId }, i) => ({
    source,
    eventId,
    orderId: orders[i]!.id,
    outcomes: outcomes[i],
  }))
  await tx.execute(sql`
    update received_events r set order_id = e."orderId", outcomes = e.outcomes
    from jsonb_to_recordset(${asJson(list)}) as e(source text, "eventId" text, "orderId" uuid, outcomes jsonb)
    where r.workspace_id = tidings_workspace() and r.source = e.source and r.event_id = e."eventId"
      ${amongKeys(list)}`)
}
