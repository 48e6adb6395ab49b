import Papa from 'papaparse'

/** One record of a text of comma-separated values. */
export interface CsvRecord {
  /** Where it begins, counted from 1. */
  line: number
  cells: string[]
}

/** What separates the cells of one record in the files people have; spreadsheets choose by country. */
const SEPARATORS = [',', ';', '\t']

/**
 * The records of a text, without lines that hold nothing, the byte order mark, and Excel's line that names the separator.
 * A quote that never ends, or does not end where its cell does, is told with the line of its record; what follows it
 * cannot be understood.
 * Source: RFC 4180; lines may end in LF or CR alone, and end in LF where they stand within a cell.
 */
export function readCsv(text: string): { records: CsvRecord[]; problem: { line: number; detail: string } | null } {
  const plain = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n')
  const [named = ''] = /^"?sep=."?\n/i.exec(plain) ?? []
  const records: CsvRecord[] = []
  let problem: { line: number; detail: string } | null = null
  const body = plain.slice(named.length)
  let line = named ? 2 : 1
  let readTo = 0
  Papa.parse<string[]>(body, {
    delimitersToGuess: SEPARATORS,
    newline: '\n',
    step({ data: cells, errors, meta: { cursor } }, parser) {
      if (errors.some(({ type }) => type === 'Quotes')) {
        problem = { line, detail: 'a quote stands alone; write " within a cell as ""' }
        return parser.abort()
      }
      if (cells.some((cell) => cell.trim() !== '')) records.push({ line, cells })
      line += body.slice(readTo, cursor).split('\n').length - 1
      readTo = cursor
    },
  })
  return { records, problem }
}
