import { Button, Group, Text, Title } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { ChartNoAxesColumn, Download, Table2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { analytics } from '../search.ts'
import { Loaded } from '../shell/states.tsx'
import { m } from '../texts/paraglide/messages.js'
import classes from './analytics.module.css'
import { csvAddress, type ReportName, type ReportSearch } from './report-queries.ts'
import { type ReportRows, ReportTable } from './report-table.tsx'

interface Props<T> {
  name: ReportName
  title: string
  text: string
  asked: ReportSearch
  query: UseQueryResult<T>
  isEmpty: (answer: T) => boolean
  chart: (answer: T) => ReactNode
  table: (answer: T) => ReportRows
  isWide?: boolean
}

/** A report as a chart or as a table, whichever the address tells, and as a file. */
export function ReportCard<T>({ name, title, text, asked, query, isEmpty, chart, table, isWide = false }: Props<T>) {
  const [isTable, toggle] = useTable(name)
  const show = isTable ? m.analytics_as_chart() : m.analytics_as_table()
  return (
    <section className={classes.card} data-wide={isWide || undefined} aria-labelledby={`report-${name}`}>
      <div className={classes.head}>
        <Title order={2} size="h4" id={`report-${name}`}>
          {title}
        </Title>
        <Group gap="xs">
          <Button
            size="compact-sm"
            variant="default"
            leftSection={isTable ? <ChartNoAxesColumn size={14} aria-hidden /> : <Table2 size={14} aria-hidden />}
            aria-label={m.analytics_action_of({ action: show, report: title })}
            onClick={toggle}
          >
            {show}
          </Button>
          <Button
            component="a"
            href={csvAddress(name, asked)}
            download
            size="compact-sm"
            variant="default"
            leftSection={<Download size={14} aria-hidden />}
            aria-label={m.analytics_action_of({ action: m.analytics_csv(), report: title })}
          >
            {m.analytics_csv()}
          </Button>
        </Group>
      </div>
      <Text size="sm" c="dimmed" mb="sm">
        {text}
      </Text>
      <Loaded query={query}>
        {(answer) => (
          <div aria-busy={query.isPlaceholderData} style={{ opacity: query.isPlaceholderData ? 0.6 : 1 }}>
            {isEmpty(answer) ? (
              <Text size="sm">{m.analytics_nothing()}</Text>
            ) : isTable ? (
              <ReportTable label={title} {...table(answer)} />
            ) : (
              chart(answer)
            )}
          </div>
        )}
      </Loaded>
    </section>
  )
}

const route = getRouteApi('/analytics')

/** Whether a report is shown as a table, and how to change it; the address tells it. */
function useTable(name: ReportName): [boolean, () => void] {
  const tables = (route.useSearch().tables ?? '').split('.').filter(Boolean)
  const navigate = route.useNavigate()
  const isTable = tables.includes(name)
  const left = isTable ? tables.filter((other) => other !== name) : [...tables, name]
  const toggle = () =>
    void navigate({ search: (before) => analytics({ ...before, tables: left.join('.') }), resetScroll: false })
  return [isTable, toggle]
}
