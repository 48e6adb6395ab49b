import { type SQL, sql } from 'drizzle-orm'
import { asJson, asTime, ms, ONCE, rows, type Tx } from './client.ts'
import { compileFilter } from './filters.ts'
import { queueTexts } from './messages.ts'
import { nextIds, passesTo, titleOf } from './model/campaign.ts'
import type { Campaign, Step, StepOf } from './model/campaign-schema.ts'
import { dedupeKey } from './model/message.ts'
import type { NodeKind } from './model/node-outputs.ts'
import { fixedMs, parsePeriod } from './model/period.ts'
import { mayComeEarly } from './model/place.ts'
import type { Plan } from './model/walk.ts'
import { holdPaused } from './pauses.ts'
import { askForWakes } from './places.ts'
import { loadMembersOf } from './segment-members.ts'

/** What a walk needs to begin or go on, and where the cohort's members stand; nowhere when it is held or at rest. */
export async function loadPlan(tx: Tx, cohortId: string, nowMs: number): Promise<{ plan: Plan; occupied: string[] }> {
  const cohort = await lockCohort(tx, cohortId)
  if (cohort?.state !== 'walking') return { plan: { nodes: {} }, occupied: [] }
  const plan: Plan = {
    nodes: Object.fromEntries(
      cohort.document.steps.map((step) => [step.id, { kind: step.kind, title: titleOf(step), next: nextIds(step) }]),
    ),
  }
  return {
    plan,
    occupied: await settle(
      tx,
      cohortId,
      cohort.document.steps.map((s) => s.id),
      nowMs,
      false,
    ),
  }
}

interface Cohort {
  state: string
  paused: boolean
  campaignId: string
  versionId: string
  document: Campaign
}

/** Locks the cohort: its steps go one after the other, so that each sees what the others left. */
async function lockCohort(tx: Tx, cohortId: string): Promise<Cohort | undefined> {
  const [cohort] = await rows<Cohort>(
    tx,
    sql`select h.state, k.state = 'paused' as paused, k.id as "campaignId", v.id as "versionId", v.document
        from cohorts h join campaign_versions v on v.id = h.version_id join campaigns k on k.id = h.campaign_id
        where h.id = ${cohortId} for update of h`,
  )
  return cohort
}

/**
 * Does one step with all members of a cohort that stand at it, in one transaction.
 * Answers where they may stand now, read from what is written, so a repeated attempt answers the same; and what this
 * attempt did.
 */
export async function takeStep(
  tx: Tx,
  cohortId: string,
  nodeId: string,
  nowMs: number,
): Promise<{ occupied: string[]; done: Done }> {
  const cohort = await lockCohort(tx, cohortId)
  if (cohort?.state !== 'walking') return { occupied: [], done: NOTHING }
  if (cohort.paused && (await holdPaused(tx, [cohort.campaignId])).size > 0) {
    await tx.execute(sql`update cohorts set state = 'held' where id = ${cohortId}`)
    return { occupied: [], done: NOTHING }
  }
  const step = cohort.document.steps.find((s) => s.id === nodeId)
  if (!step) throw new Error(`version ${cohort.versionId} has no step ${nodeId}`)
  const done = await act({ tx, cohortId, versionId: cohort.versionId, nowMs }, step)
  return { occupied: await settle(tx, cohortId, nextIds(step), nowMs, true), done }
}

/** What a step did. */
export interface Done {
  /** The members that it met. */
  members: number
  /** The changes by which those came to whom it writes a text. */
  changeIds: string[]
}
const NOTHING: Done = { members: 0, changeIds: [] }

/** Notes the progress and who still stands at `nodeIds`; a cohort without walking members is at rest. One that `acted` gets on. */
async function settle(tx: Tx, cohortId: string, nodeIds: string[], nowMs: number, acted: boolean): Promise<string[]> {
  const [row] = await rows<{ occupied: string[] }>(
    tx,
    sql`with standing as (
          select distinct node_id from enrolments where cohort_id = ${cohortId} and state = 'walking')
        update cohorts set progress_at = ${asTime(nowMs)}, restarts = case when ${acted} then 0 else restarts end,
          state = case when exists (select from standing) then state else 'rest' end
        where id = ${cohortId}
        returning (select coalesce(jsonb_agg(node_id order by node_id), '[]') from standing) as occupied`,
  )
  return row!.occupied.filter((id) => nodeIds.includes(id))
}

interface At {
  tx: Tx
  cohortId: string
  versionId: string
  nowMs: number
}

/** What each kind of step does with the members at it. One row a kind. */
const STEPS: { [K in NodeKind]: (at: At, step: StepOf<K>) => Promise<Done> } = {
  // members stand behind the trigger from the start
  order_status_changed: async () => NOTHING,
  filter_customers: filterCustomers,
  wait: beginWait,
  send_sms: sendSms,
  exit: (at, step) =>
    goOn(at, step.id, sql`select e.id, 'ended' as outcome from enrolments e where ${standingAt(at, step.id)}`, {}),
}

const act = <K extends NodeKind>(at: At, step: StepOf<K>): Promise<Done> =>
  step.disabled ? passBy(at, step) : (STEPS[step.kind as K] as (at: At, step: Step) => Promise<Done>)(at, step)

/** A step that is switched off does nothing: everybody goes on by its first way out. */
const passBy = (at: At, step: Step): Promise<Done> =>
  goOn(at, step.id, sql`select e.id, 'skipped' as outcome from enrolments e where ${standingAt(at, step.id)}`, {
    skipped: passesTo(step),
  })

const standingAt = ({ cohortId }: At, nodeId: string): SQL =>
  sql`e.cohort_id = ${cohortId} and e.node_id = ${nodeId} and e.state = 'walking'`

/** Moves members on by their outcome and writes their journal, in one statement. No next step: they have finished. */
async function goOn(
  { tx, nowMs }: At,
  nodeId: string,
  members: SQL,
  next: Record<string, string | null>,
): Promise<Done> {
  const { count } = await tx.execute(sql`
    with m as materialized (
      select m.id, m.outcome, ${asJson(next)} ->> m.outcome as next from (${members}) m),
    moved as (
      update enrolments e set node_id = m.next,
        state = case when m.next is null then 'ended' else 'walking' end,
        ended_at = case when m.next is null then ${asTime(nowMs)} end,
        end_reason = case when m.next is null then 'finished' end
      from m where e.id = m.id returning e.id, m.outcome)
    insert into enrolment_steps (workspace_id, enrolment_id, node_id, at, outcome)
    select tidings_workspace(), id, ${nodeId}, ${asTime(nowMs)}, outcome from moved`)
  return { members: count, changeIds: [] }
}

/** Segments are read as they are now, and worked out for the customers of these members alone. Source: S1-23. */
async function filterCustomers(at: At, step: StepOf<'filter_customers'>): Promise<Done> {
  const { tx, nowMs } = at
  const only = sql`select k.customer_id from enrolments e join orders k on k.id = e.order_id where ${standingAt(at, step.id)}`
  const membersOf = await loadMembersOf(tx, step.where, { nowMs, only })
  return goOn(
    at,
    step.id,
    sql`${ONCE}
    select e.id, case when ${compileFilter(step.where, nowMs, membersOf)} then 'yes' else 'no' end as outcome
    from enrolments e join orders o on o.id = e.order_id left join customers c on c.id = o.customer_id
    where ${standingAt(at, step.id)}`,
    step.next,
  )
}

/** Members wait as rows with a deadline; the place's timer must look in time. */
async function beginWait(at: At, step: StepOf<'wait'>): Promise<Done> {
  const { tx, nowMs, versionId } = at
  const period = parsePeriod(step.for)!
  const dueMs = nowMs + fixedMs(period)!
  const place = await openPlace(at, step.id, versionId)
  const { count } = await tx.execute(sql`
    with moved as (
      update enrolments e set state = 'waiting', place_id = ${place.id}, due_at = ${asTime(dueMs)}
      where ${standingAt(at, step.id)} returning e.id)
    insert into enrolment_steps (workspace_id, enrolment_id, node_id, at, outcome, until)
    select tidings_workspace(), id, ${step.id}, ${asTime(nowMs)}, 'waits', ${asTime(dueMs)} from moved`)
  const isEarly = place.wakeMs === null || ((place.reopened || mayComeEarly(period)) && dueMs < place.wakeMs)
  if (isEarly || place.reopened) await askForWakes(tx, [{ placeId: place.id, atMs: dueMs }], nowMs)
  return { members: count, changeIds: [] }
}

/** The wait step's place, shared with other newcomers but not with a look; one that had been closed is opened again. */
async function openPlace({ tx }: At, nodeId: string, versionId: string) {
  const [place] = await rows<{ id: string; wakeMs: number | null; closed: boolean }>(
    tx,
    sql`select id, ${ms(sql`wake_at`)} as "wakeMs", closed_at is not null as closed from places
        where version_id = ${versionId} and node_id = ${nodeId} for share`,
  )
  if (place!.closed) await tx.execute(sql`update places set closed_at = null, wake_at = null where id = ${place!.id}`)
  return { ...place!, reopened: place!.closed }
}

async function sendSms(at: At, step: StepOf<'send_sms'>): Promise<Done> {
  const { tx, nowMs } = at
  const members = await rows<{ id: string; orderId: string; changeId: string }>(
    tx,
    sql`select e.id, e.order_id as "orderId", e.change_id as "changeId" from enrolments e where ${standingAt(at, step.id)}`,
  )
  const wishes = members.map(({ id, orderId, changeId }) => ({
    dedupeKey: dedupeKey.enrolment(id, step.id),
    orderId,
    changeId,
    enrolmentId: id,
    nodeId: step.id,
    template: step.message,
    priority: 2,
  }))
  const queued = await queueTexts(tx, wishes, nowMs)
  const outcomes = members.map(({ id }, i) => ({ id, outcome: queued[i]!.state }))
  const { out: next } = step.next
  const done = await goOn(
    at,
    step.id,
    sql`select id, outcome from jsonb_to_recordset(${asJson(outcomes)}) as o(id uuid, outcome text)`,
    {
      queued: next,
      suppressed: next,
    },
  )
  return { ...done, changeIds: members.map((m) => m.changeId) }
}
