/** The three kinds of status an order carries at once; requests call them types. Source: S1-03, S1-24. */
export const AXES = ['general', 'delivery', 'payment'] as const
export type Axis = (typeof AXES)[number]

/** The seven fixed groups of general statuses, in order. Source: S0-11. */
export const GROUPS = ['processing', 'spam', 'accepted', 'sent', 'cancelled', 'paid', 'return'] as const
export type Group = (typeof GROUPS)[number]

export const GROUP_ROWS = {
  processing: { name: 'Processing', colour: '#228be6' },
  spam: { name: 'Double / spam / errors', colour: '#868e96' },
  accepted: { name: 'Accepted', colour: '#12b886' },
  sent: { name: 'Sent to', colour: '#fab005' },
  cancelled: { name: 'Cancelled', colour: '#fa5252' },
  paid: { name: 'Paid', colour: '#40c057' },
  return: { name: 'Return', colour: '#7950f2' },
} satisfies Record<Group, { name: string; colour: string }>

/** What a delivery status means to rules and shops, whatever its name. Source: store.md 1. */
export const DELIVERY_KINDS = [
  'not_shipped',
  'preparing',
  'shipped',
  'at_delivery_point',
  'delivered',
  'returned',
  'cancelled',
] as const
export type DeliveryKind = (typeof DELIVERY_KINDS)[number]

/** What a payment status means to rules and shops, whatever its name. Source: store.md 1. */
export const PAYMENT_KINDS = [
  'unpaid',
  'awaiting',
  'held',
  'partially_paid',
  'paid',
  'partially_refunded',
  'refunded',
  'cancelled',
] as const
export type PaymentKind = (typeof PAYMENT_KINDS)[number]

/** Groups are to the general axis what kinds are to the other two. */
export const MEANINGS = {
  general: GROUPS,
  delivery: DELIVERY_KINDS,
  payment: PAYMENT_KINDS,
} satisfies Record<Axis, readonly string[]>
export type Meaning = Group | DeliveryKind | PaymentKind

/** A name without case and outer spaces: two statuses of a type cannot share it. */
export const nameKey = (name: string): string => name.trim().toLowerCase()

/** A status as rules see it. */
export interface Status {
  id: string
  axis: Axis
  name: string
  code: string
  meaning: Meaning
  position: number
  isInitial: boolean
}

/** A status named by its code, or by what it means (the first of that meaning is taken). */
export type WantedStatus = { code: string } | { meaning: Meaning }

/** The status that `wanted` names on `axis`; undefined if the workspace has none. */
export function findStatus(statuses: readonly Status[], axis: Axis, wanted: WantedStatus): Status | undefined {
  return statuses
    .filter((s) => s.axis === axis && ('code' in wanted ? s.code === wanted.code : s.meaning === wanted.meaning))
    .sort((a, b) => a.position - b.position)[0]
}

/** The status of `axis` that orders get when nobody states one. Source: S0-05. */
export function getInitialStatus(statuses: readonly Status[], axis: Axis): Status {
  const initial = statuses.find((s) => s.axis === axis && s.isInitial)
  if (!initial) throw new Error(`workspace has no initial ${axis} status`)
  return initial
}
