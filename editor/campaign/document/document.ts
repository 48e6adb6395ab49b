import type { Campaign, Step } from '../../../db/model/campaign-schema.ts'
import { isNodeKind, NODE_OUTPUTS } from '../../../db/model/node-outputs.ts'

/** A way out of a step; a line of the drawing begins at it. */
export interface Port {
  stepId: string
  output: string
}

/** A line of the drawing; to null is the end. */
export interface Line {
  from: string
  output: string
  to: string | null
}

/** The document read once: who leads where. Never stored, always derived. */
export interface Flow {
  steps: ReadonlyMap<string, Step>
  /** Ids as a reader goes: along the first branch to its end, then the next; what nobody reaches comes last. */
  order: readonly string[]
  /** Ids so that every step stands behind all that lead to it. */
  downwards: readonly string[]
  /** Each step's lines in branch order; one to a step that is not there is an end. */
  from: ReadonlyMap<string, readonly Line[]>
  into: ReadonlyMap<string, readonly Line[]>
}

const flows = new WeakMap<readonly Step[], Flow>()

/** Documents never change, so each is read once. */
export function flowOf({ steps }: Campaign): Flow {
  const flow = flows.get(steps) ?? read(steps)
  flows.set(steps, flow)
  return flow
}

/** Ways out in branch order; a kind of another release tells them by its lines. */
export const outputsOf = ({ kind, next }: Step): readonly string[] =>
  isNodeKind(kind) ? NODE_OUTPUTS[kind] : Object.keys(next)

function read(list: readonly Step[]): Flow {
  const steps = new Map(list.map((step) => [step.id, step]))
  const from = new Map(list.map((step) => [step.id, linesFrom(step, steps)]))
  const into = new Map<string, Line[]>(list.map(({ id }) => [id, []]))
  const order: string[] = []
  const upwards: string[] = []
  const seen = new Set<string>()
  const visit = (id: string): void => {
    if (seen.has(id)) return
    seen.add(id)
    order.push(id)
    for (const { to } of from.get(id)!) if (to !== null) visit(to)
    upwards.push(id)
  }
  for (const { id } of list) visit(id)
  for (const line of order.flatMap((id) => from.get(id)!)) if (line.to !== null) into.get(line.to)!.push(line)
  return { steps, order, downwards: upwards.reverse(), from, into }
}

function linesFrom(step: Step, steps: ReadonlyMap<string, Step>): Line[] {
  const next: Record<string, string | null> = step.next
  return outputsOf(step).map((output) => {
    const to = next[output]
    return { from: step.id, output, to: typeof to === 'string' && steps.has(to) ? to : null }
  })
}

/** All lines, in the order of `Flow.order`, each step's in branch order. */
export const linesOf = (campaign: Campaign): Line[] => {
  const flow = flowOf(campaign)
  return flow.order.flatMap((id) => flow.from.get(id)!)
}

/** The line that begins at this way out; undefined when there is no such step or way out. */
export const findLine = (flow: Flow, { stepId, output }: Port): Line | undefined =>
  flow.from.get(stepId)?.find((line) => line.output === output)

/** The steps that can be reached from `starts`, these included, without going along `cut`. */
export function reach(flow: Flow, starts: Iterable<string | null>, cut?: Line): Set<string> {
  const seen = new Set<string>()
  for (const open = [...starts]; open.length > 0; ) {
    const id = open.pop()!
    if (id === null || seen.has(id)) continue
    seen.add(id)
    open.push(...flow.from.get(id)!.flatMap((line) => (line === cut ? [] : [line.to])))
  }
  return seen
}

/** The steps members may still come to after this one, in reading order. */
export function downstream(campaign: Campaign, id: string): string[] {
  const flow = flowOf(campaign)
  const found = reach(flow, flow.from.get(id)?.map((line) => line.to) ?? [])
  return flow.order.filter((step) => found.has(step))
}

export interface Lane {
  output: string
  /** The steps that nobody reaches but through this lane, in reading order. */
  stepIds: string[]
}

/** What each lane of a split holds alone; empty for a step with one way out. */
export function lanesOf(campaign: Campaign, id: string): Lane[] {
  const lines = flowOf(campaign).from.get(id) ?? []
  return lines.length < 2
    ? []
    : lines.map(({ output }) => ({ output, stepIds: heldBy(campaign, { stepId: id, output }) }))
}

/** The steps that would vanish if this line ended here. */
export function heldBy(campaign: Campaign, port: Port): string[] {
  const flow = flowOf(campaign)
  const line = findLine(flow, port)
  if (!line || line.to === null) return []
  const lane = reach(flow, [line.to])
  const others = reach(flow, [flow.order[0]!], line)
  return flow.order.filter((id) => lane.has(id) && !others.has(id))
}

/** Where all lanes of a step come together: the first step they share; null when they never do. */
export function joinOf(flow: Flow, id: string): string | null {
  const lanes = (flow.from.get(id) ?? []).map((line) => reach(flow, [line.to]))
  return flow.downwards.find((step) => lanes.length > 0 && lanes.every((lane) => lane.has(step))) ?? null
}
