import { SankeyChart } from '@mantine/charts'
import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { formatCount } from '../shell/format.ts'
import { m } from '../texts/paraglide/messages.js'
import classes from './analytics.module.css'
import { flowChartOf, nameOfEnd } from './flow-chart.ts'
import { ReportCard } from './report-card.tsx'
import { flowQuery, type Report, type ReportSearch } from './report-queries.ts'
import type { ReportRows } from './report-table.tsx'

type Flow = Report<'flow'>
/** Changes back that are named below the drawing; all are in the table. */
const BACK_MAX = 6
/** Room for a node and its name, in pixels. */
const NODE_HEIGHT = 44

/** How many orders went from which status to which. */
export function FlowCard({ asked }: { asked: ReportSearch }) {
  return (
    <ReportCard
      name="flow"
      title={m.analytics_flow()}
      text={m.analytics_flow_text()}
      asked={asked}
      query={useQuery(flowQuery(asked))}
      isEmpty={({ changes }) => changes.length === 0}
      chart={(report) => <FlowChart report={report} asked={asked} />}
      table={(report) => tableOf(report, asked)}
      isWide
    />
  )
}

function FlowChart({ report, asked }: { report: Flow; asked: ReportSearch }) {
  const { nodes, links, back } = flowChartOf(report, asked)
  const name = nameOfEnd(report, asked)
  return (
    <>
      {links.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        <section className={classes.across} aria-label={m.analytics_flow()} tabIndex={0}>
          <div role="img" aria-label={m.analytics_chart_of({ report: m.analytics_flow() })} className={classes.flow}>
            <SankeyChart
              data={{ nodes, links }}
              height={Math.max(300, nodes.length * NODE_HEIGHT)}
              nodePadding={28}
              valueFormatter={formatCount}
              sankeyProps={{ accessibilityLayer: false, margin: { top: 8, right: 8, bottom: 16, left: 8 } }}
            />
          </div>
        </section>
      )}
      {back.length > 0 && (
        <>
          <Text size="sm" mt="sm">
            {m.analytics_flow_back()}
          </Text>
          <ul className={classes.back}>
            {back.slice(0, BACK_MAX).map(({ from, to, orders }) => (
              <li key={`${from} ${to}`}>
                {m.analytics_flow_change({ from: name(from), to: name(to), orders: formatCount(orders) })}
              </li>
            ))}
          </ul>
          {back.length > BACK_MAX && <Text size="sm">{m.analytics_flow_more({ count: back.length - BACK_MAX })}</Text>}
        </>
      )}
    </>
  )
}

function tableOf(report: Flow, asked: ReportSearch): ReportRows {
  const name = nameOfEnd(report, asked)
  return {
    head: [m.analytics_flow_from(), m.analytics_flow_to(), m.nav_orders()],
    words: [1],
    rows: report.changes.map(({ from, to, orders }) => ({
      key: `${from} ${to}`,
      cells: [name(from), name(to), formatCount(orders)],
    })),
  }
}
