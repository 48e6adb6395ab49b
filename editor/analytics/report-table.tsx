import { Stack, Table } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { Pager } from '../shell/pager.tsx'
import classes from './analytics.module.css'

/** Rows that are shown at once. */
const ROWS_MAX = 62

export interface ReportRows {
  head: readonly string[]
  /** The first cell names its row. */
  rows: readonly { key: string; cells: readonly ReactNode[] }[]
  /** Columns of words, the first apart, which is always one; the others are numbers. */
  words?: readonly number[]
}

/** The numbers of a report. Wide ones are scrolled inside, by the keyboard too. */
export function ReportTable({ label, head, rows, words = [] }: ReportRows & { label: string }) {
  const [page, setPage] = useState(1)
  const isWord = (column: number) => column === 0 || words.includes(column)
  const align = (column: number) => (isWord(column) ? 'left' : 'right')
  return (
    <Stack gap="sm">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section className={classes.scroll} aria-label={label} tabIndex={0}>
        <Table stickyHeader verticalSpacing={6} className={classes.table ?? ''}>
          <Table.Thead>
            <Table.Tr>
              {head.map((name, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two statuses may have one name, and columns stay in place
                <Table.Th key={column} scope="col" ta={align(column)}>
                  {name}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.slice((page - 1) * ROWS_MAX, page * ROWS_MAX).map(({ key, cells: [first, ...cells] }) => (
              <Table.Tr key={key}>
                <Table.Th scope="row">{first}</Table.Th>
                {cells.map((cell, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns stay in place
                  <Table.Td key={i} ta={align(i + 1)}>
                    {cell}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </section>
      {rows.length > ROWS_MAX && <Pager total={rows.length} size={ROWS_MAX} page={page} onPage={setPage} />}
    </Stack>
  )
}
