import type { Campaign, Step, StepOf } from '../../../db/model/campaign-schema.ts'
import { NODES_MAX } from '../../../db/model/limits.ts'
import { NODE_OUTPUTS, type NodeKind } from '../../../db/model/node-outputs.ts'
import { findLine, flowOf, outputsOf, type Port } from './document.ts'
import { type Edit, freeId, rebuilt, retarget } from './edit.ts'

/** What every step has, whatever its kind. */
export type Common = 'id' | 'kind' | 'title' | 'note' | 'disabled' | 'next'

/** The settings of a step that was just added; what people must say themselves is empty. One row a kind. */
const NEW_STEPS = {
  order_status_changed: {
    type: 'general',
    from: 'any',
    to: { statuses: [] },
    includingCreation: false,
    leaveWhenStatusChanges: true,
  },
  filter_customers: { where: { combinator: 'and', rules: [] } },
  wait: { for: '' },
  send_sms: { message: '' },
  exit: {},
} satisfies { [K in NodeKind]: Omit<StepOf<K>, Common> }

const newStep = (kind: NodeKind, id: string, to: string | null): Step => {
  const next = Object.fromEntries(NODE_OUTPUTS[kind].map((output, i) => [output, i === 0 ? to : null]))
  return { id, kind, ...NEW_STEPS[kind], next } as Step
}

/** The kinds that may be inserted on a line: no second trigger, an exit only where nothing follows. */
export function kindsFor(campaign: Campaign, port: Port): NodeKind[] {
  const line = findLine(flowOf(campaign), port)
  if (!line || campaign.steps.length >= NODES_MAX) return []
  return (Object.keys(NODE_OUTPUTS) as NodeKind[]).filter(
    (kind) => kind !== 'order_status_changed' && (line.to === null || NODE_OUTPUTS[kind].length > 0),
  )
}

/** Begins the campaign: what was drawn before, if anything, follows. Null when it has a trigger. */
export function addTrigger(campaign: Campaign): Edit | null {
  const { steps, order } = flowOf(campaign)
  if (campaign.steps.some((step) => step.kind === 'order_status_changed') || steps.size >= NODES_MAX) return null
  const id = freeId(new Set(steps.keys()), 'order_status_changed')
  const trigger = newStep('order_status_changed', id, order[0] ?? null)
  return { campaign: rebuilt(campaign, [trigger, ...campaign.steps]), select: id }
}

/** Inserts a step on a line: what followed now follows the step's first way out. Null for a kind not in `kindsFor`. */
export function insertAfter(campaign: Campaign, port: Port, kind: NodeKind): Edit | null {
  if (!kindsFor(campaign, port).includes(kind)) return null
  const flow = flowOf(campaign)
  const step = newStep(kind, freeId(new Set(flow.steps.keys()), kind), findLine(flow, port)!.to)
  return onLine(campaign, port, step)
}

/** Inserts a step on all lines that lead into this one. Null before the trigger, for an exit, and when it is full. */
export function insertBefore(campaign: Campaign, stepId: string, kind: NodeKind): Edit | null {
  const flow = flowOf(campaign)
  const lines = flow.into.get(stepId) ?? []
  const fits = kind !== 'order_status_changed' && NODE_OUTPUTS[kind].length > 0
  if (lines.length === 0 || !fits || flow.steps.size >= NODES_MAX) return null
  const step = newStep(kind, freeId(new Set(flow.steps.keys()), kind), stepId)
  const steps = campaign.steps.map((s) => retarget(s, (to) => (to === stepId ? step.id : to)))
  return { campaign: rebuilt(campaign, [...steps, step]), select: step.id }
}

/** A copy of the step behind it, by its first way out. Null for the trigger, for an exit, and when it is full. */
export function duplicateStep(campaign: Campaign, id: string): Edit | null {
  const flow = flowOf(campaign)
  const step = flow.steps.get(id)
  const [first] = step ? outputsOf(step) : []
  if (!step || first === undefined || step.kind === 'order_status_changed' || flow.steps.size >= NODES_MAX) return null
  const port = { stepId: id, output: first }
  const { to } = findLine(flow, port)!
  const copy = { ...step, id: freeId(new Set(flow.steps.keys()), step.kind) }
  return onLine(
    campaign,
    port,
    retarget(copy, (_, output) => (output === first ? to : null)),
  )
}

/** The document with `step`, whose own lines are set, at the end of this line. */
function onLine(campaign: Campaign, { stepId, output }: Port, step: Step): Edit {
  const steps = campaign.steps.map((s) =>
    s.id === stepId ? retarget(s, (to, at) => (at === output ? step.id : to)) : s,
  )
  return { campaign: rebuilt(campaign, [...steps, step]), select: step.id }
}
