import { Button, Group, Skeleton, Table, Text } from '@mantine/core'
import { useInViewport } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Plus, TriangleAlert, UsersRound } from 'lucide-react'
import { useNow } from '../orders/use-now.ts'
import { AnchorLink } from '../shell/anchor-link.tsx'
import { formatCount, formatIn, formatMoment } from '../shell/format.ts'
import { Page } from '../shell/page.tsx'
import { useWorkspace } from '../shell/session.ts'
import { Empty, Loaded } from '../shell/states.tsx'
import { m } from '../texts/paraglide/messages.js'
import { previewQuery, type Segment, segmentsQuery } from './queries.ts'
import classes from './segments.module.css'

/** All segments, and the way to a first one. Source: S1-23. */
export function Segments() {
  const segments = useQuery(segmentsQuery)
  const isEmpty = segments.data?.length === 0
  return (
    <Page title={m.nav_segments()} actions={!isEmpty && <NewSegment />}>
      <Loaded query={segments}>
        {(list) =>
          list.length > 0 ? (
            <SegmentsTable segments={list} />
          ) : (
            <Empty icon={UsersRound} title={m.segments_empty()} text={m.segments_empty_text()}>
              <NewSegment />
            </Empty>
          )
        }
      </Loaded>
    </Page>
  )
}

const NewSegment = () => (
  <Button
    leftSection={<Plus size={16} aria-hidden />}
    renderRoot={(props) => <Link {...props} to="/segments/$id" params={{ id: 'new' }} />}
  >
    {m.segments_new()}
  </Button>
)

const SegmentsTable = ({ segments }: { segments: readonly Segment[] }) => (
  <Table verticalSpacing="sm" highlightOnHover maw={900} aria-label={m.nav_segments()}>
    <Table.Thead>
      <Table.Tr>
        <Table.Th scope="col">{m.segments_column_name()}</Table.Th>
        <Table.Th scope="col" ta="right">
          {m.segments_column_customers()}
        </Table.Th>
        <Table.Th scope="col">{m.segments_column_changed()}</Table.Th>
      </Table.Tr>
    </Table.Thead>
    <Table.Tbody>
      {segments.map((segment) => (
        <Row key={segment.id} segment={segment} />
      ))}
    </Table.Tbody>
  </Table>
)

function Row({ segment: { id, name, rule, problems, updatedAt } }: { segment: Segment }) {
  const { timezone } = useWorkspace()
  const nowMs = useNow()
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400}>
        <AnchorLink to="/segments/$id" params={{ id }} size="sm" fw={600}>
          {name}
        </AnchorLink>
        {problems.length > 0 && (
          <Group gap={4} wrap="nowrap" className={classes.warning!}>
            <TriangleAlert size={16} aria-hidden />
            <Text size="xs">{m.segments_has_problems()}</Text>
          </Group>
        )}
      </Table.Th>
      <Table.Td className={classes.figure}>
        <Count rule={rule} />
      </Table.Td>
      <Table.Td className={classes.changed}>
        <Text size="sm" c="dimmed" component="time" dateTime={updatedAt} title={formatMoment(updatedAt, timezone)}>
          {formatIn(updatedAt, nowMs)}
        </Text>
      </Table.Td>
    </Table.Tr>
  )
}

/** How many are in, counted once the row can be seen. */
function Count({ rule }: Pick<Segment, 'rule'>) {
  const { ref, inViewport } = useInViewport<HTMLDivElement>()
  const { data, isError } = useQuery({ ...previewQuery(rule), enabled: inViewport })
  return (
    <div ref={ref}>
      {data && formatCount(data.count)}
      {!data && isError && (
        <Text size="xs" c="dimmed" component="span">
          {m.segments_not_counted()}
        </Text>
      )}
      {!data && !isError && <Skeleton height={14} w={40} ml="auto" />}
    </div>
  )
}
