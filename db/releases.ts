import { type SQL, sql } from 'drizzle-orm'
import { asJson, asTime, ms, rows, type Store, type Tx } from './client.ts'
import { newId } from './ids.ts'
import type { Campaign } from './model/campaign-schema.ts'
import { COHORT_MAX, RELEASE_MAX } from './model/limits.ts'
import type { Move } from './model/moves.ts'
import { formatPeriod, shortestMs } from './model/period.ts'
import { lookAgainAtMs } from './model/place.ts'
import type { Axis } from './model/status.ts'
import { MOVED_ON, moveOrders } from './orders.ts'
import { closePlace, findPlace, lockPlace, type Place, settlePlace } from './places.ts'

/** What a look at a place found. */
export interface Look {
  /** When to look again, in epoch ms; null when nobody can come to this place any more. */
  lookAgainAt: number | null
  /** Every cohort released here that has not taken a step yet, whoever released it. */
  cohortIds: string[]
  /** Orders or members that were let go. */
  released: number
}

/** Steps that are under way side by side: while one is decided here, the database writes the other. */
const LANES = 2

/**
 * Lets everybody go who is due at a place, at most RELEASE_MAX in steps of COHORT_MAX, each its own transaction.
 * Orders move on to their timeout's status; members of a campaign go on as new cohorts. Safe to repeat.
 */
export async function releaseDue(store: Store, workspaceId: string, placeId: string, nowMs: number): Promise<Look> {
  let [asked, released] = [0, 0]
  const isFull = async () => {
    asked += COHORT_MAX
    const n = await store.inWorkspace(workspaceId, (tx) => releaseSome(tx, placeId, nowMs))
    released += n
    return n === COHORT_MAX
  }
  const lane = async () => {
    while (asked < RELEASE_MAX && (await isFull()));
  }
  // most looks find few, and need no second lane
  if (await isFull()) await Promise.all(Array.from({ length: LANES }, lane))
  return store.inWorkspace(workspaceId, (tx) => lookAhead(tx, placeId, released, nowMs))
}

async function releaseSome(tx: Tx, placeId: string, nowMs: number): Promise<number> {
  // orders are fenced by their sequence; a lock here would meet those who hold an order and ask for a wake
  const found = await findPlace(tx, placeId)
  const place = found?.statusId ? found : await lockPlace(tx, placeId)
  if (!place || place.closed) return 0
  return place.statusId ? releaseOrders(tx, place, nowMs) : releaseMembers(tx, place, nowMs)
}

/** The last word of a look, and the place's next: nobody can be added between what it reads and what it writes. */
async function lookAhead(tx: Tx, placeId: string, released: number, nowMs: number): Promise<Look> {
  const place = await lockPlace(tx, placeId)
  if (!place || place.closed) return { lookAgainAt: null, cohortIds: [], released }
  const earliestMs = place.statusId ? await earliestOrder(tx, place) : await earliestMember(tx, place)
  const cohorts = await rows<{ id: string }>(
    tx,
    sql`select id from cohorts where origin_id = ${placeId} and state = 'walking' and progress_at = created_at order by id`,
  )
  const cohortIds = cohorts.map((c) => c.id)
  if (earliestMs === null && (await isDeserted(tx, place))) {
    await closePlace(tx, placeId, nowMs)
    return { lookAgainAt: null, cohortIds, released }
  }
  // more are due than one call releases; a look that could release nobody waits for the tick
  const goesOn = released >= RELEASE_MAX && earliestMs !== null && earliestMs <= nowMs
  const lookAgainAt = goesOn ? nowMs : lookAgainAtMs(place.period, nowMs, earliestMs)
  await settlePlace(tx, placeId, lookAgainAt)
  return { lookAgainAt, cohortIds, released }
}

/** A wait step of a replaced version, with nobody in front of it or, held while the campaign is paused, in it. */
async function isDeserted(tx: Tx, place: Place): Promise<boolean> {
  if (!place.versionId) return false
  const [row] = await rows<{ deserted: boolean }>(
    tx,
    sql`select v.live_until is not null
          and not exists (select from cohorts h where h.version_id = v.id and h.state <> 'rest')
          and not exists (select from enrolments e where e.place_id = ${place.id} and e.state = 'waiting') as deserted
        from campaign_versions v where v.id = ${place.versionId}`,
  )
  return row!.deserted
}

interface Rule {
  axis: Axis
  toStatusId: string
}

async function findRule(tx: Tx, place: Place): Promise<Rule | undefined> {
  const [rule] = await rows<Rule>(
    tx,
    sql`select axis, to_status_id as "toStatusId" from status_timeouts where status_id = ${place.statusId}`,
  )
  return rule
}

/** Orders that wait in the place's status: not archived, not refused at their present sequence. */
const waitingIn = (place: Place, { axis }: Rule) => {
  const column = (name: string) => sql.raw(`o.${axis}_${name}`)
  const { amount, unit } = place.period
  return {
    due: sql`due_after(${column('due_from')}, ${amount}, ${unit}, w.timezone)`,
    from: sql`orders o join workspaces w on w.id = o.workspace_id
      where ${column('status_id')} = ${place.statusId} and o.archived_at is null and ${column('due_from')} is not null
      and ${column('refused_seq')} is distinct from ${column('seq')}`,
    dueFrom: column('due_from'),
    seq: column('seq'),
  }
}

async function releaseOrders(tx: Tx, place: Place, nowMs: number): Promise<number> {
  const rule = await findRule(tx, place)
  if (!rule) return 0
  const { due, from, dueFrom, seq } = waitingIn(place, rule)
  // an order that another step or somebody else has in hand is passed over; the next look finds it
  const found = await rows<{ id: string; seq: number; changeId: string; depth: number; recorded: number }>(
    tx,
    sql`select o.id, ${seq} as seq, h.id as "changeId", h.depth, ${ms(sql`h.recorded_at`)} as recorded from (
          select o.id, ${seq}, ${dueFrom} from ${from}
          and ${dueFrom} <= ${asTime(nowMs - shortestMs(place.period))} and ${due} <= ${asTime(nowMs)}
          order by ${dueFrom} limit ${COHORT_MAX} for no key update of o skip locked) o
        join order_status_changes h on h.order_id = o.id and h.axis = ${rule.axis} and h.seq = ${seq}`,
  )
  const moves = found.map(
    (order): Move => ({
      orderId: order.id,
      axis: rule.axis,
      toId: rule.toStatusId,
      actor: { kind: 'timeout', id: place.statusId },
      expectedSeq: order.seq,
      cause: { changeId: order.changeId, depth: order.depth, recordedAtMs: order.recorded },
      reason: formatPeriod(place.period),
    }),
  )
  const outcomes = await moveOrders(tx, moves, nowMs)
  const refused = moves
    .filter((_, i) => outcomes[i]!.outcome === 'refused')
    .map((m) => ({ id: m.orderId, seq: m.expectedSeq }))
  if (refused.length > 0) {
    const column = (name: string) => sql.raw(`${rule.axis}_${name}`)
    await tx.execute(sql`
      update orders o set ${column('refused_seq')} = r.seq
      from jsonb_to_recordset(${asJson(refused)}) as r(id uuid, seq int) where o.id = r.id and o.${column('seq')} = r.seq`)
  }
  return found.length
}

async function earliestOrder(tx: Tx, place: Place): Promise<number | null> {
  const rule = await findRule(tx, place)
  if (!rule) return null
  const { due, from, dueFrom } = waitingIn(place, rule)
  const first = (what: SQL) => sql`select ${what} from ${from} order by ${dueFrom} limit 1`
  // who came first is due first, but for months: the last days of a long one end on one day, at their own hours
  const earliest =
    place.period.unit === 'month'
      ? sql`select ${ms(sql`min(${due})`)} as due from ${from}
            and ${dueFrom} <= (${first(dueFrom)}) + interval '4 days'`
      : first(sql`${ms(due)} as due`)
  const [row] = await rows<{ due: number | null }>(tx, earliest)
  return row?.due ?? null
}

/** Members whose wait is over go on as one cohort; those whose order has left the status leave. Nobody while paused. */
async function releaseMembers(tx: Tx, place: Place, nowMs: number): Promise<number> {
  const version = await findVersion(tx, place)
  if (!version || version.paused) return 0
  const { leave, campaignId, next } = version
  const cohortId = newId(nowMs)
  await tx.execute(sql`
    insert into cohorts (id, workspace_id, campaign_id, version_id, origin_id, state, created_at, progress_at)
    select ${cohortId}, tidings_workspace(), ${campaignId}, ${place.versionId}, ${place.id},
      ${next === null ? 'rest' : 'walking'}, ${asTime(nowMs)}, ${asTime(nowMs)}
    where exists (select from enrolments where place_id = ${place.id} and state = 'waiting' and due_at <= ${asTime(nowMs)})`)
  const released = await rows(
    tx,
    sql`with due as materialized (
          select e.id, ${leave} and ${MOVED_ON} as leaves
          from (select id, change_id from enrolments
            where place_id = ${place.id} and state = 'waiting' and due_at <= ${asTime(nowMs)}
            order by due_at limit ${COHORT_MAX} for update) e
          join order_status_changes c on c.id = e.change_id),
        moved as (
          update enrolments e set cohort_id = ${cohortId}, place_id = null, due_at = null,
            node_id = case when due.leaves then null else ${next} end,
            state = case when due.leaves or ${next}::text is null then 'ended' else 'walking' end,
            ended_at = case when due.leaves or ${next}::text is null then ${asTime(nowMs)} end,
            end_reason = case when due.leaves then 'left_status' when ${next}::text is null then 'finished' end
          from due where e.id = due.id returning e.id, due.leaves)
        insert into enrolment_steps (workspace_id, enrolment_id, node_id, at, outcome)
        select tidings_workspace(), id, ${place.nodeId}, ${asTime(nowMs)}, case when leaves then 'left' else 'waited' end
        from moved returning enrolment_id`,
  )
  return released.length
}

async function findVersion(tx: Tx, place: Place) {
  const [row] = await rows<{ paused: boolean; leave: boolean; campaignId: string; document: Campaign }>(
    tx,
    sql`select k.state = 'paused' as paused, t.leave_when_status_changes as leave, k.id as "campaignId", v.document
        from campaign_versions v join campaigns k on k.id = v.campaign_id join campaign_triggers t on t.version_id = v.id
        where v.id = ${place.versionId}`,
  )
  const step = row?.document.steps.find((s) => s.id === place.nodeId)
  return row && step?.kind === 'wait' ? { ...row, next: step.next.out } : undefined
}

/** The earliest deadline of the place's members; none counts while the campaign is paused. */
async function earliestMember(tx: Tx, place: Place): Promise<number | null> {
  const [row] = await rows<{ due: number | null }>(
    tx,
    sql`select ${ms(sql`(select min(due_at) from enrolments where place_id = ${place.id} and state = 'waiting')`)} as due
        from campaign_versions v join campaigns k on k.id = v.campaign_id
        where v.id = ${place.versionId} and k.state <> 'paused'`,
  )
  return row?.due ?? null
}
