import type { NodeKind } from './node-outputs.ts'

/** What a walk needs of a campaign version: kinds, titles and edges, no texts. */
export interface Plan {
  nodes: Record<string, PlanNode>
}
export interface PlanNode {
  kind: NodeKind
  title: string
  /** Ids of the nodes that members may stand at after this one. */
  next: string[]
}

/**
 * The occupied nodes that may act now: those that no other occupied node can still lead to.
 * So branches go side by side and a join acts once, for all. Never empty while somebody stands somewhere.
 */
export function ready(plan: Plan, occupied: ReadonlySet<string>): string[] {
  const later = new Set([...occupied].flatMap((id) => [...reachable(plan, id)]))
  return [...occupied].filter((id) => !later.has(id)).sort()
}

/** Every node that members at `id` may still come to, without `id` itself. */
function reachable(plan: Plan, id: string): Set<string> {
  const seen = new Set<string>()
  const open = [...getNode(plan, id).next]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen.has(at)) continue
    seen.add(at)
    open.push(...getNode(plan, at).next)
  }
  return seen
}

/** Where members stand after `acted` were done and members were found at `found`. */
export function moved(occupied: ReadonlySet<string>, acted: readonly string[], found: readonly string[]): Set<string> {
  const left = [...occupied].filter((id) => !acted.includes(id))
  return new Set([...left, ...found])
}

/** The node with this id; throws when the plan has none, for a published campaign cannot miss one. */
export function getNode(plan: Plan, id: string): PlanNode {
  const node = plan.nodes[id]
  if (!node) throw new Error(`no step ${id} in this campaign version`)
  return node
}
