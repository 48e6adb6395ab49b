import { sql } from 'drizzle-orm'
import { refuseUnknown } from './campaign-views.ts'
import { asIds, asJson, asTime, ms, rows, type Tx } from './client.ts'
import { tellToGo } from './cohorts.ts'
import { newId } from './ids.ts'
import { Campaign, type Side, type StepOf } from './model/campaign-schema.ts'
import { parsePeriod } from './model/period.ts'
import { Refused } from './model/refusal.ts'
import { findStatus, type Status } from './model/status.ts'
import { MOVED_ON } from './orders.ts'
import { addStepPlaces, askForWakes } from './places.ts'
import { problemsInDraft } from './publication.ts'
import { listSegmentIds } from './segments.ts'
import { listStatuses } from './statuses.ts'
import { getOpenWorkspace } from './workspaces.ts'

/** Characters of a campaign's name. */
const NAME_MAX = 80
const COPY = ' (copy)'

export async function createCampaign(tx: Tx, name: string, draft: Campaign, nowMs: number): Promise<string> {
  const id = newId(nowMs)
  await tx.execute(sql`
    insert into campaigns (id, workspace_id, name, draft, created_at, updated_at)
    values (${id}, tidings_workspace(), ${name}, ${asJson(draft)}, ${asTime(nowMs)}, ${asTime(nowMs)})`)
  return id
}

/** Saves the draft over the version that was opened. @throws Refused draft_stale, unknown_campaign */
export async function saveDraft(
  tx: Tx,
  id: string,
  wish: { draft: Campaign; name?: string | undefined; expectedVersion: number },
  nowMs: number,
): Promise<number> {
  const [saved] = await rows<{ version: number }>(
    tx,
    sql`update campaigns set draft = ${asJson(wish.draft)}, name = coalesce(${wish.name ?? null}, name),
          draft_version = draft_version + 1, updated_at = ${asTime(nowMs)}
        where id = ${id} and draft_version = ${wish.expectedVersion} returning draft_version as version`,
  )
  if (saved) return saved.version
  await refuseUnknown(tx, id)
  throw new Refused('draft_stale')
}

/** @throws Refused unknown_campaign */
export async function renameCampaign(tx: Tx, id: string, name: string, nowMs: number): Promise<void> {
  const renamed = await rows(
    tx,
    sql`update campaigns set name = ${name}, updated_at = ${asTime(nowMs)} where id = ${id} returning id`,
  )
  if (renamed.length === 0) throw new Refused('unknown_campaign')
}

/** Makes a campaign with the same draft, never published. Answers its id. @throws Refused unknown_campaign */
export async function copyCampaign(tx: Tx, id: string, nowMs: number): Promise<string> {
  const copyId = newId(nowMs)
  const copied = await rows(
    tx,
    sql`insert into campaigns (id, workspace_id, name, draft, created_at, updated_at)
        select ${copyId}, workspace_id, rtrim(left(name, ${NAME_MAX - COPY.length})) || ${COPY}, draft, ${asTime(nowMs)},
          ${asTime(nowMs)} from campaigns where id = ${id} returning id`,
  )
  if (copied.length === 0) throw new Refused('unknown_campaign')
  return copyId
}

/** Deletes a campaign that was never published. @throws Refused campaign_published, unknown_campaign */
export async function deleteCampaign(tx: Tx, id: string): Promise<void> {
  const deleted = await rows(tx, sql`delete from campaigns where id = ${id} and state = 'draft' returning id`)
  if (deleted.length === 0) {
    await refuseUnknown(tx, id)
    throw new Refused('campaign_published')
  }
  // no trigger of the table tells pages what is gone
  await tx.execute(sql`select pg_notify('tidings_changes', tidings_workspace() || ' campaigns')`)
}

/**
 * Makes the draft the version that reacts from now on. Who is inside keeps the version they began with.
 * With `expectedVersion` only that draft is published.
 * @throws Refused campaign_invalid with every problem, draft_stale, unknown_campaign, orders_disabled
 */
export async function publishCampaign(
  tx: Tx,
  id: string,
  by: string,
  nowMs: number,
  expectedVersion?: number,
): Promise<{ version: number }> {
  await getOpenWorkspace(tx)
  const stored = await lockDraft(tx, id)
  if (expectedVersion !== undefined && expectedVersion !== stored.version) throw new Refused('draft_stale')
  const atMs = await laterThanLive(tx, id, nowMs)
  const statuses = await listStatuses(tx)
  const problems = problemsInDraft(stored.draft, statuses, await listSegmentIds(tx, { keep: true }))
  if (problems.length > 0) throw new Refused('campaign_invalid', problems)
  const draft = Campaign.parse(stored.draft)
  const versionId = newId(nowMs)
  await tx.execute(sql`
    update campaign_versions set live_until = ${asTime(atMs)} where campaign_id = ${id} and live_until is null`)
  const [version] = await rows<{ number: number }>(
    tx,
    sql`insert into campaign_versions (id, workspace_id, campaign_id, number, document, published_by, live_from)
        select ${versionId}, tidings_workspace(), ${id}, coalesce(max(number), 0) + 1, ${asJson(draft)}, ${by}, ${asTime(atMs)}
        from campaign_versions where campaign_id = ${id} returning number`,
  )
  await insertTrigger(tx, versionId, draft, statuses)
  const waits = draft.steps.filter((step) => step.kind === 'wait').filter((step) => !step.disabled)
  await addStepPlaces(
    tx,
    versionId,
    waits.map((s) => ({ nodeId: s.id, period: parsePeriod(s.for)! })),
    nowMs,
  )
  await tx.execute(sql`
    update campaigns set state = case state when 'draft' then 'live' else state end, updated_at = ${asTime(nowMs)}
    where id = ${id}`)
  return { version: version!.number }
}

/** The moment of publishing; two at once, or a clock set back, still follow one another. */
async function laterThanLive(tx: Tx, id: string, nowMs: number): Promise<number> {
  const [live] = await rows<{ from: number }>(
    tx,
    sql`select ${ms(sql`live_from`)} as "from" from campaign_versions where campaign_id = ${id} and live_until is null`,
  )
  return Math.max(nowMs, live?.from ?? nowMs)
}

async function lockDraft(tx: Tx, id: string): Promise<{ draft: unknown; version: number }> {
  const [row] = await rows<{ draft: unknown; version: number }>(
    tx,
    sql`select draft, draft_version as version from campaigns where id = ${id} for update`,
  )
  if (!row) throw new Refused('unknown_campaign')
  return row
}

async function insertTrigger(
  tx: Tx,
  versionId: string,
  { steps }: Campaign,
  statuses: readonly Status[],
): Promise<void> {
  const trigger = steps[0] as StepOf<'order_status_changed'>
  const side = (name: Side) => ({
    ids:
      typeof name === 'object' && 'statuses' in name
        ? asIds(name.statuses.map((code) => findStatus(statuses, trigger.type, { code })!.id))
        : sql`null`,
    group: typeof name === 'object' && 'group' in name ? name.group : null,
  })
  const from = side(trigger.from)
  const to = side(trigger.to)
  await tx.execute(sql`
    insert into campaign_triggers (version_id, workspace_id, axis, from_ids, from_group, to_ids, to_group,
      including_creation, leave_when_status_changes, first_node)
    values (${versionId}, tidings_workspace(), ${trigger.type}, ${from.ids}, ${from.group}, ${to.ids}, ${to.group},
      ${trigger.includingCreation && trigger.from === 'any'}, ${trigger.leaveWhenStatusChanges}, ${trigger.next.out})`)
}

/** Holds everybody inside where they are; newcomers are taken in and held too. @throws Refused campaign_not_live */
export async function pauseCampaign(tx: Tx, id: string, nowMs: number): Promise<void> {
  await setState(tx, id, 'paused', nowMs)
}

/** Lets everybody go on who was held, but for those whose order has left the status. @throws Refused campaign_not_live, orders_disabled */
export async function resumeCampaign(tx: Tx, id: string, nowMs: number): Promise<void> {
  await getOpenWorkspace(tx)
  await setState(tx, id, 'live', nowMs)
  await tx.execute(sql`
    with gone as (
      update enrolments e set state = 'ended', node_id = null, ended_at = ${asTime(nowMs)}, end_reason = 'left_status'
      from cohorts h, enrolments was, campaign_triggers t, order_status_changes c
      where h.campaign_id = ${id} and h.state = 'held' and was.cohort_id = h.id and was.state = 'walking' and e.id = was.id
        and t.version_id = h.version_id and t.leave_when_status_changes and c.id = e.change_id
        and ${MOVED_ON}
      returning e.id, was.node_id)
    insert into enrolment_steps (workspace_id, enrolment_id, node_id, at, outcome)
    select tidings_workspace(), id, node_id, ${asTime(nowMs)}, 'left' from gone`)
  await tx.execute(sql`
    with freed as (
      update cohorts set state = 'walking', progress_at = ${asTime(nowMs)}
      where campaign_id = ${id} and state = 'held' returning id, workspace_id)
    ${tellToGo(sql`freed`, nowMs)}`)
  const places = await rows<{ placeId: string }>(
    tx,
    sql`select p.id as "placeId" from places p join campaign_versions v on v.id = p.version_id
        where v.campaign_id = ${id} and p.closed_at is null`,
  )
  await askForWakes(
    tx,
    places.map((p) => ({ ...p, atMs: nowMs })),
    nowMs,
  )
}

async function setState(tx: Tx, id: string, state: 'live' | 'paused', nowMs: number): Promise<void> {
  const changed = await rows(
    tx,
    sql`update campaigns set state = ${state}, updated_at = ${asTime(nowMs)} where id = ${id} and state <> 'draft' returning id`,
  )
  if (changed.length > 0) return
  await refuseUnknown(tx, id)
  throw new Refused('campaign_not_live')
}
