import { sql } from 'drizzle-orm'
import { asJson, asTime, rows, type Tx } from './client.ts'
import { newId } from './ids.ts'
import { nameKey } from './model/name.ts'
import { Refused } from './model/refusal.ts'
import { planImport } from './model/status-import.ts'
import type { ImportRow, ImportWish } from './model/status-import-row.ts'
import type { ListedStatus } from './model/status-list.ts'
import { listStatuses } from './statuses.ts'

export interface ImportOptions extends ImportWish {
  /** Tells what would be done, and does nothing. */
  dryRun: boolean
  /** Adds what can be read though other rows cannot. */
  partly: boolean
}

/**
 * Adds the statuses of a list that do not exist yet, all of them or none. Answers what became of every row.
 * @throws Refused import_invalid with every row that cannot be read, unless `partly`
 * Source: S1-04.
 */
export async function importStatuses(
  tx: Tx,
  list: readonly ListedStatus[],
  { dryRun, partly, ...wish }: ImportOptions,
  nowMs: number,
): Promise<ImportRow[]> {
  const plan = planImport(list, await listStatuses(tx), wish)
  if (dryRun) return plan
  const problems = plan.flatMap(({ line, problem }) =>
    problem ? [{ field: `line/${line}/${problem.field}`, detail: problem.detail }] : [],
  )
  if (problems.length > 0 && !partly) throw new Refused('import_invalid', problems)
  await insertStatuses(
    tx,
    plan.filter(({ outcome }) => outcome === 'added'),
    nowMs,
  )
  return plan
}

/** Behind those that exist, in the order of the list. */
async function insertStatuses(tx: Tx, plan: readonly ImportRow[], nowMs: number): Promise<void> {
  const list = plan.map(({ type, name, code, meaning }, i) => ({
    ...{ type, name, code, meaning },
    id: newId(nowMs),
    key: nameKey(name),
    place: i + 1,
  }))
  const made = await rows(
    tx,
    sql`insert into order_statuses (id, workspace_id, axis, name, name_key, code, group_code, delivery_kind, payment_kind,
          origin, position, created_at)
        select s.id, tidings_workspace(), type, s.name, key, s.code, case type when 'general' then meaning end,
          case type when 'delivery' then meaning end, case type when 'payment' then meaning end, 'own',
          place + (select coalesce(max(position), 0) from order_statuses where axis = type), ${asTime(nowMs)}
        from jsonb_to_recordset(${asJson(list)}) as s(id uuid, type text, name text, key text, code text, meaning text,
          place int)
        on conflict do nothing returning id`,
  )
  // somebody added one of them since we looked
  if (made.length < list.length) throw new Refused('status_exists')
}
