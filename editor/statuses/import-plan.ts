import { BODY_MAX_BYTES } from '../../db/model/limits.ts'
import type { Axis, Meaning } from '../../db/model/status.ts'
import { type ImportRow, planImport } from '../../db/model/status-import.ts'
import { readStatusText } from '../../db/model/status-list.ts'
import { meaningMeant } from '../../db/model/status-words.ts'
import type { StatusCount } from '../orders/order-queries.ts'

/** A list as it was chosen or pasted, and what people say of it. */
export interface Chosen {
  text: string
  type: Axis
  groups: Readonly<Record<string, Meaning>>
}

/** A word of the list that nobody knows, and how many statuses wait for its meaning. */
export interface OpenWord {
  type: Axis
  word: string
  count: number
  meaning: Meaning | null
}

export interface Preview {
  rows: ImportRow[]
  /** The words that people must give a meaning, or have given one. */
  words: OpenWord[]
  /** Whether some statuses tell no type, so that it must be chosen. */
  needsType: boolean
  counts: Record<ImportRow['outcome'], number>
}

/** What the import would do, by the same rules as the server's; or why the text is no list of statuses. */
export function previewOf(
  { text, ...wish }: Chosen,
  statuses: readonly StatusCount[],
): Preview | { problem: { field: string; detail: string } } {
  const read = readStatusText(text)
  if ('problem' in read) return read
  const existing = statuses.map(({ type, name, code }) => ({ axis: type, name, code }))
  const rows = planImport(read.list, existing, wish)
  const count = (outcome: ImportRow['outcome']) => rows.filter((row) => row.outcome === outcome).length
  return {
    rows,
    words: openWords(rows),
    needsType: read.list.some(({ type, listType }) => type === '' && listType === null),
    counts: { added: count('added'), left: count('left'), invalid: count('invalid') },
  }
}

function openWords(rows: readonly ImportRow[]): OpenWord[] {
  const found = new Map<string, OpenWord>()
  for (const { type, word, code, meaning, outcome, problem } of rows) {
    const isOpen = problem?.field === 'group' || (outcome === 'added' && isChosen(type, word, code))
    if (!isOpen) continue
    const key = `${type} ${word}`
    const known = found.get(key) ?? { type, word, count: 0, meaning }
    found.set(key, { ...known, count: known.count + 1 })
  }
  return [...found.values()]
}

/** Whether only people can have said what the word means. */
const isChosen = (type: Axis, word: string, code: string): boolean =>
  meaningMeant(type, word) === undefined && meaningMeant(type, code) === undefined

/** Whether a file is more than the server takes. */
export const isTooLarge = (file: { size: number }): boolean => file.size > BODY_MAX_BYTES / 2
