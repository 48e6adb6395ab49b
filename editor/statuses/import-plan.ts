import { BODY_MAX_BYTES } from '../../db/model/limits.ts'
import type { Axis, Meaning } from '../../db/model/status.ts'
import { planImport } from '../../db/model/status-import.ts'
import type { ImportRow, ImportWish } from '../../db/model/status-import-row.ts'
import { readStatusText } from '../../db/model/status-list.ts'
import { meaningMeant, wordKey } from '../../db/model/status-words.ts'
import type { StatusCount } from '../orders/order-queries.ts'

/** A list as it was chosen or pasted, and what people say of it. */
export interface Chosen extends ImportWish {
  text: string
}

/** A word of the list for a group or kind, and how many statuses have it. */
export interface ListWord {
  type: Axis
  word: string
  count: number
  meaning: Meaning | null
}

export interface Preview {
  rows: ImportRow[]
  /** The words whose meaning people must give or may change; those that nobody knows come first. */
  words: ListWord[]
  /** How many statuses tell no type, so that it must be chosen. */
  untyped: 'all' | 'some' | 'none'
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
  const untyped = read.list.filter(({ type, listType }) => type === '' && listType === null).length
  const count = (outcome: ImportRow['outcome']) => rows.filter((row) => row.outcome === outcome).length
  return {
    rows,
    words: wordsOf(rows),
    untyped: untyped === 0 ? 'none' : untyped === rows.length ? 'all' : 'some',
    counts: { added: count('added'), left: count('left'), invalid: count('invalid') },
  }
}

function wordsOf(rows: readonly ImportRow[]): ListWord[] {
  const found = new Map<string, ListWord>()
  for (const { type, word, meaning, meantBy, outcome, problem } of rows) {
    const isAsked = outcome === 'added' ? meantBy !== 'name' : problem?.field === 'group'
    if (!isAsked) continue
    const key = `${type} ${wordKey(word)}`
    const known = found.get(key) ?? { type, word, count: 0, meaning }
    found.set(key, { ...known, count: known.count + 1 })
  }
  const isKnown = ({ type, word }: ListWord) => Number(meaningMeant(type, word) !== undefined)
  return [...found.values()].sort((a, b) => isKnown(a) - isKnown(b))
}

/** Whether a file is more than the server takes. */
export const isTooLarge = (file: { size: number }): boolean => file.size > BODY_MAX_BYTES / 2
