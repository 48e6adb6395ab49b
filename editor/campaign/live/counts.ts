import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { LineCount, StepCounts } from '../../../db/model/counts.ts'
import { api, ask } from '../../shell/api.ts'
import { formatCount, formatTime } from '../../shell/format.ts'
import { m } from '../../texts/paraglide/messages.js'

/**
 * The figures of one version, the live one where none is named, asked again whenever the stream tells of a change.
 * `isStale`: the last try failed, so they are as of `asOf`.
 */
export function useCounts(campaignId: string, version?: number) {
  const query = useQuery({
    queryKey: ['campaigns', campaignId, 'counts', version ?? null],
    queryFn: () =>
      ask(
        api.campaigns[':id'].counts.$get({
          param: { id: campaignId },
          query: version === undefined ? {} : { version: `${version}` },
        }),
      ),
    placeholderData: keepPreviousData,
  })
  const isStale = query.data !== undefined && (query.isRefetchError || query.fetchStatus === 'paused')
  return { counts: query.data, isStale, query }
}

/** `As of 12:01`, beside figures that could not be asked again. */
export const asOfWords = (asOf: string, timezone: string): string =>
  m.campaigns_counts_as_of({ time: formatTime(asOf, timezone) })

/** Of those who went on from a step, the part that took this way out: 0 to 1, and 0 while nobody went on. */
export function shareOf(lines: readonly LineCount[], from: string, output: string): number {
  const ways = lines.filter((line) => line.from === from)
  const all = ways.reduce((sum, { count }) => sum + count, 0)
  const taken = ways.find((line) => line.output === output)?.count ?? 0
  return all === 0 ? 0 : taken / all
}

/** `38 %`; a part that is neither none nor all is never told as 0 or 100. */
export function shareWords(share: number): string {
  const percent = Math.round(share * 100)
  if (share > 0 && percent === 0) return m.campaigns_counts_share_under({ percent: 1 })
  if (share < 1 && percent === 100) return m.campaigns_counts_share_over({ percent: 99 })
  return m.campaigns_counts_share({ percent })
}

/** The figures a card tells, in this order; those of nobody are left out, but for `entered`. */
const CHIPS = {
  entered: m.campaigns_counts_entered,
  waiting: m.campaigns_counts_waiting,
  walking: m.campaigns_counts_walking,
  held: m.campaigns_counts_held,
  stuck: m.campaigns_counts_stuck,
  ended: m.campaigns_counts_ended,
} satisfies Partial<Record<keyof StepCounts, (inputs: { count: string }) => string>>
export type ChipKey = keyof typeof CHIPS

export interface Chip {
  key: ChipKey
  count: number
  /** `14 waiting` */
  words: string
}

/** What a card tells of its step. */
export const chipsOf = (step: StepCounts): Chip[] =>
  (Object.keys(CHIPS) as ChipKey[])
    .filter((key) => key === 'entered' || step[key] > 0)
    .map((key) => ({ key, count: step[key], words: CHIPS[key]({ count: formatCount(step[key]) }) }))

/** The chips as one line: `120 entered · 14 waiting`. */
export const chipWords = (step: StepCounts): string =>
  chipsOf(step)
    .map((chip) => chip.words)
    .join(' · ')
