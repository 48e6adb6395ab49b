import { sql } from 'drizzle-orm'
import { asIds, asJson, asTime, ms, rows, type Tx } from './client.ts'
import { newId } from './ids.ts'
import { problemsIn } from './model/campaign.ts'
import { Campaign, type Side, type StepOf } from './model/campaign-schema.ts'
import { FIELDS, isGroup } from './model/filter.ts'
import type { Filter } from './model/filter-schema.ts'
import { parsePeriod } from './model/period.ts'
import { type Problem, Refused } from './model/refusal.ts'
import { type Axis, findStatus, GROUPS, type Status } from './model/status.ts'
import { MOVED_ON } from './orders.ts'
import { addStepPlaces, askForWakes } from './places.ts'
import { listStatuses } from './statuses.ts'

export interface CampaignView {
  id: string
  name: string
  state: 'draft' | 'live' | 'paused'
  draft: unknown
  /** Rises with every save. */
  draftVersion: number
  /** The number of the live version; null before the first. */
  version: number | null
  /** Customers by where they are. */
  entered: number
  waiting: number
  ended: number
}

export async function listCampaigns(tx: Tx): Promise<CampaignView[]> {
  return selectCampaigns(tx, null)
}

/** @throws Refused unknown_campaign */
export async function getCampaign(tx: Tx, id: string): Promise<CampaignView> {
  const [campaign] = await selectCampaigns(tx, id)
  if (!campaign) throw new Refused('unknown_campaign')
  return campaign
}

const selectCampaigns = (tx: Tx, id: string | null) =>
  rows<CampaignView>(
    tx,
    sql`select k.id, k.name, k.state, k.draft, k.draft_version as "draftVersion", v.number as version,
          count(e.id)::int as entered, count(e.id) filter (where e.state = 'waiting')::int as waiting,
          count(e.id) filter (where e.state = 'ended')::int as ended
        from campaigns k
        left join campaign_versions v on v.campaign_id = k.id and v.live_until is null
        left join enrolments e on e.campaign_id = k.id
        where ${id}::uuid is null or k.id = ${id} group by k.id, v.number order by k.created_at, k.id`,
  )

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
  await getCampaign(tx, id)
  throw new Refused('draft_stale')
}

/**
 * Makes the draft the version that reacts from now on. Who is inside keeps the version they began with.
 * @throws Refused campaign_invalid with every problem, unknown_campaign
 */
export async function publishCampaign(tx: Tx, id: string, by: string, nowMs: number): Promise<{ version: number }> {
  const draft = await lockDraft(tx, id)
  const atMs = await laterThanLive(tx, id, nowMs)
  const statuses = await listStatuses(tx)
  const problems = [...problemsIn(draft), ...problemsInCodes(draft, statuses)]
  if (problems.length > 0) throw new Refused('campaign_invalid', problems)
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

/** @throws Refused campaign_invalid when the stored draft is not of the present form. */
async function lockDraft(tx: Tx, id: string): Promise<Campaign> {
  const [row] = await rows<{ draft: unknown }>(tx, sql`select draft from campaigns where id = ${id} for update`)
  if (!row) throw new Refused('unknown_campaign')
  const parsed = Campaign.safeParse(row.draft)
  if (parsed.success) return parsed.data
  throw new Refused(
    'campaign_invalid',
    parsed.error.issues.map((i) => ({ field: i.path.join('/'), detail: i.message })),
  )
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

/** Status codes that the workspace does not have, where steps that are switched on name them. */
function problemsInCodes({ steps }: Campaign, statuses: readonly Status[]): Problem[] {
  const missing = (axis: Axis, codes: readonly string[], field: string): Problem[] =>
    codes
      .filter((code) => !findStatus(statuses, axis, { code }))
      .map((code) => ({ field, detail: `no ${axis} status has the code ${code}` }))
  return steps.flatMap((step, i) => {
    if (step.disabled) return []
    if (step.kind === 'filter_customers') return missingInFilter(step.where, `steps/${i}/where`, missing)
    if (step.kind !== 'order_status_changed') return []
    return (['from', 'to'] as const).flatMap((name) => {
      const side = step[name]
      return typeof side === 'object' && 'statuses' in side
        ? missing(step.type, side.statuses, `steps/${i}/${name}`)
        : []
    })
  })
}

type Missing = (axis: Axis, codes: readonly string[], field: string) => Problem[]

function missingInFilter(filter: Filter, at: string, missing: Missing): Problem[] {
  return filter.rules.flatMap((rule, i) => {
    const field = `${at}/rules/${i}`
    if (isGroup(rule)) return missingInFilter(rule, field, missing)
    if (FIELDS[rule.field].type !== 'status') return []
    const codes = [rule.value ?? []].flat().map(String)
    const axis = rule.field.slice('order.'.length)
    if (axis !== 'group') return missing(axis as Axis, codes, `${field}/value`)
    const unknown = codes.filter((code) => !(GROUPS as readonly string[]).includes(code))
    return unknown.map((code) => ({ field: `${field}/value`, detail: `${code} is not one of ${GROUPS.join(', ')}` }))
  })
}

/** Holds everybody inside where they are; newcomers are taken in and held too. @throws Refused campaign_not_live */
export async function pauseCampaign(tx: Tx, id: string, nowMs: number): Promise<void> {
  await setState(tx, id, 'paused', nowMs)
}

/** Lets everybody go on who was held, but for those whose order has left the status. @throws Refused campaign_not_live */
export async function resumeCampaign(tx: Tx, id: string, nowMs: number): Promise<void> {
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
      where campaign_id = ${id} and state = 'held' returning id)
    insert into outbox (workspace_id, topic, subject_id, created_at)
    select tidings_workspace(), 'cohort.go', id, ${asTime(nowMs)} from freed`)
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
  await getCampaign(tx, id)
  throw new Refused('campaign_not_live')
}
