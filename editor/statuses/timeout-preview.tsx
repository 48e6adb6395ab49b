import { Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, ask } from '../shell/api.ts'
import { formatMoment } from '../shell/format.ts'
import { useWorkspace } from '../shell/session.ts'
import { m } from '../texts/paraglide/messages.js'
import { type Draft, periodOf } from './draft.ts'

/** The clock makes more orders due while the form stands open. */
const AGAIN_MS = 10_000
/** So long after the last key the server is asked. */
const PAUSE_MS = 250

/** What the timeout would do at once to the orders that stand in the status already. Source: C11. */
export function TimeoutPreview({ draft }: { draft: Draft }) {
  const { type, code } = draft
  const [after] = useDebouncedValue(periodOf(draft), PAUSE_MS)
  const { data } = useQuery({
    queryKey: ['status-timeout', type, code, after],
    queryFn: () =>
      ask(api.statuses[':type'][':code'].timeout.$get({ param: { type, code }, query: { after: after! } })),
    enabled: after !== null,
    refetchInterval: AGAIN_MS,
    placeholderData: keepPreviousData,
  })
  const { timezone } = useWorkspace()
  if (!data || after === null) return null
  return (
    <Stack gap={4} role="status">
      <Text size="sm" {...(data.due > 0 ? { fw: 600 } : { c: 'dimmed' })}>
        {wordsOf(data, timezone)}
      </Text>
      {data.resting > 0 && (
        <Text size="sm" c="dimmed">
          {m.statuses_timeout_resting({ count: data.resting })}
        </Text>
      )}
    </Stack>
  )
}

type Preview = { due: number; waiting: number; nextAt: string | null }

function wordsOf({ due, waiting, nextAt }: Preview, timezone: string): string {
  if (due > 0) return m.statuses_timeout_due({ count: due })
  if (nextAt === null) return m.statuses_timeout_nobody()
  return m.statuses_timeout_waiting({ count: waiting, time: formatMoment(nextAt, timezone) })
}
