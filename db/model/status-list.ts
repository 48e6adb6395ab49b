import { readCsv } from './csv.ts'
import { IMPORT_ROWS_MAX } from './limits.ts'
import type { Problem } from './refusal.ts'
import type { Axis } from './status.ts'
import { findHeaders, HEADER_HINT, type Header, wordKey } from './status-words.ts'

/** One status as a list tells it: texts as they stand there, empty where it says nothing. */
export interface ListedStatus extends Record<Header, string> {
  /** Its line in a text, or its place in a list of JSON; counted from 1. */
  line: number
  /** The type that the list as a whole is about. */
  listType: Axis | null
}
export type StatusList = { list: ListedStatus[] } | { problem: Problem }

/** Keys below which a list of JSON may lie, by the type of its statuses; null where the rows tell it, or nothing does. */
const KEYS: Record<string, Axis | null> = {
  statuses: null,
  data: null,
  items: null,
  result: null,
  'order statuses': 'general',
  'delivery statuses': 'delivery',
  'payment statuses': 'payment',
}

/** A list of statuses from a text: JSON where it begins like it, else comma-separated values with a line of names. */
export function readStatusText(text: string): StatusList {
  if (text.includes('\ufffd')) return wrong('the file is not UTF-8; save it as "CSV UTF-8"')
  if (!/^\ufeff?\s*[[{]/.test(text)) return readStatusCsv(text)
  try {
    return readStatusJson(JSON.parse(text.replace(/^\ufeff/, '')))
  } catch {
    return wrong('the text begins like JSON but cannot be read as it')
  }
}

/** A list of statuses from JSON: a list of objects, or objects by code, as they are or below a key such as `statuses`. */
export function readStatusJson(json: unknown): StatusList {
  const found = listIn(json)
  if (!found) return wrong('a list of statuses is expected, or an object with one as "statuses"')
  if (found.rows.length > IMPORT_ROWS_MAX) return tooMany()
  return orEmpty(
    found.rows.map((row, i) => {
      const given = Object.entries(isObject(row) ? row : { name: row }).filter(([, value]) => isTold(value))
      const at = findHeaders(given.map(([key]) => key))
      return listed(i + 1, found.type, at, (place) => String(given[place]![1]))
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
  return orEmpty(rest.map(({ line, cells }) => listed(line, null, at, (place) => cells[place] ?? '')))
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
    name: cell('name'),
    code: cell('code'),
    group: cell('group'),
    type: cell('type'),
    active: cell('active'),
  }
}

function listIn(json: unknown): { rows: unknown[]; type: Axis | null } | null {
  if (Array.isArray(json)) return { rows: json, type: null }
  if (!isObject(json)) return null
  for (const [key, below] of Object.entries(json)) {
    const type = KEYS[wordKey(key)]
    if (type !== undefined && (Array.isArray(below) || isObject(below)))
      return { rows: Array.isArray(below) ? below : Object.values(below), type }
  }
  return null
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isTold = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value)

const wrong = (detail: string): StatusList => ({ problem: { field: 'list', detail } })
const tooMany = () => wrong(`at most ${IMPORT_ROWS_MAX} statuses are taken at once`)
const orEmpty = (list: ListedStatus[]): StatusList => (list.length > 0 ? { list } : wrong('the list has no statuses'))
