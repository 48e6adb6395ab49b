import { useQuery } from '@tanstack/react-query'
import { formatAmount, formatCount } from '../shell/format.ts'
import { colourOf } from '../statuses/colours.ts'
import { m } from '../texts/paraglide/messages.js'
import { Bars } from './bars.tsx'
import { aboutCells, aboutHead, itemName } from './item-words.ts'
import { ReportCard } from './report-card.tsx'
import { type Report, type ReportSearch, standingQuery } from './report-queries.ts'
import type { ReportRows } from './report-table.tsx'
import { REST_COLOUR, splitTop, sumOf } from './top.ts'

type Standing = Report<'now'>

/** Orders that stand in each status now. */
export function StandingCard({ asked }: { asked: ReportSearch }) {
  return (
    <ReportCard
      name="now"
      title={m.analytics_now()}
      text={m.analytics_now_text()}
      asked={asked}
      query={useQuery(standingQuery(asked))}
      isEmpty={({ items }) => items.every(({ orders }) => orders === 0)}
      chart={(report) => <Bars bars={barsOf(report, asked)} />}
      table={(report) => tableOf(report, asked)}
    />
  )
}

function barsOf({ items, currency }: Standing, asked: ReportSearch) {
  const { shown, rest } = splitTop(items, ({ orders }) => orders)
  const words = (orders: number, total: number) =>
    m.analytics_orders_total({ orders: formatCount(orders), total: formatAmount(`${total}`, currency) })
  const bars = shown.map((item) => ({
    key: item.id,
    name: itemName(item, asked),
    colour: colourOf(asked.type, item.meaning),
    size: item.orders,
    words: words(item.orders, Number(item.total)),
  }))
  if (rest.length === 0) return bars
  const size = sumOf(rest.map(({ orders }) => orders))
  const total = sumOf(rest.map((item) => Number(item.total)))
  const name = m.analytics_rest({ count: rest.length })
  return [...bars, { key: 'rest', name, colour: REST_COLOUR, size, words: words(size, total) }]
}

function tableOf({ items, currency }: Standing, asked: ReportSearch): ReportRows {
  return {
    head: [...aboutHead(asked), m.nav_orders(), m.orders_total(), m.analytics_without_total()],
    words: [1],
    rows: items.map((item) => ({
      key: item.id,
      cells: [
        ...aboutCells(item, asked),
        formatCount(item.orders),
        formatAmount(item.total, currency),
        formatCount(item.withoutTotal),
      ],
    })),
  }
}
