/** Excel takes a file for UTF-8 only if it begins so. */
const BYTE_ORDER_MARK = '\ufeff'
/** What spreadsheets would run as a formula, when a text begins so. Source: OWASP, CSV injection. */
const FORMULA = /^[=+\-@\t\r]/

export type Cell = string | number | null

/** A table as CSV; a text that a spreadsheet would run is made harmless by a quote before it. Source: RFC 4180. */
export const toCsv = (table: readonly (readonly Cell[])[]): string =>
  BYTE_ORDER_MARK + table.map((row) => `${row.map(written).join(',')}\r\n`).join('')

function written(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return `${cell}`
  const harmless = FORMULA.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
