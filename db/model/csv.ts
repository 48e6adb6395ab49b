/** One record of a text of comma-separated values. */
export interface CsvRecord {
  /** Where it begins, counted from 1. */
  line: number
  cells: string[]
}

/** What separates the cells of one record in the files people have; spreadsheets choose by country. */
const SEPARATORS = [',', ';', '\t'] as const
export type Separator = (typeof SEPARATORS)[number]

/**
 * The records of a text, without empty lines and the byte order mark. A quote that never ends, or does not end where its
 * cell does, is told with its line; what follows it cannot be understood.
 * Source: RFC 4180; lines may end in LF or CR alone.
 */
export function readCsv(
  text: string,
  separator: Separator = separatorOf(text),
): { records: CsvRecord[]; problem: { line: number; detail: string } | null } {
  const records: CsvRecord[] = []
  // one match is one cell with what ends it: a quoted one, or anything up to the end of the cell
  const cell = new RegExp(
    `(?:"([^"]*(?:""[^"]*)*)"|([^${separator}\r\n"][^${separator}\r\n]*)?)(${separator}|\r\n|\r|\n|$)`,
    'y',
  )
  let record: CsvRecord = { line: 1, cells: [] }
  let line = 1
  for (cell.lastIndex = text.startsWith('\ufeff') ? 1 : 0; ; ) {
    const match = cell.exec(text)
    if (!match) return { records, problem: { line, detail: 'a quote stands alone; write " within a cell as ""' } }
    const [all, quoted, plain = '', end] = match
    record.cells.push(quoted?.replaceAll('""', '"') ?? plain)
    line += linesIn(all)
    if (end === separator) continue
    if (record.cells.length > 1 || record.cells[0] !== '') records.push(record)
    if (cell.lastIndex >= text.length) return { records, problem: null }
    record = { line, cells: [] }
  }
}

const linesIn = (text: string): number => text.match(/\r\n|\r|\n/g)?.length ?? 0

/** The separator that stands most often outside of quotes in the first record; a comma where none does. */
export function separatorOf(text: string): Separator {
  // within quotes, two of them are an end and a beginning
  const [first] = /^(?:"[^"]*"|[^"\r\n])*/.exec(text.replace(/^\ufeff?[\r\n]*/, ''))!
  const count = (separator: Separator): number => first.replace(/"[^"]*"/g, '').split(separator).length
  return SEPARATORS.reduce((best, separator) => (count(separator) > count(best) ? separator : best))
}
