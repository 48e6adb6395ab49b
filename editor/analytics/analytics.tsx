import { Button, SegmentedControl, Stack, Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ChartNoAxesCombined } from 'lucide-react'
import '@mantine/charts/styles.css'
import { dayAt } from '../../db/model/day-range.ts'
import { AXES } from '../../db/model/status.ts'
import { TYPE_WORDS } from '../orders/type-words.ts'
import { analytics } from '../search.ts'
import { OrdersOffPage } from '../shell/orders-off.tsx'
import { Page } from '../shell/page.tsx'
import { useWorkspace } from '../shell/session.ts'
import { Empty, Loaded } from '../shell/states.tsx'
import { m } from '../texts/paraglide/messages.js'
import classes from './analytics.module.css'
import { EntriesCard, OverTimeCard } from './days-card.tsx'
import { FlowCard } from './flow-card.tsx'
import { chosenRange } from './range.ts'
import { RangePicker } from './range-picker.tsx'
import { type ReportSearch, standingQuery } from './report-queries.ts'
import { StandingCard } from './standing-card.tsx'
import { StaysCard } from './stays-card.tsx'

const route = getRouteApi('/analytics')

/** Reports over the statuses that count in analytics. Source: S1-14, S1-15, S0-14. */
export function Analytics() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { timezone, ordersEnabled } = useWorkspace()
  const today = dayAt(Date.now(), timezone)
  const { type = 'general', by = 'status' } = search
  const asked: ReportSearch = { type, by, ...chosenRange(search, today) }
  const go = (change: Record<string, unknown>) =>
    void navigate({ search: (before) => analytics({ ...before, ...change }), resetScroll: false })
  if (!ordersEnabled) return <OrdersOffPage title={m.nav_analytics()} />
  return (
    <Page title={m.nav_analytics()}>
      <Tabs value={type} onChange={(axis) => go({ type: axis === 'general' ? undefined : axis })} keepMounted={false}>
        <Tabs.List aria-label={m.statuses_tabs()}>
          {AXES.map((axis) => (
            <Tabs.Tab key={axis} value={axis}>
              {TYPE_WORDS[axis]()}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={type} pt="md">
          <Stack gap="md">
            <div className={classes.choices}>
              <RangePicker range={asked} today={today} onChoose={go} />
              <SegmentedControl
                size="xs"
                aria-label={m.analytics_by()}
                data={[
                  { value: 'status', label: m.analytics_by_status() },
                  { value: 'group', label: type === 'general' ? m.analytics_by_group() : m.analytics_by_kind() },
                ]}
                value={by}
                onChange={(value) => go({ by: value === 'group' ? value : undefined })}
              />
            </div>
            <Reports asked={asked} />
          </Stack>
        </Tabs.Panel>
      </Tabs>
    </Page>
  )
}

function Reports({ asked }: { asked: ReportSearch }) {
  const standing = useQuery(standingQuery(asked))
  return (
    <Loaded query={standing}>
      {({ items }) =>
        items.length === 0 ? (
          <NothingCounts asked={asked} />
        ) : (
          <div className={classes.cards}>
            <StandingCard asked={asked} />
            <StaysCard asked={asked} />
            <OverTimeCard asked={asked} />
            <EntriesCard asked={asked} />
            <FlowCard asked={asked} />
          </div>
        )
      }
    </Loaded>
  )
}

const NothingCounts = ({ asked: { type } }: { asked: ReportSearch }) => (
  <Empty icon={ChartNoAxesCombined} title={m.analytics_none()} text={m.analytics_none_text()}>
    <Button variant="default" renderRoot={(props) => <Link {...props} to="/statuses" search={{ type }} />}>
      {m.nav_statuses()}
    </Button>
  </Empty>
)
