import { readCsv } from './csv.ts'
import { faultIn } from './json-fault.ts'
import { IMPORT_ROWS_MAX } from './limits.ts'
import type { Problem } from './refusal.ts'
import type { Axis } from './status.ts'
import { findHeaders, HEADER_HINT, type Header, typeMeant, wordKey } from './status-words.ts'

/** One status as a list tells it: texts as they stand there, empty where it says nothing. */
export interface ListedStatus extends Record<Header, string> {
  /** Its line in a text, or its place in a list of JSON; counted from 1. */
  line: number
  /** The type that the list as a whole is about. */
  listType: Axis | null
  /** Whether its line has more cells than there are columns, so that nobody knows which belongs where. */
  isTorn: boolean
}
export type StatusList = { list: ListedStatus[] } | { problem: Problem }

/** Keys below which a list of JSON may lie, by the type of its statuses; null where the rows tell it, or nothing does. */
const KEYS = new Map<string, Axis | null>([
  ['statuses', null],
  ['data', null],
  ['items', null],
  ['result', null],
  ['embedded', null],
  ['order statuses', 'general'],
  ['delivery statuses', 'delivery'],
  ['payment statuses', 'payment'],
])

/** A list of statuses from a text: JSON where it begins like it, else comma-separated values with a line of names. */
export function readStatusText(text: string): StatusList {
  if (text.includes('\ufffd')) return wrong('the file is not UTF-8; save it as "CSV UTF-8"')
  if (!/^\ufeff?\s*[[{]/.test(text)) return readStatusCsv(text)
  const json = text.replace(/^\ufeff/, '')
  const fault = faultIn(json)
  return fault ? wrong(`the text begins like JSON, but ${fault}`) : readStatusJson(JSON.parse(json))
}

/** A list of statuses from JSON: a list of objects, or objects by code, as they are or below a key such as `statuses`. */
export function readStatusJson(json: unknown): StatusList {
  const found = listIn(json)
  if (!found) return wrong('a list of statuses is expected, or an object with one as "statuses"')
  if (found.rows.length > IMPORT_ROWS_MAX) return tooMany()
  return checked(
    found.rows.map(([code, row], i) => {
      const given = Object.entries(isObject(row) ? row : { name: row }).filter(([, value]) => isTold(value))
      const at = findHeaders(given.map(([key]) => key))
      const status = listed(i + 1, found.type, at, (place) => String(given[place]![1]))
      return { ...status, code: status.code || code }
    }),
  )
}

function readStatusCsv(text: string): StatusList {
  const { records, problem } = readCsv(text)
  if (problem) return { problem: { field: `line/${problem.line}`, detail: problem.detail } }
  const [head, ...rest] = records
  const at = findHeaders(head?.cells ?? [])
  if (!at.name) return wrong(`the first line must name the columns: ${HEADER_HINT}; "name" at least`)
  if (rest.length > IMPORT_ROWS_MAX) return tooMany()
  const isTorn = (cells: string[]) => cells.slice(head!.cells.length).some((cell) => cell.trim() !== '')
  return checked(
    rest.map(({ line, cells }) => ({
      ...listed(line, null, at, (place) => cells[place] ?? ''),
      isTorn: isTorn(cells),
    })),
  )
}

function listed(
  line: number,
  listType: Axis | null,
  at: ReturnType<typeof findHeaders>,
  read: (place: number) => string,
): ListedStatus {
  const cell = (header: Header): string => (at[header] ?? []).map((place) => read(place).trim()).find(Boolean) ?? ''
  return {
    line,
    listType,
    isTorn: false,
    name: cell('name'),
    code: cell('code'),
    group: cell('group'),
    type: cell('type'),
    active: cell('active'),
  }
}

/** The rows of a list wherever it lies, each with the key that it has in an object, which stands for a code. */
function listIn(json: unknown): { rows: [code: string, row: unknown][]; type: Axis | null } | null {
  if (Array.isArray(json)) return { rows: json.map((row) => ['', row]), type: null }
  if (!isObject(json)) return null
  for (const [key, below] of Object.entries(json)) {
    const type = KEYS.get(wordKey(key))
    if (type === undefined || typeof below !== 'object' || below === null) continue
    const inner = listIn(below)
    return inner ? { ...inner, type: inner.type ?? type } : { rows: rowsByCode(below), type }
  }
  return null
}

/** Numbers only count the rows. */
const rowsByCode = (rows: object): [code: string, row: unknown][] =>
  Object.entries(rows).map(([key, row]) => [/^\d+$/.test(key) ? '' : key, row])

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isTold = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value)

const wrong = (detail: string): StatusList => ({ problem: { field: 'list', detail } })
const tooMany = () => wrong(`at most ${IMPORT_ROWS_MAX} statuses are taken at once`)

/** A column whose words mean no type at all is about something else. */
function checked(list: ListedStatus[]): StatusList {
  if (list.length === 0) return wrong('the list has no statuses')
  const isKnown = list.some(({ type }) => typeMeant(type) !== undefined)
  return { list: isKnown ? list : list.map((status) => ({ ...status, type: '' })) }
}
