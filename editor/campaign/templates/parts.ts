import type { Campaign, Side, Step, StepOf } from '../../../db/model/campaign-schema.ts'
import { NODE_OUTPUTS, type NodeKind } from '../../../db/model/node-outputs.ts'
import type { Axis, DeliveryKind, Group, Meaning, PaymentKind } from '../../../db/model/status.ts'
import { m } from '../../texts/paraglide/messages.js'
import { freeId } from '../document/edit.ts'

/** A status of the workspace, as far as templates choose by what it means. */
export interface KnownStatus {
  type: Axis
  code: string
  group: Meaning | null
  kind: Meaning | null
}

/** The parts one below the other: each leads to the next by its first way out, its other lines end. */
export function chain(...parts: Part[]): Campaign {
  const ids: string[] = []
  for (const { kind } of parts) ids.push(freeId(new Set(ids), kind))
  const steps = parts.map((part, i) => {
    const next = NODE_OUTPUTS[part.kind].map((output, n) => [output, n === 0 ? (ids[i + 1] ?? null) : null])
    return { id: ids[i], ...part, next: Object.fromEntries(next) } as Step
  })
  return { steps }
}

/** What the texts of templates say about an order, as a message's variables. */
export const facts = () => ({
  name: `{{ customer.first_name | default: "${m.campaigns_template_customer()}" }}`,
  order: '{{ order.number }}',
  total: '{{ order.total }} {{ order.currency }}',
  shop: '{{ shop.name }}',
})

/** A step whose lines are not drawn yet. */
type Part = { [K in NodeKind]: Omit<StepOf<K>, 'id' | 'next'> }[NodeKind]

export const trigger = (type: Axis, from: Side, to: Side, more: { includingCreation?: boolean } = {}): Part => ({
  kind: 'order_status_changed',
  type,
  from,
  to,
  includingCreation: false,
  leaveWhenStatusChanges: true,
  ...more,
})
export const wait = (iso: string): Part => ({ kind: 'wait', for: iso })
export const sms = (message: string): Part => ({ kind: 'send_sms', message })

/** Lets those orders pass that nobody called off. */
export const stillWanted = (): Part => ({
  kind: 'filter_customers',
  title: m.campaigns_template_still_wanted(),
  where: {
    combinator: 'and',
    rules: [{ field: 'order.group', operator: 'isNotOneOf', value: ['cancelled', 'spam', 'return'] satisfies Group[] }],
  },
})

/** The statuses of these kinds, as a side of the trigger; null when the workspace has none. */
export function oneOf(
  statuses: readonly KnownStatus[],
  type: 'delivery' | 'payment',
  kinds: readonly (DeliveryKind | PaymentKind)[],
): Side | null {
  const codes = statuses.filter((s) => s.type === type && kinds.some((kind) => kind === s.kind)).map((s) => s.code)
  return codes.length > 0 ? { statuses: codes } : null
}

/** The group, as a side of the trigger; null when the workspace has no status in it. */
export const group = (statuses: readonly KnownStatus[], of: Group): Side | null =>
  statuses.some((s) => s.type === 'general' && s.group === of) ? { group: of } : null
