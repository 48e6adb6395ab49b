import { colourOf } from '../statuses/colours.ts'
import { m } from '../texts/paraglide/messages.js'
import { itemName } from './item-words.ts'
import type { ReportItem, ReportSearch } from './report-queries.ts'
import { type Change, drawFlow, mergeRest, standsFor } from './sankey.ts'
import { REST_COLOUR, splitTop } from './top.ts'

export interface FlowReport {
  items: ReportItem[]
  changes: Change[]
}

/** What an end of a change is called: an item, orders that begin, what does not count, or the smaller ones together. */
export function nameOfEnd({ items }: Pick<FlowReport, 'items'>, asked: ReportSearch): (id: string) => string {
  const names = new Map(items.map((item) => [item.id, itemName(item, asked)]))
  const others: Record<string, () => string> = {
    new: m.analytics_flow_new,
    other: m.analytics_flow_other,
    rest: m.analytics_flow_rest,
  }
  return (id) => names.get(id) ?? others[id]?.() ?? id
}

/** The nodes and links of the drawing, which knows nodes by their place, and the changes that it leaves out. */
export function flowChartOf(report: FlowReport, asked: ReportSearch) {
  const { shown } = splitTop(report.items, ({ id }) => touching(report.changes, id))
  const kept = new Map(shown.map((item) => [item.id, item]))
  const { nodes, links, back } = drawFlow(mergeRest(report.changes, new Set(kept.keys())))
  const name = nameOfEnd(report, asked)
  const place = new Map(nodes.map((id, i) => [id, i]))
  return {
    nodes: nodes.map((node) => {
      const id = standsFor(node)
      const item = kept.get(id)
      return { name: name(id), color: item ? colourOf(asked.type, item.meaning) : REST_COLOUR }
    }),
    links: links.map(({ from, to, orders }) => ({ source: place.get(from)!, target: place.get(to)!, value: orders })),
    back,
  }
}

const touching = (changes: readonly Change[], id: string): number =>
  changes.reduce((sum, { from, to, orders }) => (from === id || to === id ? sum + orders : sum), 0)
