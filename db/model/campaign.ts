import type { Campaign, Side, Step, StepOf } from './campaign-schema.ts'
import { problemsInFilter } from './filter.ts'
import { isNodeKind, maySwitchOff, NODE_OUTPUTS, type NodeKind } from './node-outputs.ts'
import { fixedMs, longestMs, parsePeriod } from './period.ts'
import type { Problem } from './refusal.ts'
import { problemsInTemplate } from './sms.ts'

/** What each kind of step is called, and what keeps its settings from going live. One row a kind. */
export const NODE_KINDS = {
  order_status_changed: { title: 'Order status changed', problems: problemsInTrigger },
  filter_customers: { title: 'Filter customers', problems: ({ where }) => problemsInFilter(where, 'where') },
  wait: { title: 'Wait', problems: ({ for: iso }) => problemsInWait(iso) },
  send_sms: { title: 'Send SMS', problems: ({ message }) => problemsInMessage(message) },
  exit: { title: 'Exit', problems: () => [] },
} satisfies { [K in NodeKind]: { title: string; problems: (step: StepOf<K>) => Problem[] } }

export const nextIds = (step: Step): string[] =>
  Object.values(step.next as Record<string, string | null>).filter((next) => next !== null)

/** The step's own title, else its kind's; a kind of another release tells its name. */
export const titleOf = ({ title, kind }: { title?: string | undefined; kind: string }): string =>
  title || (isNodeKind(kind) ? NODE_KINDS[kind].title : kind)

/** Where members go on who pass by a step that is switched off: its first way out. */
export function passesTo({ kind, next }: Step): string | null {
  const [first] = NODE_OUTPUTS[kind]
  return first === undefined ? null : (next as Record<string, string | null>)[first]!
}

function problemsInTrigger({ type, from, to }: StepOf<'order_status_changed'>): Problem[] {
  const sides = { from, to }
  const none = Object.entries(sides)
    .filter(([, side]) => codesOf(side)?.length === 0)
    .map(([field]) => ({ field, detail: 'choose at least one status' }))
  const hasGroup = [from, to].some((side) => typeof side === 'object' && 'group' in side)
  const group = hasGroup && type !== 'general' ? [{ field: 'type', detail: 'only general statuses have groups' }] : []
  const [was, is] = [codesOf(from), codesOf(to)]
  const isSame = was?.length === 1 && is?.length === 1 && was[0] === is[0]
  return [...none, ...group, ...(isSame ? [{ field: 'to', detail: 'from and to are the same status' }] : [])]
}

const codesOf = (side: Side): string[] | undefined =>
  typeof side === 'object' && 'statuses' in side ? side.statuses : undefined

const WAIT_MAX_MS = 366 * 86_400_000

function problemsInWait(iso: string): Problem[] {
  if (iso.trim() === '') return [{ field: 'for', detail: 'say how long to wait' }]
  const period = parsePeriod(iso)
  if (!period || fixedMs(period) === null || longestMs(period) > WAIT_MAX_MS)
    return [{ field: 'for', detail: 'seconds to 52 weeks are expected, such as PT5S, PT2H, P3D or P2W' }]
  return []
}

function problemsInMessage(message: string): Problem[] {
  if (message.trim() === '') return [{ field: 'message', detail: 'write the text' }]
  return problemsInTemplate(message).map((detail) => ({ field: 'message', detail }))
}

/** Everything that keeps a campaign from being published; empty when it may go live. Paths begin with `steps/`. */
export function problemsIn(campaign: Campaign): Problem[] {
  const { steps } = campaign
  const byId = new Map(steps.map((step, i) => [step.id, i]))
  const at = (i: number, field: string, detail: string): Problem => ({ field: `steps/${i}/${field}`, detail })
  const own = steps.flatMap((step, i) => problemsOf(step).map((p) => at(i, p.field, p.detail)))
  const twice = steps.flatMap((step, i) => (byId.get(step.id) === i ? [] : [at(i, 'id', 'two steps have this id')]))
  const triggers = steps.flatMap((step, i) =>
    (step.kind === 'order_status_changed') === (i === 0)
      ? []
      : [at(i, 'kind', i === 0 ? 'the first step must be the trigger' : 'only the first step may be a trigger')],
  )
  const dangling = steps.flatMap((step, i) =>
    nextIds(step)
      .filter((next) => !byId.has(next) || byId.get(next) === 0)
      .map((next) => at(i, 'next', `there is no step ${next} to go on to`)),
  )
  if (steps.length === 0) return [{ field: 'steps', detail: 'a trigger is expected' }]
  const found = [...own, ...twice, ...triggers, ...dangling]
  return found.length > 0 ? found : problemsInShape(steps, at)
}

/** What is wrong with a step's own settings; those of one that is switched off do not count. */
function problemsOf<K extends NodeKind>(step: StepOf<K>): Problem[] {
  if (!isNodeKind(step.kind)) return [{ field: 'kind', detail: 'this kind of step is not supported' }]
  if (!step.disabled) return (NODE_KINDS[step.kind as K].problems as (step: StepOf<K>) => Problem[])(step)
  return maySwitchOff(step.kind) ? [] : [{ field: 'disabled', detail: 'this step cannot be switched off' }]
}

/** Circles and steps that nobody can reach; only asked of a graph whose edges all lead somewhere. */
function problemsInShape(steps: Step[], at: (i: number, field: string, detail: string) => Problem): Problem[] {
  const byId = new Map(steps.map((step) => [step.id, step]))
  const state = new Map<string, 'open' | 'done'>()
  let circle: string | undefined
  const visit = (step: Step): void => {
    state.set(step.id, 'open')
    for (const next of nextIds(step)) {
      if (state.get(next) === 'open') circle = next
      else if (!state.has(next)) visit(byId.get(next)!)
    }
    state.set(step.id, 'done')
  }
  visit(steps[0]!)
  const unreached = steps.flatMap((step, i) => (state.has(step.id) ? [] : [at(i, 'id', 'no step leads here')]))
  if (circle === undefined) return unreached
  const where = steps.findIndex((step) => step.id === circle)
  return [...unreached, at(where, 'next', 'the steps lead round in a circle')]
}
