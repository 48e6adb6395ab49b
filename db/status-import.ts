import type { Tx } from './client.ts'
import { Refused } from './model/refusal.ts'
import { planImport } from './model/status-import.ts'
import type { ImportRow, ImportWish } from './model/status-import-row.ts'
import type { ListedStatus } from './model/status-list.ts'
import { insertStatuses } from './status-rows.ts'
import { listStatuses } from './statuses.ts'

export interface ImportOptions extends ImportWish {
  /** Tells what would be done, and does nothing. */
  dryRun: boolean
  /** Adds what can be read though other rows cannot. */
  partly: boolean
}

/**
 * Adds the statuses of a list that do not exist yet, all of them or none. Answers what became of every row.
 * @throws Refused import_invalid with every row that cannot be read, unless `partly`; too_many_statuses, status_exists
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
  const added = plan.flatMap(({ type, name, code, meaning, outcome }) =>
    outcome === 'added' && meaning ? [{ type, name, code, meaning, origin: 'own' as const }] : [],
  )
  await insertStatuses(tx, added, nowMs)
  return plan
}
