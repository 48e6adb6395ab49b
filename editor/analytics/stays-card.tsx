import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { formatCount, formatSpan } from '../shell/format.ts'
import { colourOf } from '../statuses/colours.ts'
import { m } from '../texts/paraglide/messages.js'
import { Bars } from './bars.tsx'
import { aboutCells, aboutHead, itemName } from './item-words.ts'
import { ReportCard } from './report-card.tsx'
import { type Report, type ReportSearch, staysQuery } from './report-queries.ts'
import type { ReportRows } from './report-table.tsx'
import { SHOWN_MAX, splitTop } from './top.ts'

type Stays = Report<'stays'>

/** How long orders stayed in each status. */
export function StaysCard({ asked }: { asked: ReportSearch }) {
  return (
    <ReportCard
      name="stays"
      title={m.analytics_stays()}
      text={m.analytics_stays_text()}
      asked={asked}
      query={useQuery(staysQuery(asked))}
      isEmpty={({ items }) => items.every(({ stays }) => stays === 0)}
      chart={(report) => <StaysBars report={report} asked={asked} />}
      table={(report) => tableOf(report, asked)}
    />
  )
}

/** Times cannot be added up, so the statuses with fewer stays are in the table alone. */
function StaysBars({ report, asked }: { report: Stays; asked: ReportSearch }) {
  const { shown, rest } = splitTop(report.items, ({ stays }) => stays)
  const bars = shown.map((item) => ({
    key: item.id,
    name: itemName(item, asked),
    colour: colourOf(asked.type, item.meaning),
    size: item.medianMs ?? 0,
    behind: item.p90Ms ?? 0,
    words: m.analytics_median_p90({ median: formatSpan(item.medianMs ?? 0), p90: formatSpan(item.p90Ms ?? 0) }),
  }))
  return (
    <>
      <Bars bars={bars} />
      {rest.length > 0 && (
        <Text size="sm" mt="sm">
          {m.analytics_stays_rest({ shown: SHOWN_MAX, count: rest.length })}
        </Text>
      )}
    </>
  )
}

function tableOf({ items }: Stays, asked: ReportSearch): ReportRows {
  const span = (ms: number | null) => (ms === null ? '–' : formatSpan(ms))
  return {
    head: [...aboutHead(asked), m.analytics_stays_count(), m.analytics_median(), m.analytics_p90()],
    words: [1],
    rows: items.map((item) => ({
      key: item.id,
      cells: [...aboutCells(item, asked), formatCount(item.stays), span(item.medianMs), span(item.p90Ms)],
    })),
  }
}
