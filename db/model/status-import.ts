import { nameKey } from './name.ts'
import { type Axis, MEANINGS, type Meaning } from './status.ts'
import { CODE_FORM, suggestCode } from './status-code.ts'
import type { ListedStatus } from './status-list.ts'
import { isSwitchedOff, meaningMeant, typeMeant } from './status-words.ts'

/** Characters of a status's name. */
const NAME_MAX = 80

/** Why a status of a list is left out of an import, though it can be read. */
export const LEFT_REASONS = ['exists', 'repeated', 'inactive'] as const
export type LeftReason = (typeof LEFT_REASONS)[number]

/** What becomes of one status of a list. */
export interface ImportRow {
  line: number
  type: Axis
  name: string
  code: string
  /** The list's own word for its group or kind; the name where it says nothing. */
  word: string
  meaning: Meaning | null
  outcome: 'added' | 'left' | 'invalid'
  reason: LeftReason | null
  /** What is wrong with an invalid one, and where: `name`, `code`, `group`, `type`. */
  problem: { field: string; detail: string } | null
}

export interface ImportWish {
  /** What the list's own words mean, by the word as it stands there; it goes before what we know. */
  groups: Readonly<Record<string, Meaning>>
  /** The type of statuses of which the list says none. */
  type: Axis
}

/**
 * What importing a list would do beside the statuses that exist, one row for each of it, in its order. What exists is
 * left as it is, by name or by code. A code that the list does not tell is made from the name.
 * Source: S1-04, S1-05 to S1-07, S0-11.
 */
export function planImport(
  list: readonly ListedStatus[],
  existing: readonly { axis: Axis; name: string; code: string }[],
  wish: ImportWish,
): ImportRow[] {
  const known = new Set(existing.flatMap(({ axis, name, code }) => [nameAt(axis, name), codeAt(axis, code)]))
  const seen = new Set<string>()
  const rows = list.map((listed): ImportRow => {
    const row = readRow(listed, wish)
    const keys = [nameAt(row.type, row.name), ...(row.code ? [codeAt(row.type, row.code)] : [])]
    if (isSwitchedOff(listed.active)) return left(row, 'inactive')
    if (row.name && keys.some((key) => known.has(key))) return left(row, 'exists')
    if (row.name && keys.some((key) => seen.has(key))) return left(row, 'repeated')
    if (!row.problem) for (const key of keys) seen.add(key)
    return row
  })
  return withCodes(rows, existing)
}

const nameAt = (axis: Axis, name: string) => `${axis} name ${nameKey(name)}`
const codeAt = (axis: Axis, code: string) => `${axis} code ${code}`
const left = (row: ImportRow, reason: LeftReason): ImportRow => ({ ...row, outcome: 'left', reason, problem: null })

function readRow({ line, listType, ...listed }: ListedStatus, wish: ImportWish): ImportRow {
  const { name, code, group } = listed
  const told = listed.type === '' ? (listType ?? wish.type) : typeMeant(listed.type)
  const type = told ?? wish.type
  const word = group || name
  const meaning = meaningOf(type, word, group === '' ? code : '', wish)
  const problem =
    told === undefined
      ? { field: 'type', detail: `general, delivery or payment is expected, not "${listed.type}"` }
      : name === '' || name.length > NAME_MAX
        ? { field: 'name', detail: `a name of at most ${NAME_MAX} characters is expected` }
        : code !== '' && !CODE_FORM.test(code)
          ? { field: 'code', detail: `letters, digits, and . _ - within, at most 80, are expected, not "${code}"` }
          : meaning === null
            ? { field: 'group', detail: `say what "${word}" means: ${MEANINGS[type].join(', ')}` }
            : null
  return { line, type, name, code, word, meaning, outcome: problem ? 'invalid' : 'added', reason: null, problem }
}

/** What the word means; where the list has no word of its own, the name and then the code may tell. */
function meaningOf(type: Axis, word: string, code: string, { groups }: ImportWish): Meaning | null {
  const chosen = Object.hasOwn(groups, word) ? groups[word] : undefined
  if (chosen && (MEANINGS[type] as readonly Meaning[]).includes(chosen)) return chosen
  return meaningMeant(type, word) ?? meaningMeant(type, code) ?? null
}

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
