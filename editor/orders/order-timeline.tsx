import { Group, SegmentedControl, Text, Timeline, Title } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { ORDER_TRACKS } from '../search.ts'
import { formatMoment } from '../shell/format.ts'
import { useWorkspace } from '../shell/session.ts'
import { m } from '../texts/paraglide/messages.js'
import classes from './order.module.css'
import { type TimelineEntry, tell } from './timeline.ts'
import { TimelineBullet, TimelineWords } from './timeline-item.tsx'

const route = getRouteApi('/orders/$number')

const TRACK_WORDS = {
  all: m.timeline_all,
  statuses: m.timeline_statuses,
  campaigns: m.timeline_campaigns,
  messages: m.timeline_messages,
} satisfies Record<(typeof ORDER_TRACKS)[number], () => string>

/** All that happened to an order, the newest first; `entries` come oldest first. */
export function OrderTimeline({ entries }: { entries: readonly TimelineEntry[] }) {
  const { show = 'all' } = route.useSearch()
  const navigate = route.useNavigate()
  const { timezone } = useWorkspace()
  const moment = (at: string) => formatMoment(at, timezone)
  const shown = entries
    // an entry keeps its place from the beginning, so that later ones do not make it another
    .map((entry, i) => ({ key: i, at: entry.at, told: tell(entry, moment) }))
    .filter(({ told }) => show === 'all' || told.track === show)
    .reverse()
  return (
    <section aria-labelledby="order-timeline">
      <Group justify="space-between" gap="sm" mb="md">
        <Title order={2} size="h4" id="order-timeline">
          {m.timeline_title()}
        </Title>
        <SegmentedControl
          size="xs"
          aria-label={m.timeline_show()}
          data={ORDER_TRACKS.map((track) => ({ value: track, label: TRACK_WORDS[track]() }))}
          value={show}
          onChange={(track) => void navigate({ search: track === 'all' ? {} : { show: track }, replace: true })}
        />
      </Group>
      {shown.length === 0 && (
        <Text size="sm" c="dimmed">
          {m.timeline_none()}
        </Text>
      )}
      <Timeline bulletSize={26} lineWidth={2} color="gray">
        {shown.map(({ key, at, told }) => (
          <Timeline.Item key={key} className={classes.item ?? ''} bullet={<TimelineBullet told={told} />}>
            <TimelineWords told={told} at={moment(at)} />
          </Timeline.Item>
        ))}
      </Timeline>
    </section>
  )
}
