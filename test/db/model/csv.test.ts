import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCsv } from '../../../db/model/csv.ts'

const SEPARATORS = [',', ';', '\t']
const cellsOf = (text: string) => readCsv(text).records.map(({ cells }) => cells)

/** As RFC 4180 writes a cell; one with anything special in it stands in quotes. */
const written = (cell: string, separator: string, isQuoted: boolean): string =>
  isQuoted || [separator, '"', '\r', '\n', '\ufeff'].some((sign) => cell.includes(sign))
    ? `"${cell.replaceAll('"', '""')}"`
    : cell

describe('comma-separated values', () => {
  it.each([
    ['a line', 'a,b', [['a', 'b']]],
    ['lines that end in CRLF, LF or CR, the last or not', 'a\r\nb\nc\rd\n', [['a'], ['b'], ['c'], ['d']]],
    [
      'empty cells, but not empty lines',
      'a,,\n\n,b\n',
      [
        ['a', '', ''],
        ['', 'b'],
      ],
    ],
    ['what stands in quotes as it is, its lines ended by LF', '"a,b","c\r\nd","e ""f"""', [['a,b', 'c\nd', 'e "f"']]],
    ['an empty cell in quotes', '"",a', [['', 'a']]],
    ['a quote within a cell that does not begin with one', 'a"b,c', [['a"b', 'c']]],
    ['nothing', '', []],
    ['a byte order mark', '\ufeffa;b', [['a', 'b']]],
  ])('are read: %s', (_, text, cells) => expect(cellsOf(text)).toEqual(cells))

  it('tell the line where each record begins, also after a cell of several lines', () => {
    expect(readCsv('a\n"b\nc"\n\nd').records.map(({ line }) => line)).toEqual([1, 2, 5])
  })

  it.each([
    ['never ends', 'a\n"b\nc', 2],
    ['ends before its cell does', 'a,b\nc,"d"e', 2],
  ])('refuse a quote that %s, by its line, and keep what came before', (_, text, line) => {
    const { records, problem } = readCsv(text)
    expect(problem).toMatchObject({ line, detail: expect.stringContaining('quote') })
    expect(records).toHaveLength(1)
  })

  it.each([
    ['a semicolon', 'name;group\nReady, packed;sent\nTo be called, twice;processing', 'Ready, packed'],
    ['a comma in quotes between', '"a,b,c";d\ne;f', 'e'],
    ['a tab', 'name\tgroup\nSent, or so\tsent', 'Sent, or so'],
    ['nothing', 'name\nSent', 'Sent'],
  ])('are told from each other by what separates them: %s', (_, text, cell) => {
    expect(cellsOf(text)[1]![0]).toBe(cell)
  })

  it('are read back as they were written, whatever is in them', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'ї', '"', ',', ';', '\t', '\r', '\n', ' ', '\ufeff', '😀') })
    const table = fc.array(fc.array(fc.tuple(cell, fc.boolean()), { minLength: 2, maxLength: 4 }), { maxLength: 5 })
    fc.assert(
      fc.property(
        table,
        fc.constantFrom(...SEPARATORS),
        fc.constantFrom('\r\n', '\n', '\r'),
        (rows, separator, end) => {
          const text = rows.map((row) => row.map(([c, q]) => written(c, separator, q)).join(separator) + end).join('')
          const head = ['x', 'y', 'z'].join(separator) + end
          const { records, problem } = readCsv(`\ufeff${head.repeat(12)}${text}`)
          expect(problem).toBeNull()
          const cells = rows
            .map((row) => row.map(([c]) => c.replace(/\r\n?/g, '\n')))
            .filter((row) => row.some((c) => c.trim() !== ''))
          expect(records.slice(12).map((record) => record.cells)).toEqual(cells)
        },
      ),
    )
  })

  it('of a megabyte in one cell are read as well', () => {
    const long = 'x""'.repeat(300_000)
    expect(readCsv(`"${long}",b`).records[0]!.cells[0]).toHaveLength(600_000)
  })

  it('never throw, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r') }), (text) => void readCsv(text)),
    )
  })
})
