import { CHAIN_DEPTH_MAX } from '../../db/model/limits.ts'
import { formatPeriod } from '../shell/format.ts'
import { m } from '../texts/paraglide/messages.js'
import type { Finding } from './status-map-query.ts'

type PathStep = Finding['path'][number]

/** The step of its path that a finding is first of all about: where orders stop, begin, or never come. */
export const subjectOf = ({ path, statuses }: Pick<Finding, 'path' | 'statuses'>): PathStep =>
  path.find(({ code }) => code === statuses[0])!

const WORDS = {
  loop: (name) => m.map_loop({ name }),
  always_refused: (name, { path }) => m.map_always_refused({ name, to: path.at(-1)!.name, max: CHAIN_DEPTH_MAX }),
  dead_end: (name) => m.map_dead_end({ name }),
  unreachable: (name) => m.map_unreachable({ name }),
  storm: (_, { texts }) => m.map_storm({ count: texts ?? 0 }),
} satisfies Record<Finding['kind'], (name: string, finding: Finding) => string>

/** A finding as one sentence for people. */
export const findingWords = (finding: Finding): string => WORDS[finding.kind](subjectOf(finding).name, finding)

/** How an order comes to the step at this place of a path; null for the first. */
export function moveWords(path: readonly PathStep[], at: number): string | null {
  if (at === 0) return null
  const { after } = path[at]!
  return after === null ? m.map_by_hand() : m.map_after({ period: formatPeriod(after) })
}

/** The texts that entering a status brings, each by whose it is; null where there are none. */
export function textWords({ texts }: PathStep): string | null {
  const words = texts.map(({ campaign, count }) =>
    campaign ? m.map_texts_of({ count, name: campaign.name }) : m.map_text_own(),
  )
  return words.length > 0 ? words.join(', ') : null
}
