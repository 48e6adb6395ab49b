import { IMPORT_WORD_MAX, STATUS_NAME_MAX } from './limits.ts'
import { isStorable } from './name.ts'
import { type Axis, MEANINGS, type Meaning } from './status.ts'
import { CODE_FORM } from './status-code.ts'
import type { ListedStatus } from './status-list.ts'
import { meaningMeant, typeMeant, wordKey } from './status-words.ts'

/** Why a status of a list is left out of an import, though it can be read. */
export const LEFT_REASONS = ['exists', 'repeated', 'name_taken', 'code_taken', 'inactive', 'unwanted'] as const
export type LeftReason = (typeof LEFT_REASONS)[number]

/** How a status is told from others of its type. */
export interface Known {
  name: string
  code: string
}

/** What becomes of one status of a list. */
export interface ImportRow extends Known {
  line: number
  type: Axis
  /** The list's own word for its group or kind; the name where it says nothing. */
  word: string
  meaning: Meaning | null
  /** Who tells the meaning: people, the list's own word, or else its name or code. */
  meantBy: 'people' | 'word' | 'name' | null
  outcome: 'added' | 'left' | 'invalid'
  reason: LeftReason | null
  /** Who has its name or its code already, for these two reasons. */
  takenBy: Known | null
  /** What is wrong with an invalid one, and where: `name`, `code`, `group`, `type`. */
  problem: { field: string; detail: string } | null
}

export interface ImportWish {
  /** What the list's own words mean on each type; it goes before what we know. How a word is written does not matter. */
  groups: Readonly<Partial<Record<Axis, Readonly<Record<string, Meaning>>>>>
  /** The type of statuses of which the list says none. */
  type: Axis
  /** Lines that people do not want. */
  except: readonly number[]
}

/** What people say that a word means on a type. */
type MeaningBy = (type: Axis, word: string) => Meaning | undefined

/** What people said, by type and word; what does not fit the type is not taken. */
export function meaningsBy({ groups }: ImportWish): MeaningBy {
  const said = new Map(
    Object.entries(groups).flatMap(([type, words]) =>
      Object.entries(words).map(([word, meaning]) => [`${type} ${wordKey(word)}`, meaning] as const),
    ),
  )
  return (type, word) => {
    const meaning = said.get(`${type} ${wordKey(word)}`)
    return meaning && (MEANINGS[type] as readonly Meaning[]).includes(meaning) ? meaning : undefined
  }
}

/** One status of a list by itself, whatever else there is. `usual`: its type where the list tells none. */
export function readRow(listed: ListedStatus, usual: Axis, meant: MeaningBy): ImportRow {
  const { line, name, code, group } = listed
  const type = (listed.type === '' ? listed.listType : typeMeant(listed.type)) ?? usual
  const word = group || name
  const { meaning, meantBy } = meaningOf(type, listed, meant)
  const row = { line, type, name, code, word, meaning, meantBy, reason: null, takenBy: null }
  const problem = problemIn(listed, row)
  return { ...row, outcome: problem ? 'invalid' : 'added', problem }
}

/** What the word means; where the list has no word of its own, the name and then the code may tell. */
function meaningOf(
  type: Axis,
  { name, code, group }: ListedStatus,
  meant: MeaningBy,
): Pick<ImportRow, 'meaning' | 'meantBy'> {
  const said = meant(type, group || name)
  if (said) return { meaning: said, meantBy: 'people' }
  const known = group ? meaningMeant(type, group) : (meaningMeant(type, name) ?? meaningMeant(type, code))
  return known ? { meaning: known, meantBy: group ? 'word' : 'name' } : { meaning: null, meantBy: null }
}

type Read = Pick<ImportRow, 'type' | 'name' | 'code' | 'word' | 'meaning'>

/** What makes a row unreadable, the first that holds; each says what is expected. */
const RULES: {
  field: string
  isBroken: (listed: ListedStatus, row: Read) => boolean
  says: (row: Read, listed: ListedStatus) => string
}[] = [
  {
    field: 'name',
    isBroken: ({ isTorn }) => isTorn,
    says: () => 'the line has more cells than columns; a cell with a separator in it is expected in quotes',
  },
  {
    field: 'type',
    isBroken: ({ type }) => type !== '' && typeMeant(type) === undefined,
    says: (_, { type }) => `general, delivery or payment is expected, not "${type}"`,
  },
  {
    field: 'name',
    isBroken: (_, { name }) => name === '',
    says: () => 'a name is expected',
  },
  {
    field: 'name',
    isBroken: (_, { name }) => name.length > STATUS_NAME_MAX || !isStorable(name),
    says: () => `a name of at most ${STATUS_NAME_MAX} characters is expected`,
  },
  {
    field: 'code',
    isBroken: (_, { code }) => code !== '' && !CODE_FORM.test(code),
    says: ({ code }) => `letters, digits, and . _ - within, at most 80, are expected, not "${code}"`,
  },
  {
    field: 'group',
    isBroken: (_, { word }) => word.length > IMPORT_WORD_MAX,
    says: () => `a group of at most ${IMPORT_WORD_MAX} characters is expected`,
  },
  {
    field: 'group',
    isBroken: (_, { meaning }) => meaning === null,
    says: ({ type, word }) => `say what "${word}" means: ${MEANINGS[type].join(', ')}`,
  },
]

function problemIn(listed: ListedStatus, row: Read): ImportRow['problem'] {
  const rule = RULES.find(({ isBroken }) => isBroken(listed, row))
  return rule ? { field: rule.field, detail: rule.says(row, listed) } : null
}
