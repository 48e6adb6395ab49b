import type { Campaign } from '../../../db/model/campaign-schema.ts'
import { downstream, flowOf } from '../document/document.ts'

/** What is left of a selection in another document; what led and is gone is followed by the nearest step above it. */
export function repaired(before: Campaign, after: Campaign, selected: readonly string[]): readonly string[] {
  const { steps } = flowOf(after)
  const left = selected.filter((id) => steps.has(id))
  if (left.length === selected.length) return selected
  if (left.length > 0) return left
  const { order } = flowOf(before)
  const above = order.slice(0, order.indexOf(selected.at(-1)!)).reverse()
  const nearest = above.find((id) => steps.has(id)) ?? flowOf(after).order[0]
  return nearest === undefined ? [] : [nearest]
}

/** Where two documents differ first: a step that came or changed; null when steps only went. */
export function changedStep(before: Campaign, after: Campaign): string | null {
  const was = flowOf(before).steps
  const { order, steps } = flowOf(after)
  return order.find((id) => !was.has(id)) ?? order.find((id) => was.get(id) !== steps.get(id)) ?? null
}

/** The selection with a step taken in or out; the step leads when it came in. */
export const toggled = (selected: readonly string[], id: string): readonly string[] =>
  selected.includes(id) ? selected.filter((other) => other !== id) : [...selected, id]

/** The selection and the step below the one that leads; where lanes split, all that follows. */
export function extended(campaign: Campaign, selected: readonly string[]): readonly string[] {
  const lead = selected.at(-1)
  if (lead === undefined) return selected
  const lines = flowOf(campaign).from.get(lead) ?? []
  const more = lines.length > 1 ? downstream(campaign, lead) : lines.flatMap(({ to }) => (to === null ? [] : [to]))
  return [...selected, ...more.filter((id) => !selected.includes(id))]
}
