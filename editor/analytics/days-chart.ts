import { colourOf } from '../statuses/colours.ts'
import { m } from '../texts/paraglide/messages.js'
import { itemName } from './item-words.ts'
import type { ReportItem, ReportSearch } from './report-queries.ts'
import { added, REST_COLOUR, shadesOf, splitTop, sumOf } from './top.ts'

export interface DaysReport {
  days: string[]
  items: (ReportItem & { orders: number[] })[]
}

/** The rows and series of a chart by days. A series is known by the id of its item, as names may have dots, which would be paths. */
export function chartOf({ days, items }: DaysReport, asked: ReportSearch) {
  const { shown, rest } = splitTop(items, ({ orders }) => sumOf(orders))
  const colours = shadesOf(shown, (meaning) => colourOf(asked.type, meaning))
  const lines = shown.map((item) => ({
    name: item.id,
    label: itemName(item, asked),
    color: colours.get(item.id)!,
    orders: item.orders,
  }))
  if (rest.length > 0) {
    const orders = added(rest.map((item) => item.orders))
    lines.push({ name: 'rest', label: m.analytics_rest({ count: rest.length }), color: REST_COLOUR, orders })
  }
  return {
    data: days.map((day, i) => ({ day, ...Object.fromEntries(lines.map(({ name, orders }) => [name, orders[i]!])) })),
    series: lines.map(({ name, label, color }) => ({ name, label, color })),
  }
}
