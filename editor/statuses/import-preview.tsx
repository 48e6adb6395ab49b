import { Checkbox, Table, Text } from '@mantine/core'
import type { ImportRow, LeftReason } from '../../db/model/status-import-row.ts'
import { TYPE_WORDS } from '../orders/type-words.ts'
import { m } from '../texts/paraglide/messages.js'
import classes from './import.module.css'
import { StatusDot } from './status-badge.tsx'
import { MEANING_WORDS } from './status-words.ts'

const LEFT_WORDS = {
  exists: m.statuses_import_exists,
  repeated: m.statuses_import_repeated,
  name_taken: m.statuses_import_name_taken,
  code_taken: m.statuses_import_code_taken,
  inactive: m.statuses_import_inactive,
  unwanted: m.statuses_import_unwanted,
} satisfies Record<LeftReason, (taken: { name: string; code: string }) => string>

interface Props {
  rows: readonly ImportRow[]
  onWant: (line: number, isWanted: boolean) => void
}

/** What becomes of each status of a list, in its order; any may be left out. */
export function ImportPreview({ rows, onWant }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <section className={classes.preview} aria-label={m.statuses_import_preview()} tabIndex={0}>
      <Table stickyHeader verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{m.statuses_import_want()}</Table.Th>
            <Table.Th>{m.statuses_name()}</Table.Th>
            <Table.Th>{m.statuses_import_outcome()}</Table.Th>
            <Table.Th>{m.statuses_group()}</Table.Th>
            <Table.Th>{m.statuses_type()}</Table.Th>
            <Table.Th>{m.statuses_code()}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.line} data-outcome={row.outcome}>
              <Table.Td>
                <Want row={row} onWant={onWant} />
              </Table.Td>
              <Table.Td className={classes.name ?? ''}>{row.name}</Table.Td>
              <Table.Td className={classes.outcome ?? ''}>{outcomeWords(row)}</Table.Td>
              <Table.Td>
                <Meant {...row} />
              </Table.Td>
              <Table.Td>{TYPE_WORDS[row.type]()}</Table.Td>
              <Table.Td className={classes.code ?? ''}>{row.code}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  )
}

/** Whether a row is left out whatever people want. */
const isLeftAnyway = ({ outcome, reason }: ImportRow): boolean => outcome === 'left' && reason !== 'unwanted'

function Want({ row, onWant }: { row: ImportRow } & Pick<Props, 'onWant'>) {
  const { line, name, outcome } = row
  if (isLeftAnyway(row)) return null
  return (
    <Checkbox
      size="xs"
      aria-label={m.statuses_import_want_this({ name })}
      checked={outcome !== 'left'}
      onChange={({ currentTarget: { checked } }) => onWant(line, checked)}
    />
  )
}

/** The group or kind, and the list's own word for it. */
function Meant(row: ImportRow) {
  const { type, meaning, word, name } = row
  // it may stand in another group already
  if (isLeftAnyway(row)) return null
  return (
    <>
      {meaning && (
        <span className={classes.meant}>
          <StatusDot type={type} meaning={meaning} />
          {MEANING_WORDS[type][meaning]!.name()}
        </span>
      )}
      {word !== name && (
        <Text size="xs" c="dimmed">
          {word}
        </Text>
      )}
    </>
  )
}

function outcomeWords({ line, word, name, code, reason, takenBy, problem }: ImportRow): string {
  // the list of words above offers what it can mean
  if (problem?.field === 'group') return m.statuses_import_choose({ word })
  if (problem) return m.statuses_import_problem({ line, detail: problem.detail })
  return reason ? LEFT_WORDS[reason](takenBy ?? { name, code }) : m.statuses_import_added()
}
