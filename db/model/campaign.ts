import { z } from 'zod'
import { Filter, problemsInFilter } from './filter.ts'
import { NODES_MAX, TEMPLATE_MAX } from './limits.ts'
import { NODE_OUTPUTS, type NodeKind } from './node-outputs.ts'
import { fixedMs, longestMs, parsePeriod } from './period.ts'
import type { Problem } from './refusal.ts'
import { problemsInTemplate } from './sms.ts'
import { AXES, GROUPS } from './status.ts'

/** Which statuses a side of the trigger means: any, some by code, or a whole group of general ones. Source: S1-19. */
const Side = z.union([
  z.literal('any'),
  z.strictObject({ statuses: z.array(z.string().min(1).max(80)).min(1).max(200) }),
  z.strictObject({ group: z.enum(GROUPS) }),
])
export type Side = z.infer<typeof Side>

const id = z.string().regex(/^[\w-]{1,40}$/, 'letters, digits, - and _, at most 40')
const common = { id, title: z.string().trim().max(80).optional() }
const nextOf = <const O extends string>(outputs: readonly O[]) =>
  z.strictObject(Object.fromEntries(outputs.map((o) => [o, id.nullable()])) as Record<O, z.ZodNullable<typeof id>>)

const OrderStatusChanged = z.strictObject({
  ...common,
  kind: z.literal('order_status_changed'),
  type: z.enum(AXES),
  from: Side,
  to: Side,
  /** Whether an order that is created in the target status counts, from = any provided. Source: C9. */
  includingCreation: z.boolean().default(false),
  /** Whether a customer leaves at the end of a wait when the order has changed on this axis meanwhile. */
  leaveWhenStatusChanges: z.boolean().default(true),
  next: nextOf(NODE_OUTPUTS.order_status_changed),
})
const FilterCustomers = z.strictObject({
  ...common,
  kind: z.literal('filter_customers'),
  where: Filter,
  next: nextOf(NODE_OUTPUTS.filter_customers),
})
const Wait = z.strictObject({
  ...common,
  kind: z.literal('wait'),
  /** ISO 8601 duration of one unit, `PT5S` to `P52W`. */
  for: z.string(),
  next: nextOf(NODE_OUTPUTS.wait),
})
const SendSms = z.strictObject({
  ...common,
  kind: z.literal('send_sms'),
  /** Liquid text; see the variables in sms.ts. */
  message: z.string().min(1).max(TEMPLATE_MAX),
  next: nextOf(NODE_OUTPUTS.send_sms),
})
const Exit = z.strictObject({ ...common, kind: z.literal('exit'), next: z.strictObject({}).default({}) })

/** What each kind of step is: its settings, its title, and what can be wrong with them. One row a kind. */
export const NODE_KINDS = {
  order_status_changed: {
    title: 'Order status changed',
    schema: OrderStatusChanged,
    problems: ({ type, from, to }) =>
      [from, to].some((side) => typeof side === 'object' && 'group' in side) && type !== 'general'
        ? [{ field: 'type', detail: 'only general statuses have groups' }]
        : [],
  },
  filter_customers: {
    title: 'Filter customers',
    schema: FilterCustomers,
    problems: ({ where }) => problemsInFilter(where, 'where'),
  },
  wait: { title: 'Wait', schema: Wait, problems: ({ for: iso }) => problemsInWait(iso) },
  send_sms: {
    title: 'Send SMS',
    schema: SendSms,
    problems: ({ message }) => problemsInTemplate(message).map((detail) => ({ field: 'message', detail })),
  },
  exit: { title: 'Exit', schema: Exit, problems: () => [] },
} satisfies { [K in NodeKind]: { title: string; schema: z.ZodType; problems: (step: StepOf<K>) => Problem[] } }

export const Step = z.discriminatedUnion('kind', [OrderStatusChanged, FilterCustomers, Wait, SendSms, Exit])
export type Step = z.infer<typeof Step>
export type StepOf<K extends NodeKind> = Extract<Step, { kind: K }>

/** A campaign as marketers draw it. The first step is the trigger; `next` names a step or null for the end. */
export const Campaign = z.strictObject({ steps: z.array(Step).max(NODES_MAX) }).meta({ id: 'Campaign' })
export type Campaign = z.infer<typeof Campaign>

export const nextIds = (step: Step): string[] =>
  Object.values(step.next as Record<string, string | null>).filter((next) => next !== null)

export const titleOf = (step: Step): string => step.title || NODE_KINDS[step.kind].title

const WAIT_MAX_MS = 366 * 86_400_000

function problemsInWait(iso: string): Problem[] {
  const period = parsePeriod(iso)
  if (!period || fixedMs(period) === null || longestMs(period) > WAIT_MAX_MS)
    return [{ field: 'for', detail: 'seconds to 52 weeks are expected, such as PT5S, PT2H, P3D or P2W' }]
  return []
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

function problemsOf<K extends NodeKind>(step: StepOf<K>): Problem[] {
  return (NODE_KINDS[step.kind as K].problems as (step: StepOf<K>) => Problem[])(step)
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
