import { sql } from 'drizzle-orm'
import { asTime, rows, sqlState, type Tx } from './client.ts'
import { newId } from './ids.ts'
import { formatPeriod, longestMs, type Period } from './model/period.ts'
import { Refused } from './model/refusal.ts'
import { problemsInTemplate } from './model/sms.ts'
import { type Axis, findStatus, MEANINGS, type Meaning, nameKey, type Status } from './model/status.ts'
import { findCycle } from './model/timeouts.ts'
import { setStatusPlace } from './places.ts'

/** A status as admins see it. */
export interface StatusView {
  type: Axis
  name: string
  code: string
  group: Meaning | null
  kind: Meaning | null
  isLocked: boolean
  isInitial: boolean
  includeInAnalytics: boolean
  timeout: { after: string; to: string } | null
  autoSms: { template: string; always: boolean } | null
  /** Orders that stand in it, archived ones not counted. Source: S0-18. */
  orders: number
}

/** What an admin says of a status; what is missing stays as it is. */
export interface StatusWish {
  name?: string | undefined
  group?: Meaning | undefined
  kind?: Meaning | undefined
  includeInAnalytics?: boolean | undefined
  timeout?: { after: Period; to: string } | null | undefined
  autoSms?: { template: string; always: boolean } | null | undefined
}

/** Every status that is not deleted, by position. */
export async function listStatuses(tx: Tx): Promise<Status[]> {
  return rows<Status>(
    tx,
    sql`select id, axis, name, code, meaning, position, is_initial as "isInitial"
        from order_statuses where deleted_at is null order by position, created_at`,
  )
}

/** The status with this code, which the wish names in `field`. @throws Refused unknown_status */
export async function getStatus(tx: Tx, axis: Axis, code: string, field = 'code'): Promise<Status> {
  const status = findStatus(await listStatuses(tx), axis, { code })
  if (!status) throw new Refused('unknown_status', [{ field, detail: `no ${axis} status has the code ${code}` }])
  return status
}

export async function viewStatuses(tx: Tx): Promise<StatusView[]> {
  type Row = Omit<StatusView, 'timeout'> & { timeout: (Period & { to: string }) | null }
  const found = await rows<Row>(
    tx,
    sql`select s.axis as type, s.name, s.code, s.group_code as "group", coalesce(s.delivery_kind, s.payment_kind) as kind,
          s.is_locked as "isLocked", s.is_initial as "isInitial", s.include_in_analytics as "includeInAnalytics",
          (select jsonb_build_object('amount', t.amount, 'unit', t.unit, 'to', d.code)
           from status_timeouts t join order_statuses d on d.id = t.to_status_id where t.status_id = s.id) as timeout,
          (select jsonb_build_object('template', a.template, 'always', a.always)
           from status_auto_sms a where a.status_id = s.id) as "autoSms",
          coalesce(c.orders, 0) as orders
        from order_statuses s left join (
          select general_status_id as id, count(*)::int as orders from orders where archived_at is null group by 1
          union all select delivery_status_id, count(*)::int from orders where archived_at is null group by 1
          union all select payment_status_id, count(*)::int from orders where archived_at is null group by 1) c on c.id = s.id
        where deleted_at is null
        order by array_position(array['general', 'delivery', 'payment'], s.axis), s.position, s.created_at`,
  )
  return found.map((row) => ({
    ...row,
    timeout: row.timeout && { after: formatPeriod(row.timeout), to: row.timeout.to },
  }))
}

/** Adds a status of the merchant's own. @throws Refused status_exists, group_required, kind_required … */
export async function addStatus(
  tx: Tx,
  wish: StatusWish & { type: Axis; name: string; code: string },
  nowMs: number,
): Promise<void> {
  const { type, code, name } = wish
  const meaning = meaningOf(type, wish)
  const [made] = await rows<{ id: string }>(
    tx,
    sql`insert into order_statuses (id, workspace_id, axis, name, name_key, code, group_code, delivery_kind, payment_kind,
          origin, include_in_analytics, position, created_at)
        select ${newId(nowMs)}, tidings_workspace(), ${type}, ${name}, ${nameKey(name)}, ${code},
          ${type === 'general' ? meaning : null}, ${type === 'delivery' ? meaning : null},
          ${type === 'payment' ? meaning : null}, 'own', ${wish.includeInAnalytics ?? true},
          (select coalesce(max(position), 0) + 1 from order_statuses where axis = ${type}), ${asTime(nowMs)}
        on conflict do nothing returning id`,
  )
  if (!made) throw new Refused('status_exists', [{ field: 'code', detail: 'choose another code and another name' }])
  await setEffects(tx, made.id, type, wish, nowMs)
}

function meaningOf(type: Axis, { group, kind }: StatusWish): Meaning {
  const meaning = type === 'general' ? group : kind
  if (meaning && (MEANINGS[type] as readonly Meaning[]).includes(meaning)) return meaning
  const field = type === 'general' ? 'group' : 'kind'
  throw new Refused(`${field}_required`, [{ field, detail: `one of ${MEANINGS[type].join(', ')}` }])
}

/** Changes what a status is called and does; its code and type stay. @throws Refused status_locked … */
export async function changeStatus(tx: Tx, type: Axis, code: string, wish: StatusWish, nowMs: number): Promise<void> {
  const status = await getStatus(tx, type, code)
  const { name, includeInAnalytics } = wish
  const meaning = wish.group || wish.kind ? meaningOf(type, wish) : null
  await refuseLocked(tx, status, {
    renamed: name !== undefined && name !== status.name,
    regrouped: meaning !== null && meaning !== status.meaning,
  })
  const column = sql.raw({ general: 'group_code', delivery: 'delivery_kind', payment: 'payment_kind' }[type])
  const taken = await rows(
    tx,
    sql`select from order_statuses where axis = ${type} and deleted_at is null and id <> ${status.id}
        and name_key = ${nameKey(name ?? status.name)}`,
  )
  if (taken.length > 0) throw new Refused('status_exists', [{ field: 'name', detail: 'choose another name' }])
  const renamed = tx.execute(sql`
    update order_statuses set name = coalesce(${name ?? null}, name),
      name_key = coalesce(${name === undefined ? null : nameKey(name)}, name_key),
      ${column} = coalesce(${meaning}, ${column}),
      include_in_analytics = coalesce(${includeInAnalytics ?? null}::boolean, include_in_analytics),
      version = version + 1
    where id = ${status.id}`)
  await renamed.catch((error) => {
    throw sqlState(error) === '23505'
      ? new Refused('status_exists', [{ field: 'name', detail: 'choose another name' }])
      : error
  })
  await setEffects(tx, status.id, type, wish, nowMs)
}

async function refuseLocked(tx: Tx, status: Status, wish: { renamed: boolean; regrouped: boolean }): Promise<void> {
  if (!wish.renamed && !wish.regrouped) return
  const [row] = await rows<{ is_locked: boolean }>(
    tx,
    sql`select is_locked from order_statuses where id = ${status.id}`,
  )
  if (row?.is_locked) throw new Refused('status_locked')
}

/** Deletes a status that nothing refers to; history keeps its name. @throws Refused status_locked, status_in_use */
export async function deleteStatus(tx: Tx, type: Axis, code: string, nowMs: number): Promise<void> {
  const status = await getStatus(tx, type, code)
  await refuseLocked(tx, status, { renamed: true, regrouped: true })
  await tx.execute(sql`select from order_statuses where id = ${status.id} for update`)
  const uses = await rows<{ use: string }>(
    tx,
    sql`select use from (
          select 'is the initial status of its type' as use where ${status.isInitial}
          union all select 'orders stand in it' where exists (select from orders where ${status.id} in
            (general_status_id, delivery_status_id, payment_status_id))
          union all select 'a timeout leads to it' where exists (select from status_timeouts where to_status_id = ${status.id})
          union all select 'the status map of an integration names it' where exists (
            select from integration_status_map where status_id = ${status.id})
          union all select 'the campaign ' || c.name || ' names it' from campaigns c
            join campaign_versions v on v.campaign_id = c.id and v.live_until is null
            join campaign_triggers t on t.version_id = v.id
            where ${status.id} = any(t.from_ids) or ${status.id} = any(t.to_ids)
              or jsonb_path_exists(v.document, '$.steps[*].where.** ? (@.field == $field && @.value == $code)',
                jsonb_build_object('field', ${`order.${type}`}::text, 'code', ${code}::text))) u`,
  )
  if (uses.length > 0)
    throw new Refused(
      'status_in_use',
      uses.map(({ use }) => ({ field: 'code', detail: use })),
    )
  await tx.execute(sql`delete from status_timeouts where status_id = ${status.id}`)
  await tx.execute(sql`delete from status_auto_sms where status_id = ${status.id}`)
  await setStatusPlace(tx, status.id, null, nowMs)
  await tx.execute(sql`update order_statuses set deleted_at = ${asTime(nowMs)} where id = ${status.id}`)
}

async function setEffects(tx: Tx, statusId: string, type: Axis, wish: StatusWish, nowMs: number): Promise<void> {
  if (wish.timeout !== undefined) await setTimeoutRule(tx, statusId, type, wish.timeout, nowMs)
  if (wish.autoSms !== undefined) await setAutoSms(tx, statusId, wish.autoSms)
}

const TIMEOUT_MAX_MS = 10 * 366 * 86_400_000

async function setTimeoutRule(
  tx: Tx,
  statusId: string,
  type: Axis,
  rule: StatusWish['timeout'],
  nowMs: number,
): Promise<void> {
  await tx.execute(sql`delete from status_timeouts where status_id = ${statusId}`)
  if (rule) {
    if (longestMs(rule.after) > TIMEOUT_MAX_MS)
      throw new Refused('timeout_invalid', [{ field: 'timeout/after', detail: 'at most ten years are expected' }])
    const to = await getStatus(tx, type, rule.to, 'timeout/to')
    if (to.id === statusId)
      throw new Refused('timeout_invalid', [{ field: 'timeout/to', detail: 'another status is expected' }])
    await tx.execute(sql`
      insert into status_timeouts (status_id, workspace_id, axis, to_status_id, amount, unit)
      values (${statusId}, tidings_workspace(), ${type}, ${to.id}, ${rule.after.amount}, ${rule.after.unit})`)
    await refuseCycle(tx, type)
    await retryRefused(tx, statusId, type)
  }
  await setStatusPlace(tx, statusId, rule?.after ?? null, nowMs)
}

/** A changed rule is a new chance for orders whose move was refused. */
async function retryRefused(tx: Tx, statusId: string, type: Axis): Promise<void> {
  const column = (name: string) => sql.raw(`${type}_${name}`)
  await tx.execute(sql`
    update orders set ${column('refused_seq')} = null
    where ${column('status_id')} = ${statusId} and ${column('refused_seq')} is not null`)
}

/** Source: store.md 5.2, pitfall P22. */
async function refuseCycle(tx: Tx, type: Axis): Promise<void> {
  // two rules saved at once could close a circle that neither sees
  await tx.execute(sql`select from workspaces for no key update`)
  const edges = await rows<{ from: string; to: string }>(
    tx,
    sql`select f.name as "from", t.name as "to" from status_timeouts r
        join order_statuses f on f.id = r.status_id join order_statuses t on t.id = r.to_status_id
        where r.axis = ${type}`,
  )
  const cycle = findCycle(edges)
  if (cycle) throw new Refused('timeout_cycle', [{ field: 'timeout/to', detail: cycle.join(' → ') }])
}

async function setAutoSms(tx: Tx, statusId: string, autoSms: StatusWish['autoSms']): Promise<void> {
  await tx.execute(sql`delete from status_auto_sms where status_id = ${statusId}`)
  if (!autoSms) return
  const problems = problemsInTemplate(autoSms.template).map((detail) => ({ field: 'autoSms/template', detail }))
  if (problems.length > 0) throw new Refused('template_invalid', problems)
  await tx.execute(sql`
    insert into status_auto_sms (status_id, workspace_id, template, always)
    values (${statusId}, tidings_workspace(), ${autoSms.template}, ${autoSms.always})`)
}
