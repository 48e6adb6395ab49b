import { sql } from 'drizzle-orm'
import { asIds, asJson, asTime, rows, type Tx } from './client.ts'
import { newId } from './ids.ts'
import { queueTexts } from './messages.ts'
import { COHORT_MAX } from './model/limits.ts'
import { chunks, groupBy } from './model/lists.ts'
import { dedupeKey } from './model/message.ts'
import { holdPaused } from './pauses.ts'

/**
 * Everything a batch of changes leads to: enrolments in cohorts, and the texts of statuses that were entered.
 * Answers with the batch's cohorts that have still to walk, also when an earlier attempt did the work, and with the
 * changes that it worked on.
 */
export async function consequencesOf(
  tx: Tx,
  batchId: string,
  nowMs: number,
): Promise<{ cohortIds: string[]; changeIds: string[] }> {
  const [batch] = await rows<{ done: boolean }>(
    tx,
    sql`select consequences_at is not null or failed_at is not null as done from batches where id = ${batchId} for update`,
  )
  const changeIds: string[] = []
  if (batch && !batch.done) {
    changeIds.push(...(await listChangeIds(tx, batchId)))
    await enrol(tx, batchId, changeIds, nowMs)
    await queueAutoSms(tx, changeIds, nowMs)
    await tx.execute(sql`update batches set consequences_at = ${asTime(nowMs)} where id = ${batchId}`)
  }
  const cohorts = await rows<{ id: string }>(
    tx,
    sql`select id from cohorts where origin_id = ${batchId} and state = 'walking' order by id`,
  )
  return { cohortIds: cohorts.map((c) => c.id), changeIds }
}

/** Asked first and alone: a list of keys is read by index whatever the planner knows of young tables. */
async function listChangeIds(tx: Tx, batchId: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    sql`select subject_id as id from outbox where batch_id = ${batchId} order by id`,
  )
  return found.map((f) => f.id)
}

interface Match {
  changeId: string
  orderId: string
  customerId: string | null
  versionId: string
  campaignId: string
  firstNode: string | null
  paused: boolean
}

/** Which change starts which campaign: decided by the change itself and the version live when it was recorded. */
const findMatches = (tx: Tx, changeIds: readonly string[]) =>
  rows<Match>(
    tx,
    sql`select c.id as "changeId", c.order_id as "orderId", o.customer_id as "customerId", v.id as "versionId",
          v.campaign_id as "campaignId", t.first_node as "firstNode", k.state = 'paused' as paused
        from order_status_changes c
        join orders o on o.id = c.order_id
        join order_statuses target on target.id = c.to_status_id
        left join order_statuses origin on origin.id = c.from_status_id
        join campaign_triggers t on t.axis = c.axis
          and (t.from_ids is null or c.from_status_id = any(t.from_ids))
          and (t.from_group is null or origin.group_code = t.from_group)
          and (t.to_ids is null or c.to_status_id = any(t.to_ids))
          and (t.to_group is null or target.group_code = t.to_group)
          and (c.from_status_id is not null or t.including_creation)
        join campaign_versions v on v.id = t.version_id
          and c.recorded_at >= v.live_from and (v.live_until is null or c.recorded_at < v.live_until)
        join campaigns k on k.id = v.campaign_id
        where c.id = any(${asIds(changeIds)}) and not c.silent
        order by v.id, c.id`,
  )

async function enrol(tx: Tx, batchId: string, changeIds: readonly string[], nowMs: number): Promise<void> {
  const matches = await findMatches(tx, changeIds)
  if (matches.length === 0) return
  const paused = await holdPaused(
    tx,
    matches.filter((m) => m.paused).map((m) => m.campaignId),
  )
  const cohorts = [...groupBy(matches, (m) => m.versionId).values()]
    .flatMap((group) => chunks(group, COHORT_MAX))
    .map((members) => ({ ...members[0]!, paused: paused.has(members[0]!.campaignId), id: newId(nowMs), members }))
  await tx.execute(sql`
    insert into cohorts (id, workspace_id, campaign_id, version_id, origin_id, state, created_at, progress_at)
    select id, tidings_workspace(), "campaignId", "versionId", ${batchId},
      case when "firstNode" is null then 'rest' when paused then 'held' else 'walking' end, ${asTime(nowMs)}, ${asTime(nowMs)}
    from jsonb_to_recordset(${asJson(cohorts.map(({ members: _, ...cohort }) => cohort))})
      as c(id uuid, "campaignId" uuid, "versionId" uuid, "firstNode" text, paused bool)`)
  const members = cohorts.flatMap((cohort) =>
    cohort.members.map((m) => ({ ...m, id: newId(nowMs), cohortId: cohort.id })),
  )
  await tx.execute(sql`
    insert into enrolments (id, workspace_id, campaign_id, version_id, change_id, order_id, customer_id, cohort_id, node_id,
      state, entered_at, ended_at, end_reason)
    select id, tidings_workspace(), "campaignId", "versionId", "changeId", "orderId", "customerId", "cohortId", "firstNode",
      case when "firstNode" is null then 'ended' else 'walking' end, ${asTime(nowMs)},
      case when "firstNode" is null then ${asTime(nowMs)} end, case when "firstNode" is null then 'finished' end
    from jsonb_to_recordset(${asJson(members)}) as m(id uuid, "campaignId" uuid, "versionId" uuid, "changeId" uuid,
      "orderId" uuid, "customerId" uuid, "cohortId" uuid, "firstNode" text)
    on conflict (campaign_id, change_id) do nothing`)
}

/** The texts of statuses that orders entered, always or once an order. Source: S0-27 to S0-29, C8, C9. */
async function queueAutoSms(tx: Tx, changeIds: readonly string[], nowMs: number): Promise<void> {
  const entered = await rows<{
    changeId: string
    orderId: string
    statusId: string
    template: string
    always: boolean
  }>(
    tx,
    sql`select c.id as "changeId", c.order_id as "orderId", a.status_id as "statusId", a.template, a.always
        from order_status_changes c join status_auto_sms a on a.status_id = c.to_status_id
        where c.id = any(${asIds(changeIds)}) and not c.silent order by c.order_id, c.seq`,
  )
  if (entered.length === 0) return
  const orderIds = [...new Set(entered.map((e) => e.orderId))]
  // the orders' locks keep a second batch from deciding the same "once"
  await tx.execute(sql`select from orders where id = any(${asIds(orderIds)}) order by id for no key update`)
  const texted = await listTexted(tx, orderIds)
  const wishes = entered
    .filter((e) => e.always || !texted.has(`${e.orderId} ${e.statusId}`))
    .map(({ always, ...e }) => ({
      ...e,
      priority: 1,
      dedupeKey: always ? dedupeKey.always(e.orderId, e.statusId, e.changeId) : dedupeKey.once(e.orderId, e.statusId),
    }))
  await queueTexts(tx, wishes, nowMs)
}

/** Which (order, status) had an auto-SMS that counts: suppressed and failed ones do not. */
async function listTexted(tx: Tx, orderIds: readonly string[]): Promise<Set<string>> {
  const found = await rows<{ key: string }>(
    tx,
    sql`select distinct order_id || ' ' || status_id as key from sms_messages
        where order_id = any(${asIds(orderIds)}) and status_id is not null
        and state not in ('suppressed', 'failed')`,
  )
  return new Set(found.map((f) => f.key))
}

/**
 * Cuts a batch that cannot be handled in two: it keeps the first half, the relay starts the second as a batch of its own.
 * A batch of one change is marked as failed. So one bad change does not hold up the others.
 * `failure.id` names the failure: for one failure a batch is cut once, however often this is repeated.
 */
export async function halveBatch(
  tx: Tx,
  batchId: string,
  failure: { id: string; error: string },
  nowMs: number,
): Promise<void> {
  const changes = await rows<{ id: number }>(
    tx,
    sql`select o.id::float8 from outbox o join batches b on b.id = o.batch_id
        where b.id = ${batchId} and b.consequences_at is null and b.failed_at is null and b.last_cut is distinct from ${failure.id}
        order by o.id for update of o, b`,
  )
  if (changes.length === 0) return
  if (changes.length > 1) {
    const second = newId(nowMs)
    const half = Math.ceil(changes.length / 2)
    await tx.execute(sql`
      insert into batches (id, workspace_id, size, created_at)
      values (${second}, tidings_workspace(), ${changes.length - half}, ${asTime(nowMs)})`)
    await tx.execute(sql`
      update outbox set batch_id = ${second} where batch_id = ${batchId} and id >= ${changes[half]!.id}`)
    await tx.execute(sql`update batches set size = ${half}, last_cut = ${failure.id} where id = ${batchId}`)
    await tx.execute(sql`select pg_notify('tidings_outbox', '')`)
    return
  }
  await tx.execute(sql`
    update batches set failed_at = ${asTime(nowMs)}, error = ${failure.error.slice(0, 500)} where id = ${batchId}`)
}
