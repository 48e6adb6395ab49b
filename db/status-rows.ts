import { sql } from 'drizzle-orm'
import { asJson, asTime, rows, type Tx } from './client.ts'
import { newId } from './ids.ts'
import { STATUSES_MAX } from './model/limits.ts'
import { nameKey } from './model/name.ts'
import { Refused } from './model/refusal.ts'
import type { Axis, Meaning } from './model/status.ts'

/** A status to be made. */
export interface NewStatus {
  type: Axis
  name: string
  code: string
  meaning: Meaning
  origin: 'built_in' | 'own'
  isLocked?: boolean
  isInitial?: boolean
  includeInAnalytics?: boolean
}

/**
 * Makes statuses behind those of their type, in the order given, and answers their ids.
 * @throws Refused too_many_statuses; status_exists where one of their names or codes is taken
 */
export async function insertStatuses(tx: Tx, list: readonly NewStatus[], nowMs: number): Promise<string[]> {
  const given = list.map((status, i) => ({
    isLocked: false,
    isInitial: false,
    includeInAnalytics: true,
    ...status,
    id: newId(nowMs),
    key: nameKey(status.name),
    place: i,
  }))
  const made = await rows<{ id: string; position: number }>(
    tx,
    sql`insert into order_statuses (id, workspace_id, axis, name, name_key, code, group_code, delivery_kind, payment_kind,
          origin, is_locked, is_initial, include_in_analytics, position, created_at)
        select s.id, tidings_workspace(), type, s.name, key, s.code, case type when 'general' then meaning end,
          case type when 'delivery' then meaning end, case type when 'payment' then meaning end,
          s.origin, "isLocked", "isInitial", "includeInAnalytics",
          place + (select coalesce(max(position) + 1, 0) from order_statuses where axis = type), ${asTime(nowMs)}
        from jsonb_to_recordset(${asJson(given)}) as s(id uuid, type text, name text, key text, code text, meaning text,
          origin text, "isLocked" bool, "isInitial" bool, "includeInAnalytics" bool, place int)
        on conflict do nothing returning id`,
  )
  if (made.length < list.length)
    throw new Refused('status_exists', [{ field: 'code', detail: 'choose another code and another name' }])
  await refuseTooMany(tx)
  return given.map(({ id }) => id)
}

/** More of one type could not be put in order any more. */
async function refuseTooMany(tx: Tx): Promise<void> {
  const over = await rows<{ axis: Axis }>(
    tx,
    sql`select axis from order_statuses where deleted_at is null group by axis having count(*) > ${STATUSES_MAX}`,
  )
  if (over.length > 0)
    throw new Refused(
      'too_many_statuses',
      over.map(({ axis }) => ({ field: 'type', detail: `at most ${STATUSES_MAX} statuses of the type ${axis}` })),
    )
}
