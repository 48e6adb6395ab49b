import type { Campaign } from '../../../db/model/campaign-schema.ts'
import { problemsToPublish } from '../../../db/model/publication.ts'
import type { Problem } from '../../../db/model/refusal.ts'
import type { Status } from '../../../db/model/status.ts'

/**
 * What keeps each step from being published, by the step's id; fields are told below the step: `where/rules/0/value`.
 * Loaded apart, for it brings the reader of texts with it.
 */
export function problemsByStep(
  campaign: Campaign,
  statuses: readonly Status[],
  segments: readonly string[],
): Map<string, Problem[]> {
  const found = new Map<string, Problem[]>()
  for (const { field, detail } of problemsToPublish(campaign, statuses, segments)) {
    const [, index, ...rest] = field.split('/')
    const step = campaign.steps[Number(index)]
    if (!step) continue
    found.set(step.id, [...(found.get(step.id) ?? []), { field: rest.join('/'), detail }])
  }
  return found
}
