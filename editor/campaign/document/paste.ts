import type { Campaign, Step } from '../../../db/model/campaign-schema.ts'
import { NODES_MAX } from '../../../db/model/limits.ts'
import { findLine, flowOf, type Line, linesOf, outputsOf, type Port, reach } from './document.ts'
import { type Edit, freeId, rebuilt, retarget } from './edit.ts'
import { onward } from './walk.ts'

/** These steps as a part of their own, without the trigger: lines lead on past the steps that were left out. */
export function copySteps(campaign: Campaign, ids: Iterable<string>): Step[] {
  const flow = flowOf(campaign)
  const wanted = new Set(ids)
  const copied = flow.order.filter((id) => wanted.has(id) && flow.steps.get(id)!.kind !== 'order_status_changed')
  const kept = new Set(copied)
  const nearest = (to: string | null): string | null => {
    const passed = new Set<string>()
    let at = to
    while (at !== null && !kept.has(at) && flow.steps.has(at) && !passed.has(at)) {
      passed.add(at)
      at = onward(flow, at)
    }
    return at !== null && kept.has(at) ? at : null
  }
  return copied.map((id) => retarget(flow.steps.get(id)!, nearest))
}

/**
 * Inserts a part on a line, under ids of its own. Parts that do not hang together follow one another; what followed the
 * line follows the first open end. Null when there is no such line, nothing to paste, a circle, or no room.
 */
export function pasteSteps(campaign: Campaign, after: Port, steps: readonly Step[]): Edit | null {
  const line = findLine(flowOf(campaign), after)
  const copies = renamed(
    campaign,
    steps.filter((step) => step.kind !== 'order_status_changed'),
  )
  if (!line || campaign.steps.length + copies.length > NODES_MAX || hasCircle(copies)) return null
  // an exit ends nothing when something follows
  const chain = chained(copies, line.to) ?? chained(withoutExits(copies), line.to)
  if (!chain) return null
  const { entry } = chain
  const { stepId, output } = after
  const lead = (step: Step) => (step.id === stepId ? retarget(step, (to, at) => (at === output ? entry : to)) : step)
  return { campaign: rebuilt(campaign, [...campaign.steps.map(lead), ...chain.steps]), select: entry }
}

/** The part under ids that are free in the document; its lines to elsewhere end. */
function renamed(campaign: Campaign, steps: readonly Step[]): Step[] {
  const taken = new Set(campaign.steps.map((step) => step.id))
  const ids = new Map<string, string>()
  for (const { id, kind } of steps) {
    const fresh = freeId(taken, kind)
    taken.add(fresh)
    ids.set(id, fresh)
  }
  return steps.map((step) => ({ ...retarget(step, (to) => (to && ids.get(to)) ?? null), id: ids.get(step.id)! }))
}

function hasCircle(steps: Step[]): boolean {
  const { downwards } = flowOf({ steps })
  const place = new Map(downwards.map((id, i) => [id, i]))
  return linesOf({ steps }).some(({ from, to }) => to !== null && place.get(to)! <= place.get(from)!)
}

/** The steps as one part that leads to `target`; null when nothing is left or no end is open. */
function chained(steps: Step[], target: string | null): { steps: Step[]; entry: string } | null {
  const { into, order } = flowOf({ steps })
  const [entry, ...others] = order.filter((id) => into.get(id)!.length === 0)
  if (entry === undefined) return null
  let list = steps
  for (const goal of target === null ? others : [...others, target]) {
    const open = openEnd(list, entry, goal)
    if (!open) return null
    list = list.map((step) =>
      step.id === open.from ? retarget(step, (to, output) => (output === open.output ? goal : to)) : step,
    )
  }
  return { steps: list, entry }
}

/** The first line behind `entry` that ends, or comes to what `goal` leads to anyway. */
function openEnd(steps: Step[], entry: string, goal: string): Line | undefined {
  const flow = flowOf({ steps })
  const [behind, after] = [reach(flow, [entry]), reach(flow, flow.steps.has(goal) ? [goal] : [])]
  return linesOf({ steps }).find(
    ({ from, to }) => behind.has(from) && !after.has(from) && (to === null || after.has(to)),
  )
}

function withoutExits(steps: Step[]): Step[] {
  const exits = new Set(steps.filter((step) => outputsOf(step).length === 0).map((step) => step.id))
  return steps
    .filter((step) => !exits.has(step.id))
    .map((step) => retarget(step, (to) => (to !== null && exits.has(to) ? null : to)))
}
