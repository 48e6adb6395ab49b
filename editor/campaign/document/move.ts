import type { Campaign } from '../../../db/model/campaign-schema.ts'
import { type Flow, findLine, flowOf, type Port, reach } from './document.ts'
import { type Edit, rebuilt, retarget } from './edit.ts'
import { laneOf } from './walk.ts'

/** Lets a step and the one above it, on a straight line, change places; null elsewhere. */
export function moveUp(campaign: Campaign, id: string): Edit | null {
  const [line, ...others] = flowOf(campaign).into.get(id) ?? []
  return line && others.length === 0 ? swapped(campaign, line.from, id) : null
}

/** Lets a step and the one below it, on a straight line, change places; null elsewhere. */
export function moveDown(campaign: Campaign, id: string): Edit | null {
  return swapped(campaign, id, id)
}

/** Puts `upper` behind the step that follows it. Where lanes split or others join, that would change other customers' way. */
function swapped(campaign: Campaign, upper: string, select: string): Edit | null {
  const flow = flowOf(campaign)
  const lower = onlyLine(flow, upper)?.to ?? null
  if (lower === null || flow.steps.get(upper)!.kind === 'order_status_changed') return null
  const after = onlyLine(flow, lower)
  if (!after || flow.into.get(lower)!.length > 1) return null
  const steps = campaign.steps.map((step) => {
    if (step.id === upper) return retarget(step, () => after.to)
    if (step.id === lower) return retarget(step, () => upper)
    return retarget(step, (to) => (to === upper ? lower : to))
  })
  return { campaign: rebuilt(campaign, steps), select }
}

const onlyLine = (flow: Flow, id: string) => {
  const lines = flow.from.get(id) ?? []
  return lines.length === 1 ? lines[0] : undefined
}

/** Moves a step to the beginning of the lane beside its own. Null for a split, for an exit before others, at the edge. */
export function moveLane(campaign: Campaign, id: string, side: 'left' | 'right'): Edit | null {
  const flow = flowOf(campaign)
  const lane = laneOf(flow, id)
  const own = flow.from.get(id)
  if (!lane || !own || own.length > 1) return null
  const lines = flow.from.get(lane.from)!
  const goal = lines[lines.indexOf(lane) + (side === 'left' ? -1 : 1)]
  if (!goal || (own.length === 0 && goal.to !== null)) return null
  const heir = own[0]?.to ?? null
  const steps = campaign.steps.map((step) => {
    if (step.id === id) return retarget(step, () => goal.to)
    return retarget(step, (to, output) => {
      if (step.id === goal.from && output === goal.output) return id
      return to === id ? heir : to
    })
  })
  return { campaign: rebuilt(campaign, steps), select: id }
}

/** The steps a step may be led to: all but the trigger, itself and those that lead to it. */
export function targetsFor(campaign: Campaign, stepId: string): string[] {
  const flow = flowOf(campaign)
  return flow.order.filter((id, i) => i > 0 && !reach(flow, [id]).has(stepId))
}

/** Leads a line to another step, or ends it; what it alone led to is dropped. Null for a step not in `targetsFor`. */
export function connect(campaign: Campaign, port: Port, targetId: string | null): Edit | null {
  if (!findLine(flowOf(campaign), port)) return null
  if (targetId !== null && !targetsFor(campaign, port.stepId).includes(targetId)) return null
  const steps = campaign.steps.map((step) =>
    step.id === port.stepId ? retarget(step, (to, output) => (output === port.output ? targetId : to)) : step,
  )
  return { campaign: rebuilt(campaign, steps), select: port.stepId }
}
