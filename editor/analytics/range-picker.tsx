import { Group, SegmentedControl, Text, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import { type DayRange, lastDays, problemsInRange } from '../../db/model/day-range.ts'
import { m } from '../texts/paraglide/messages.js'
import { inAddress, lastDayOf, RANGE_DAYS, RANGE_DEFAULT, rangeUntil } from './range.ts'

/** So long after the last key the days that were typed are taken. */
const PAUSE_MS = 500
const OWN = 'own'

interface Props {
  range: DayRange
  today: string
  onChoose: (change: ReturnType<typeof inAddress>) => void
}

/** Which days are told of: some last ones, or any. */
export function RangePicker({ range, today, onChoose }: Props) {
  const { days = RANGE_DEFAULT, from } = inAddress(range, today)
  const [isOwn, setOwn] = useState(from !== undefined)
  const choose = (value: string) => {
    setOwn(value === OWN)
    if (value !== OWN) onChoose(inAddress(lastDays(Number(value), today), today))
  }
  return (
    <Group gap="sm" align="flex-start">
      <SegmentedControl
        size="xs"
        aria-label={m.analytics_days()}
        data={[
          ...RANGE_DAYS.map((count) => ({ value: `${count}`, label: m.analytics_last_days({ count }) })),
          { value: OWN, label: m.analytics_own_days() },
        ]}
        value={isOwn || from !== undefined ? OWN : `${days}`}
        onChange={choose}
      />
      {(isOwn || from !== undefined) && <OwnDays range={range} today={today} onChoose={onChoose} />}
    </Group>
  )
}

function OwnDays({ range, today, onChoose }: Props) {
  const shown = { from: range.from, until: lastDayOf(range) }
  const [typed, setTyped] = useState(shown)
  // another address, by "back" or a link, is shown as it is
  useEffect(() => setTyped({ from: shown.from, until: shown.until }), [shown.from, shown.until])
  const take = useDebouncedCallback((wanted: typeof shown) => {
    if (!isWrong(wanted, today)) onChoose(inAddress(rangeUntil(wanted.from, wanted.until), today))
  }, PAUSE_MS)
  const set = (change: Partial<typeof shown>) => {
    const wanted = { ...typed, ...change }
    setTyped(wanted)
    take(wanted)
  }
  const wrong = isWrong(typed, today)
  return (
    <div>
      <Group gap="xs">
        <TextInput
          type="date"
          size="xs"
          aria-label={m.analytics_from()}
          value={typed.from}
          max={today}
          error={wrong}
          onChange={({ currentTarget }) => set({ from: currentTarget.value })}
        />
        <Text size="sm" aria-hidden>
          –
        </Text>
        <TextInput
          type="date"
          size="xs"
          aria-label={m.analytics_until()}
          value={typed.until}
          max={today}
          error={wrong}
          onChange={({ currentTarget }) => set({ until: currentTarget.value })}
        />
      </Group>
      {wrong && (
        <Text size="xs" c="var(--mantine-color-error)" mt={4} role="alert">
          {m.analytics_days_wrong()}
        </Text>
      )}
    </div>
  )
}

/** Days before 1970 are years that are still being typed. */
const isWrong = ({ from, until }: { from: string; until: string }, today: string): boolean =>
  from < '1970' || until < '1970' || until > today || problemsInRange(rangeUntil(from, until), today).length > 0
