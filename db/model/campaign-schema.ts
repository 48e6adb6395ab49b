import { z } from 'zod'
import { Filter } from './filter-schema.ts'
import { NODES_MAX, NOTE_MAX, STEP_TITLE_MAX, TEMPLATE_MAX } from './limits.ts'
import { NODE_OUTPUTS, type NodeKind } from './node-outputs.ts'
import { AXES, GROUPS } from './status.ts'

/** Which statuses a side of the trigger means: any, some by code, or a whole group of general ones. Source: S1-19. */
export const Side = z.union([
  z.literal('any'),
  z.strictObject({ statuses: z.array(z.string().min(1).max(80)).max(200) }),
  z.strictObject({ group: z.enum(GROUPS) }),
])
export type Side = z.infer<typeof Side>

const id = z.string().regex(/^[\w-]{1,40}$/, 'letters, digits, - and _, at most 40')
const common = {
  id,
  title: z.string().trim().max(STEP_TITLE_MAX).optional(),
  /** For colleagues; customers never see it. */
  note: z.string().max(NOTE_MAX).optional(),
  /** Members pass by and go on by the step's first way out. */
  disabled: z.boolean().optional(),
}
const nextOf = <const O extends string>(outputs: readonly O[]) =>
  z.strictObject(Object.fromEntries(outputs.map((o) => [o, id.nullable()])) as Record<O, z.ZodNullable<typeof id>>)

/** The settings of each kind of step; they may be incomplete, `problemsIn` tells what is missing. One row a kind. */
const STEP_SCHEMAS = {
  order_status_changed: z.strictObject({
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
  }),
  filter_customers: z.strictObject({
    ...common,
    kind: z.literal('filter_customers'),
    where: Filter,
    next: nextOf(NODE_OUTPUTS.filter_customers),
  }),
  wait: z.strictObject({
    ...common,
    kind: z.literal('wait'),
    /** ISO 8601 duration of one unit, `PT5S` to `P52W`. */
    for: z.string().max(40),
    next: nextOf(NODE_OUTPUTS.wait),
  }),
  send_sms: z.strictObject({
    ...common,
    kind: z.literal('send_sms'),
    /** Liquid text; see the variables in sms.ts. */
    message: z.string().max(TEMPLATE_MAX),
    next: nextOf(NODE_OUTPUTS.send_sms),
  }),
  exit: z.strictObject({ ...common, kind: z.literal('exit'), next: z.strictObject({}).default({}) }),
} satisfies { [K in NodeKind]: z.ZodType<{ kind: K }> }

type Schema = (typeof STEP_SCHEMAS)[NodeKind]
export const Step = z.discriminatedUnion('kind', Object.values(STEP_SCHEMAS) as [Schema, ...Schema[]])
export type Step = z.infer<typeof Step>
export type StepOf<K extends NodeKind> = Extract<Step, { kind: K }>

/** A campaign as marketers draw it. The first step is the trigger; `next` names a step or null for the end. */
export const Campaign = z.strictObject({ steps: z.array(Step).max(NODES_MAX) }).meta({ id: 'Campaign' })
export type Campaign = z.infer<typeof Campaign>
