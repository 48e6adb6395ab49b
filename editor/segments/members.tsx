import { Loader, Paper, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { problemsInSegment } from '../../db/model/segment.ts'
import type { SegmentRule } from '../../db/model/segment-schema.ts'
import { formatCount } from '../shell/format.ts'
import { Failed } from '../shell/states.tsx'
import { m } from '../texts/paraglide/messages.js'
import { previewQuery } from './queries.ts'
import classes from './segments.module.css'

/** So long after the last change customers are counted. */
const PAUSE_MS = 400

/** How many are in by the conditions as they stand, and some of them. */
export function Members({ rule }: { rule: SegmentRule }) {
  const [asked] = useDebouncedValue(rule, PAUSE_MS)
  const isComplete = problemsInSegment(asked, 'rule').length === 0
  const preview = useQuery({ ...previewQuery(asked), enabled: isComplete })
  const isOld = isComplete && (asked !== rule || preview.isPlaceholderData)
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="members">
      <Title order={2} size="h4" id="members" mb={4}>
        {m.segments_now()}
        {(isOld || preview.isLoading) && <Loader size={14} ml={8} aria-label={m.segments_counting()} role="status" />}
      </Title>
      {!isComplete && (
        <Text size="sm" c="dimmed">
          {m.segments_incomplete()}
        </Text>
      )}
      {isComplete && preview.isError && <Failed error={preview.error} retry={() => void preview.refetch()} />}
      {isComplete && preview.isLoading && <Skeleton height={34} w={160} />}
      {isComplete && preview.data && <Counted {...preview.data} isOld={isOld} />}
    </Paper>
  )
}

interface Preview {
  count: number
  samples: readonly { id: string; name: string; phone: string | null; email: string | null }[]
  isOld: boolean
}

function Counted({ count, samples, isOld }: Preview) {
  return (
    <Stack gap="sm" aria-busy={isOld}>
      <div className={classes.count} aria-live="polite">
        {m.segments_customers({ count, figure: formatCount(count) })}
      </div>
      {samples.length === 0 ? (
        <Text size="sm" c="dimmed">
          {m.segments_nobody()}
        </Text>
      ) : (
        <div>
          <Text size="xs" c="dimmed" mb={4} id="samples">
            {m.segments_samples()}
          </Text>
          <ul className={classes.people} aria-labelledby="samples">
            {samples.map(({ id, name, phone, email }) => (
              <li key={id}>
                <Text size="sm">{name || m.segments_nameless()}</Text>
                <Text size="xs" c="dimmed">
                  {phone ?? email}
                </Text>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Stack>
  )
}
