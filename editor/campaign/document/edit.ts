import type { Campaign, Step } from '../../../db/model/campaign-schema.ts'
import { isNodeKind, type NodeKind } from '../../../db/model/node-outputs.ts'
import { flowOf, outputsOf, reach } from './document.ts'

/** What an operation made of the document, and the step to select next. Operations that cannot be done answer null. */
export interface Edit {
  campaign: Campaign
  select: string | null
}

/**
 * The document with these steps, in reading order. Steps that an edit cut off are dropped; what nobody reached
 * before stays, for nobody asked to lose it. The same document when nothing changed.
 */
export function rebuilt(before: Campaign, steps: readonly Step[]): Campaign {
  const was = flowOf(before)
  const reached = reach(was, was.order.slice(0, 1))
  const flow = flowOf({ steps: [...steps] })
  const unreached = was.order.filter((id) => !reached.has(id) && flow.steps.has(id))
  const kept = reach(flow, [...flow.order.slice(0, 1), ...unreached])
  const list = flow.order.filter((id) => kept.has(id)).map((id) => flow.steps.get(id)!)
  const isSame = list.length === before.steps.length && list.every((step, i) => step === before.steps[i])
  return isSame ? before : { steps: list }
}

/** The step with its lines led to where `choose` says; the same step when they lead there already. */
export function retarget(step: Step, choose: (to: string | null, output: string) => string | null): Step {
  const next: Record<string, string | null> = step.next
  const lines = outputsOf(step).map((output) => {
    const to = next[output] ?? null
    return { output, to, chosen: choose(to, output) }
  })
  if (lines.every(({ to, chosen }) => to === chosen)) return step
  return { ...step, next: Object.fromEntries(lines.map(({ output, chosen }) => [output, chosen])) } as Step
}

/** What the ids of a kind's steps begin with. */
const ID_WORDS = {
  order_status_changed: 'trigger',
  filter_customers: 'filter',
  wait: 'wait',
  send_sms: 'sms',
  exit: 'exit',
} satisfies Record<NodeKind, string>

/** A short id for people to read that is not taken yet: `sms`, then `sms-2`. */
export function freeId(taken: ReadonlySet<string>, kind: string): string {
  const word = isNodeKind(kind) ? ID_WORDS[kind] : 'step'
  if (!taken.has(word)) return word
  let n = 2
  while (taken.has(`${word}-${n}`)) n++
  return `${word}-${n}`
}
