import { nameKey } from './name.ts'
import type { Axis } from './status.ts'
import { suggestCode } from './status-code.ts'
import {
  type ImportRow,
  type ImportWish,
  type Known,
  type LeftReason,
  meaningsBy,
  readRow,
} from './status-import-row.ts'
import type { ListedStatus } from './status-list.ts'
import { isSwitchedOff } from './status-words.ts'

/**
 * What importing a list would do beside the statuses that exist, one row for each of it, in its order. Whose name or code
 * exists is left out. A code that the list does not tell is made from the name.
 * Source: S1-04, S1-05 to S1-07, S0-11.
 */
export function planImport(
  list: readonly ListedStatus[],
  existing: readonly (Known & { axis: Axis })[],
  wish: ImportWish,
): ImportRow[] {
  const known = register(existing)
  const seen = register([])
  const meant = meaningsBy(wish)
  const rows = list.map((listed): ImportRow => {
    const row = readRow(listed, wish.type, meant)
    if (isSwitchedOff(listed.active)) return left(row, 'inactive')
    if (wish.except.includes(row.line)) return left(row, 'unwanted')
    const clash = known.clash(row, 'exists') ?? seen.clash(row, 'repeated')
    if (clash) return { ...left(row, clash.reason), takenBy: clash.takenBy }
    if (!row.problem) seen.add(row.type, row)
    return row
  })
  return withCodes(rows, existing)
}

const left = (row: ImportRow, reason: LeftReason): ImportRow => ({ ...row, outcome: 'left', reason, problem: null })

/** Statuses by name and by code within their type. */
function register(statuses: readonly (Known & { axis: Axis })[]) {
  const byName = new Map<string, Known>()
  const byCode = new Map<string, Known>()
  const add = (axis: Axis, status: Known) => {
    byName.set(`${axis} ${nameKey(status.name)}`, status)
    if (status.code) byCode.set(`${axis} ${status.code}`, status)
  }
  for (const { axis, ...status } of statuses) add(axis, status)
  return {
    add,
    /** Why the row cannot stand beside them: `same` where its name and its code, if it has one, are one's. */
    clash({ type, name, code }: ImportRow, same: LeftReason): { reason: LeftReason; takenBy: Known | null } | null {
      const named = name ? byName.get(`${type} ${nameKey(name)}`) : undefined
      if (named) return code && code !== named.code ? taken('name_taken', named) : { reason: same, takenBy: null }
      const coded = code ? byCode.get(`${type} ${code}`) : undefined
      return coded ? taken('code_taken', coded) : null
    },
  }
}

const taken = (reason: LeftReason, { name, code }: Known) => ({ reason, takenBy: { name, code } })

/** Codes for the names that have none, other than all that are told. */
function withCodes(rows: ImportRow[], existing: readonly { axis: Axis; code: string }[]): ImportRow[] {
  const taken: Record<Axis, string[]> = { general: [], delivery: [], payment: [] }
  for (const { axis, code } of existing) taken[axis].push(code)
  for (const { type, code, outcome } of rows) if (code && outcome === 'added') taken[type].push(code)
  return rows.map((row) => {
    if (row.code || row.outcome !== 'added') return row
    const code = suggestCode(row.name, taken[row.type])
    if (code === '')
      return {
        ...row,
        outcome: 'invalid',
        problem: { field: 'code', detail: `a code is expected, as none can be made from "${row.name}"` },
      }
    taken[row.type].push(code)
    return { ...row, code }
  })
}
