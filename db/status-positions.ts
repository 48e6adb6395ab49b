import { sql } from 'drizzle-orm'
import { asTexts, rows, type Tx } from './client.ts'
import { Refused } from './model/refusal.ts'
import type { Axis } from './model/status.ts'

/**
 * Puts the statuses of a type in this order; general ones are shown by their group first.
 * All of them are named, each once, so that who saw an older list does not undo what others did.
 * @throws Refused positions_invalid. Source: S0-11
 */
export async function orderStatuses(tx: Tx, type: Axis, codes: readonly string[]): Promise<void> {
  const standing = await rows<{ code: string }>(
    tx,
    sql`select code from order_statuses where axis = ${type} and deleted_at is null order by id for no key update`,
  )
  const problem = mismatch(
    standing.map((s) => s.code),
    codes,
  )
  if (problem) throw new Refused('positions_invalid', [{ field: 'codes', detail: problem }])
  await tx.execute(sql`
    update order_statuses s set position = c.n
    from unnest(${asTexts(codes)}) with ordinality as c(code, n)
    where s.axis = ${type} and s.deleted_at is null and s.code = c.code and s.position <> c.n`)
}

function mismatch(standing: readonly string[], named: readonly string[]): string | null {
  const missing = standing.find((code) => !named.includes(code))
  if (missing !== undefined) return `${missing} is missing`
  const unknown = named.find((code) => !standing.includes(code))
  if (unknown !== undefined) return `${unknown} is not a status of this type`
  return new Set(named).size < named.length ? 'each status is named once' : null
}
