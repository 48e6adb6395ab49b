import type { Campaign } from '../../../db/model/campaign-schema.ts'
import { type Flow, findLine, flowOf, joinOf, reach } from './document.ts'
import { type Edit, rebuilt, retarget } from './edit.ts'

/**
 * Removes a step; all lines into it lead to what followed. Of a split, `keep` names the lane that stays, `none` drops
 * all lanes up to where they come together. Null for the trigger and for a lane the step does not have.
 */
export function removeStep(campaign: Campaign, id: string, { keep }: { keep?: string } = {}): Edit | null {
  const flow = flowOf(campaign)
  if (keep === undefined) return removeSteps(campaign, [id])
  const line = findLine(flow, { stepId: id, output: keep })
  if (!isRemovable(flow, id) || (keep !== 'none' && !line)) return null
  return withoutSteps(campaign, new Map([[id, keep === 'none' ? joinOf(flow, id) : line!.to]]))
}

/** Removes all these steps and heals the lines; the trigger stays. Null when there is nothing to remove. */
export function removeSteps(campaign: Campaign, ids: Iterable<string>): Edit | null {
  const flow = flowOf(campaign)
  const removed = new Set([...ids].filter((id) => isRemovable(flow, id)))
  if (removed.size === 0) return null
  const heirs = new Map<string, string | null>()
  // from below, so that what follows a removed step is known
  for (const id of [...flow.downwards].reverse()) {
    if (removed.has(id))
      heirs.set(
        id,
        heirOf(flow, id, (to) => (removed.has(to) ? (heirs.get(to) ?? null) : to)),
      )
  }
  return withoutSteps(campaign, heirs)
}

/** What may take a step's place: of what follows it the one that leads to all the rest, else the first. */
function heirOf(flow: Flow, id: string, follow: (to: string) => string | null): string | null {
  const after = flow.from.get(id)!.flatMap(({ to }) => (to === null ? [] : (follow(to) ?? [])))
  return after.find((start) => isAll(reach(flow, [start]), after)) ?? after[0] ?? null
}

const isAll = (found: ReadonlySet<string>, wanted: readonly string[]) => wanted.every((id) => found.has(id))

const isRemovable = (flow: Flow, id: string): boolean => {
  const step = flow.steps.get(id)
  return step !== undefined && step.kind !== 'order_status_changed'
}

/** The document without the steps that have an heir; who led to one leads to its heir. */
function withoutSteps(campaign: Campaign, heirs: ReadonlyMap<string, string | null>): Edit {
  const heir = (to: string | null): string | null => (to !== null && heirs.has(to) ? heirs.get(to)! : to)
  const steps = campaign.steps.filter((s) => !heirs.has(s.id)).map((s) => retarget(s, heir))
  const after = rebuilt(campaign, steps)
  const { steps: left } = flowOf(after)
  const { order, into } = flowOf(campaign)
  const first = order.find((id) => heirs.has(id))!
  const above = into.get(first)!.map((line) => line.from)
  const select = [heirs.get(first)!, ...above, ...left.keys()].find((id) => id !== null && left.has(id))
  return { campaign: after, select: select ?? null }
}
