import { AreaChart, BarChart } from '@mantine/charts'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { formatCount, formatDate, formatDay } from '../shell/format.ts'
import { m } from '../texts/paraglide/messages.js'
import classes from './analytics.module.css'
import { chartOf, type DaysReport } from './days-chart.ts'
import { itemName } from './item-words.ts'
import { ReportCard } from './report-card.tsx'
import { entriesQuery, overTimeQuery, type ReportSearch } from './report-queries.ts'
import type { ReportRows } from './report-table.tsx'
import { sumOf } from './top.ts'

/** Orders that stood in each status at the end of each day. */
export function OverTimeCard({ asked }: { asked: ReportSearch }) {
  return (
    <ReportCard
      name="over-time"
      title={m.analytics_over_time()}
      text={m.analytics_over_time_text()}
      asked={asked}
      query={useQuery(overTimeQuery(asked))}
      isEmpty={isEmpty}
      chart={(report) => (
        <Legended chart={chartOf(report, asked)} title={m.analytics_over_time()}>
          {(look) => <AreaChart {...look} type="stacked" curveType="linear" withDots={false} fillOpacity={0.75} />}
        </Legended>
      )}
      table={(report) => tableOf(report, asked)}
      isWide
    />
  )
}

/** How many orders entered each status on each day. */
export function EntriesCard({ asked }: { asked: ReportSearch }) {
  return (
    <ReportCard
      name="entries"
      title={m.analytics_entries()}
      text={m.analytics_entries_text()}
      asked={asked}
      query={useQuery(entriesQuery(asked))}
      isEmpty={isEmpty}
      chart={(report) => (
        <Legended chart={chartOf(report, asked)} title={m.analytics_entries()}>
          {(look) => <BarChart {...look} type="stacked" maxBarWidth={40} />}
        </Legended>
      )}
      table={(report) => withTotals(tableOf(report, asked), report)}
      isWide
    />
  )
}

const isEmpty = ({ items }: DaysReport): boolean => items.every(({ orders }) => orders.every((n) => n === 0))

type Chart = ReturnType<typeof chartOf>

/** What both charts share. Nothing of them moves, and the table says the same to who cannot see them. */
const LOOK = {
  h: 280,
  dataKey: 'day',
  accessibilityLayer: false,
  gridAxis: 'x',
  tickLine: 'none',
  valueFormatter: formatCount,
  xAxisProps: { tickFormatter: formatDate, minTickGap: 24 },
  yAxisProps: { allowDecimals: false, width: 48 },
} as const

interface LegendedProps {
  chart: Chart
  title: string
  children: (look: Chart & typeof LOOK) => ReactNode
}

/** A chart with its colours named below, where they take no room from it. */
function Legended({ chart, title, children }: LegendedProps) {
  return (
    <>
      <div role="img" aria-label={m.analytics_chart_of({ report: title })}>
        {children({ ...chart, ...LOOK })}
      </div>
      <ul className={classes.legend}>
        {chart.series.map(({ name, label, color }) => (
          <li key={name}>
            <span className={classes.dot} style={{ background: color }} aria-hidden />
            {label}
          </li>
        ))}
      </ul>
    </>
  )
}

/** Statuses without an order in all these days would be columns of noughts. */
const shown = ({ items }: DaysReport) => items.filter(({ orders }) => orders.some((n) => n > 0))

function tableOf(report: DaysReport, asked: ReportSearch): ReportRows {
  const { days } = report
  const items = shown(report)
  return {
    head: [m.analytics_day(), ...items.map((item) => itemName(item, asked))],
    // the newest day first, as one looks for it
    rows: days
      .map((day, i) => ({
        key: day,
        cells: [formatDay(day, 'UTC'), ...items.map(({ orders }) => formatCount(orders[i]!))],
      }))
      .reverse(),
  }
}

function withTotals({ head, rows }: ReportRows, report: DaysReport): ReportRows {
  return {
    head,
    rows: [
      { key: 'all', cells: [m.analytics_all_days(), ...shown(report).map(({ orders }) => formatCount(sumOf(orders)))] },
      ...rows,
    ],
  }
}
