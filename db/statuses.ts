import { sql } from 'drizzle-orm'
import { rows, sqlState, type Tx } from './client.ts'
import { nameKey } from './model/name.ts'
import type { Period } from './model/period.ts'
import { Refused } from './model/refusal.ts'
import { problemsInTemplate } from './model/sms.ts'
import { type Axis, findStatus, MEANINGS, type Meaning, type Status } from './model/status.ts'
import { findContainer } from './status-containers.ts'
import { insertStatuses } from './status-rows.ts'
import { setTimeoutRule } from './status-timeouts.ts'

/** What an admin says of a status; what is missing stays as it is. */
export interface StatusWish {
  name?: string | undefined
  group?: Meaning | undefined
  kind?: Meaning | undefined
  /** The name of a container that exists; null takes it out. Source: S0-32. */
  container?: string | null | undefined
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

/** Adds a status of the merchant's own. @throws Refused status_exists, group_required, kind_required, too_many_statuses … */
export async function addStatus(
  tx: Tx,
  wish: StatusWish & { type: Axis; name: string; code: string },
  nowMs: number,
): Promise<void> {
  const { type, code, name } = wish
  refuseTaken(await listStatuses(tx), type, wish)
  const { includeInAnalytics = true } = wish
  const status = { type, name, code, meaning: meaningOf(type, wish), origin: 'own' as const, includeInAnalytics }
  const [id] = await insertStatuses(tx, [status], nowMs)
  await setEffects(tx, id!, type, wish, nowMs)
}

/** @throws Refused status_exists, saying which of the two is whose */
function refuseTaken(statuses: readonly Status[], type: Axis, { name, code }: { name: string; code: string }): void {
  const others = statuses.filter(({ axis }) => axis === type)
  const coded = others.find((s) => s.code === code)
  const named = others.find((s) => nameKey(s.name) === nameKey(name))
  const problems = [
    ...(coded ? [{ field: 'code', detail: `${coded.name} has this code` }] : []),
    ...(named ? [{ field: 'name', detail: `the status with the code ${named.code} has this name` }] : []),
  ]
  if (problems.length > 0) throw new Refused('status_exists', problems)
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

async function setEffects(tx: Tx, statusId: string, type: Axis, wish: StatusWish, nowMs: number): Promise<void> {
  const { timeout, autoSms, container } = wish
  if (container !== undefined) await setContainer(tx, statusId, container)
  if (timeout !== undefined) {
    const rule = timeout && { after: timeout.after, to: await getStatus(tx, type, timeout.to, 'timeout/to') }
    await setTimeoutRule(tx, statusId, rule, nowMs)
  }
  if (autoSms !== undefined) await setAutoSms(tx, statusId, autoSms)
}

async function setContainer(tx: Tx, statusId: string, name: string | null): Promise<void> {
  const id = name === null ? null : await findContainer(tx, name)
  await tx.execute(sql`update order_statuses set container_id = ${id} where id = ${statusId}`)
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
