import type { Axis, Meaning } from '../../db/model/status.ts'
import { MEANING_WORDS } from '../statuses/status-words.ts'
import { m } from '../texts/paraglide/messages.js'
import type { ReportItem, ReportSearch } from './report-queries.ts'

/** What a group or kind is called. */
const meaningWords = (type: Axis, meaning: string): string => MEANING_WORDS[type][meaning as Meaning]?.name() ?? meaning

/** What people read for an item of a report. */
export function itemName({ name, meaning, deleted }: ReportItem, { type, by }: ReportSearch): string {
  if (by === 'group') return meaningWords(type, meaning)
  return deleted ? m.analytics_deleted({ name }) : name
}

/** How a row of a table tells what it is of: the heads of the first columns, and an item's cells below them. */
export const aboutHead = ({ type }: ReportSearch): string[] => [
  m.orders_status(),
  type === 'general' ? m.analytics_group() : m.analytics_kind(),
]
export const aboutCells = (item: ReportItem, asked: ReportSearch): string[] => [
  itemName(item, asked),
  meaningWords(asked.type, item.meaning),
]
