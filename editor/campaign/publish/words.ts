import type { Step } from '../../../db/model/campaign-schema.ts'
import { formatCount } from '../../shell/format.ts'
import { m } from '../../texts/paraglide/messages.js'
import { readCampaign } from '../document/read.ts'
import type { CampaignRow } from '../list/query.ts'
import { type Named, triggerWords } from '../step/trigger-words.ts'
import { titleOf } from '../step/words.ts'
import type { Publication } from './query.ts'

type Inside = Publication['inside']

/** What the words are made of. */
interface Facts {
  campaign: Pick<CampaignRow, 'state'> & { draft: unknown }
  publication: { inside: Inside }
  nextVersion: number
}

/** What publishing means, sentence by sentence: for whom it starts, for those inside, for a paused campaign. */
export function impactWords(facts: Facts, statuses: readonly Named[]): string[] {
  const { campaign, publication, nextVersion } = facts
  return [startWords(facts, statuses), insideWords(publication.inside, nextVersion)].concat(
    campaign.state === 'paused' ? [m.publish_paused()] : [],
  )
}

/** Who will enter from now on. */
function startWords({ campaign, nextVersion }: Facts, statuses: readonly Named[]): string {
  const trigger = readCampaign(campaign.draft)?.steps[0]
  if (trigger?.kind !== 'order_status_changed') return m.publish_starts_never()
  const change = triggerWords(trigger, statuses)
  return nextVersion === 1 ? m.publish_starts_first({ change }) : m.publish_starts({ change, version: nextVersion })
}

/** Those inside keep the version they began with. */
export function insideWords({ total, steps }: Inside, nextVersion: number): string {
  if (total === 0) return nextVersion === 1 ? m.publish_nobody_first() : m.publish_nobody()
  const figure = formatCount(total)
  const byVersion = customersByVersion(steps)
  const [[version] = [0], ...older] = byVersion
  if (older.length === 0) return m.publish_inside_one({ count: total, figure, version, next: nextVersion })
  const versions = byVersion.map(([v, count]) => m.publish_inside_part({ figure: formatCount(count), version: v }))
  return m.publish_inside_many({ figure, versions: versions.join(', '), next: nextVersion })
}

/** How many are inside each version, the newest first. */
function customersByVersion(steps: Inside['steps']): [version: number, customers: number][] {
  const sums = new Map<number, number>()
  for (const { version, waiting, walking } of steps) sums.set(version, (sums.get(version) ?? 0) + waiting + walking)
  return [...sums].sort(([a], [b]) => b - a)
}

/** What the steps of the draft are called, by id. */
export const titlesOf = (draft: unknown): ReadonlyMap<string, string> =>
  new Map(readCampaign(draft)?.steps.map((step: Step) => [step.id, titleOf(step)]))
