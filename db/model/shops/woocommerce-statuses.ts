import type { Axis, DeliveryKind, Group, Meaning, PaymentKind } from '../status.ts'

/** What an order says of its money. */
interface PaymentFacts {
  /** The shop wrote down when the money came. */
  dated: boolean
  /** Money does not pass through the shop. */
  offline: boolean
}
export type PaymentRule = (facts: PaymentFacts) => PaymentKind
const ifDated: PaymentRule = ({ dated }) => (dated ? 'paid' : 'unpaid')
const open: PaymentRule = ({ offline }) => (offline ? 'awaiting' : 'unpaid')
const held: PaymentRule = ({ offline }) => (offline ? 'awaiting' : 'held')
const byFacts: PaymentRule = (facts) => (facts.dated ? 'paid' : open(facts))

interface Row {
  general: Group | null
  payment: PaymentRule | null
  delivery: DeliveryKind | null
}
/** What a shop's status means on the three axes; null leaves an axis as it is. Source: shops.md 1.2. */
export const DEFAULTS = new Map<string, Row>([
  ['pending', { general: 'processing', payment: open, delivery: 'not_shipped' }],
  ['on-hold', { general: 'processing', payment: held, delivery: 'not_shipped' }],
  ['processing', { general: 'processing', payment: ifDated, delivery: 'not_shipped' }],
  ['completed', { general: 'paid', payment: ifDated, delivery: 'delivered' }],
  ['cancelled', { general: 'cancelled', payment: () => 'cancelled', delivery: 'cancelled' }],
  ['refunded', { general: 'return', payment: () => 'refunded', delivery: null }],
  ['failed', { general: 'processing', payment: () => 'unpaid', delivery: 'not_shipped' }],
  ['checkout-draft', { general: 'processing', payment: () => 'unpaid', delivery: 'not_shipped' }],
  ['auto-draft', { general: null, payment: byFacts, delivery: null }],
  ['draft', { general: null, payment: byFacts, delivery: null }],
  ['new', { general: null, payment: byFacts, delivery: null }],
  ['trash', { general: null, payment: null, delivery: null }],
])
/** The same for slugs that no table has. */
export const UNMAPPED: Row = { general: null, payment: byFacts, delivery: null }

const FLAGS = [true, false]
const ANY_FACTS: PaymentFacts[] = FLAGS.flatMap((dated) => FLAGS.map((offline) => ({ dated, offline })))

/** All that a slug may come to mean where nobody mapped it, by axis; nothing where the axis stays as it is. */
export function defaultMeanings(slug: string): Record<Axis, Meaning[]> {
  const { general, payment, delivery } = DEFAULTS.get(slug) ?? UNMAPPED
  return {
    general: general ? [general] : [],
    delivery: delivery ? [delivery] : [],
    payment: payment ? [...new Set(ANY_FACTS.map(payment))] : [],
  }
}
