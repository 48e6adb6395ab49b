import { sql } from 'drizzle-orm'
import { asTime, rows, type Tx } from './client.ts'
import { longestMs, type Period } from './model/period.ts'
import { Refused } from './model/refusal.ts'
import type { Axis, Status } from './model/status.ts'
import { findCycle } from './model/timeouts.ts'
import { setStatusPlace } from './places.ts'

/** The timeout of the status `s`, with the code of where it leads; null where it has none. */
export const TIMEOUT = sql`(
  select jsonb_build_object('after', jsonb_build_object('amount', t.amount, 'unit', t.unit), 'to', d.code)
  from status_timeouts t join order_statuses d on d.id = t.to_status_id where t.status_id = s.id)`

const TIMEOUT_MAX_MS = 10 * 366 * 86_400_000

/**
 * Gives a status another timeout, or none. Orders that wait already count by the new one. Source: S0-22, C11.
 * @throws Refused timeout_invalid, timeout_cycle
 */
export async function setTimeoutRule(
  tx: Tx,
  statusId: string,
  rule: { after: Period; to: Status } | null,
  nowMs: number,
): Promise<void> {
  await tx.execute(sql`delete from status_timeouts where status_id = ${statusId}`)
  if (rule) {
    const { after, to } = rule
    refusePeriod(after)
    if (to.id === statusId)
      throw new Refused('timeout_invalid', [{ field: 'timeout/to', detail: 'another status is expected' }])
    await tx.execute(sql`
      insert into status_timeouts (status_id, workspace_id, axis, to_status_id, amount, unit)
      values (${statusId}, tidings_workspace(), ${to.axis}, ${to.id}, ${after.amount}, ${after.unit})`)
    await refuseCycle(tx, to.axis)
    await retryRefused(tx, statusId, to.axis)
  }
  await setStatusPlace(tx, statusId, rule?.after ?? null, nowMs)
}

function refusePeriod(after: Period, field = 'timeout/after'): void {
  if (longestMs(after) > TIMEOUT_MAX_MS)
    throw new Refused('timeout_invalid', [{ field, detail: 'at most ten years are expected' }])
}

/** A changed rule is a new chance for orders whose move was refused. */
async function retryRefused(tx: Tx, statusId: string, type: Axis): Promise<void> {
  const column = (name: string) => sql.raw(`${type}_${name}`)
  await tx.execute(sql`
    update orders set ${column('refused_seq')} = null
    where ${column('status_id')} = ${statusId} and ${column('refused_seq')} is not null`)
}

/** @throws Refused timeout_cycle when the type's timeouts as they stand lead in a circle. Source: store.md 5.2, pitfall P22. */
export async function refuseCycle(tx: Tx, type: Axis, field = 'timeout/to'): Promise<void> {
  // two rules saved at once could close a circle that neither sees
  await tx.execute(sql`select from workspaces for no key update`)
  const edges = await rows<{ from: string; to: string }>(
    tx,
    sql`select f.name as "from", t.name as "to" from status_timeouts r
        join order_statuses f on f.id = r.status_id join order_statuses t on t.id = r.to_status_id
        where r.axis = ${type}`,
  )
  const cycle = findCycle(edges)
  if (cycle) throw new Refused('timeout_cycle', [{ field, detail: cycle.join(' → ') }])
}

/** What a timeout would do at once to the orders that wait in a status already. Source: C11. */
export interface TimeoutPreview {
  /** Orders that would wait for it. */
  waiting: number
  /** Orders of an imported past, which join with their next change. */
  resting: number
  /** Of them, those that would move now. */
  due: number
  /** When the first of the others would move; null when nobody waits longer. */
  nextAt: string | null
}

/** @throws Refused timeout_invalid */
export async function previewTimeout(tx: Tx, status: Status, after: Period, nowMs: number): Promise<TimeoutPreview> {
  refusePeriod(after, 'after')
  const column = (name: string) => sql.raw(`o.${status.axis}_${name}`)
  const [found] = await rows<TimeoutPreview>(
    tx,
    sql`select count(at)::int as waiting, (count(*) - count(at))::int as resting, count(*) filter (where at <= ${asTime(nowMs)})::int as due,
          min(at) filter (where at > ${asTime(nowMs)}) as "nextAt"
        from (select due_after(${column('due_from')}, ${after.amount}, ${after.unit}, w.timezone) as at
          from orders o join workspaces w on w.id = o.workspace_id
          where ${column('status_id')} = ${status.id} and o.archived_at is null) d`,
  )
  return found!
}
