import type { Campaign } from '../../../db/model/campaign-schema.ts'
import { type Flow, flowOf, joinOf } from './document.ts'

/** A step of the outline, with its lanes when it splits. */
export interface OutlineStep {
  stepId: string
  /** Empty for a step with one way out. */
  lanes: OutlineLane[]
}

/** What follows a way out, until it comes together with other lanes or ends. */
export interface OutlineLane {
  output: string
  steps: OutlineStep[]
  /** The step, further down in the outline or above, that the lane goes on with; null when it ends. */
  goesOnWith: string | null
}

/** The campaign as a tree: lanes nest below their split, what follows their join stands beside it. Each step stands once. */
export function outlineOf(campaign: Campaign): OutlineStep[] {
  const flow = flowOf(campaign)
  const placed = new Set<string>()
  return flow.order.flatMap((id) => (placed.has(id) ? [] : sequence(flow, id, new Set(), placed).steps))
}

type Sequence = Omit<OutlineLane, 'output'>

/** The steps from `start` down to one of `joins`, which follow further out, or to one that stands elsewhere. */
function sequence(flow: Flow, start: string | null, joins: ReadonlySet<string>, placed: Set<string>): Sequence {
  const steps: OutlineStep[] = []
  let at = start
  while (at !== null && !joins.has(at) && !placed.has(at)) {
    placed.add(at)
    const lines = flow.from.get(at)!
    const join = lines.length > 1 ? joinOf(flow, at) : null
    const inner = join === null ? joins : new Set([...joins, join])
    const lanes =
      lines.length < 2 ? [] : lines.map(({ output, to }) => ({ output, ...sequence(flow, to, inner, placed) }))
    steps.push({ stepId: at, lanes })
    at = lines.length === 1 ? lines[0]!.to : join
  }
  return { steps, goesOnWith: at }
}
