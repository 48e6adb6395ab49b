import type { Campaign } from '../../../db/model/campaign-schema.ts'
import { type Flow, flowOf, type Line, reach } from './document.ts'

export const firstStep = (campaign: Campaign): string | null => flowOf(campaign).order[0] ?? null

/** Where one comes who goes down from the trigger until it ends. */
export function lastStep(campaign: Campaign): string | null {
  const flow = flowOf(campaign)
  const seen = new Set<string>()
  let at = flow.order[0] ?? null
  for (let to = at; to !== null && !seen.has(to); to = onward(flow, to)) {
    seen.add(to)
    at = to
  }
  return at
}

/** The step below: by the first way out that leads to one. */
export const nextOf = (campaign: Campaign, id: string): string | null => onward(flowOf(campaign), id)

export const onward = (flow: Flow, id: string): string | null =>
  flow.from.get(id)?.find((line) => line.to !== null)?.to ?? null

/** The step above; where several lead here, the one that is read first. */
export const previousOf = (campaign: Campaign, id: string): string | null =>
  flowOf(campaign).into.get(id)?.[0]?.from ?? null

/** The steps beside this one in the lanes left and right of its own, as far down; null where there is none. */
export function siblings(campaign: Campaign, id: string): { left: string | null; right: string | null } {
  const flow = flowOf(campaign)
  const lane = laneOf(flow, id)
  if (!lane) return { left: null, right: null }
  const lines = flow.from.get(lane.from)!
  const at = lines.indexOf(lane)
  const beside = (line: Line | undefined) => (line ? stepBeside(flow, lane, line, depthOf(flow, lane, id)) : null)
  return { left: beside(lines[at - 1]), right: beside(lines[at + 1]) }
}

/** The line by which the nearest split leads to this step, which its other lines do not; undefined outside of lanes. */
export function laneOf(flow: Flow, id: string): Line | undefined {
  const lanes = flow.downwards.flatMap((split) => {
    const lines = split === id ? [] : flow.from.get(split)!
    const leading = lines.length < 2 ? [] : lines.filter((line) => reach(flow, [line.to]).has(id))
    return leading.length === 1 ? leading : []
  })
  return lanes.at(-1)
}

/** How many steps of the lane come before this one, by the shortest way. */
function depthOf(flow: Flow, lane: Line, id: string): number {
  let depth = 0
  for (let level = new Set([lane.to]); !level.has(id); depth++) {
    level = new Set([...level].flatMap((step) => (step === null ? [] : flow.from.get(step)!.map((line) => line.to))))
  }
  return depth
}

/** The step of `other` that is `depth` steps down, or its last; null when it has none of its own. */
function stepBeside(flow: Flow, lane: Line, other: Line, depth: number): string | null {
  const shared = reach(flow, [lane.to])
  let at: string | null = null
  for (let to = other.to, n = 0; to !== null && !shared.has(to) && n <= depth; to = onward(flow, to), n++) at = to
  return at
}
