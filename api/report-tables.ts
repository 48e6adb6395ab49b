import type { DaysReport } from '../db/status-days.ts'
import type { FlowReport, StaysReport } from '../db/status-flow.ts'
import type { ReportItem, StandingReport } from '../db/status-report.ts'
import type { Cell } from './csv.ts'

type Table = Cell[][]

const ABOUT = ['Name', 'Code', 'Group or kind']
const SECOND_MS = 1_000

const named = ({ name, deleted }: ReportItem): string => (deleted ? `${name} (deleted)` : name)
const about = (item: ReportItem): Cell[] => [named(item), item.code, item.meaning]
const inSeconds = (ms: number | null): number | null => ms && Math.round(ms / SECOND_MS)

export const standingTable = ({ currency, items }: StandingReport): Table => [
  [...ABOUT, 'Orders', `Total, ${currency}`, 'Orders not in the total'],
  ...items.map((item) => [...about(item), item.orders, Number(item.total), item.withoutTotal]),
]

/** A row a day, a column a status. */
export const daysTable = ({ days, items }: DaysReport): Table => [
  ['Day', ...items.map(named)],
  ...days.map((day, i) => [day, ...items.map(({ orders }) => orders[i]!)]),
]

export const staysTable = ({ items }: StaysReport): Table => [
  [...ABOUT, 'Stays that ended', 'Median, seconds', '90th percentile, seconds'],
  ...items.map((item) => [...about(item), item.stays, inSeconds(item.medianMs), inSeconds(item.p90Ms)]),
]

export function flowTable({ items, changes }: FlowReport): Table {
  const names = new Map([
    ['new', 'New orders'],
    ['other', 'Other statuses'],
    ...items.map((i) => [i.id, named(i)] as const),
  ])
  const nameOf = (id: string) => names.get(id) ?? id
  return [['From', 'To', 'Orders'], ...changes.map(({ from, to, orders }) => [nameOf(from), nameOf(to), orders])]
}
