import type { Axis, DeliveryKind, Group, Meaning, PaymentKind } from './status.ts'

/** One status that a new workspace starts with; the first of an axis is its initial one. */
export interface PresetStatus {
  code: string
  name: string
  meaning: Meaning
  locked?: true
}

const general = (code: string, name: string, meaning: Group): PresetStatus => ({ code, name, meaning })
const delivery = (code: string, name: string, meaning: DeliveryKind): PresetStatus => ({ code, name, meaning })
const payment = (code: string, name: string, meaning: PaymentKind): PresetStatus => ({ code, name, meaning })

const DELIVERY = [
  delivery('not-shipped', 'Not shipped', 'not_shipped'),
  delivery('preparing', 'Preparing', 'preparing'),
  delivery('shipped', 'Shipped', 'shipped'),
  delivery('at-delivery-point', 'At delivery point', 'at_delivery_point'),
  delivery('delivered', 'Delivered', 'delivered'),
  delivery('returned', 'Returned', 'returned'),
  delivery('delivery-cancelled', 'Delivery cancelled', 'cancelled'),
]

const PAYMENT = [
  payment('unpaid', 'Unpaid', 'unpaid'),
  payment('awaiting', 'Awaiting payment', 'awaiting'),
  payment('held', 'Held', 'held'),
  payment('partially-paid', 'Partially paid', 'partially_paid'),
  payment('paid', 'Paid', 'paid'),
  payment('partially-refunded', 'Partially refunded', 'partially_refunded'),
  payment('refunded', 'Refunded', 'refunded'),
  payment('payment-cancelled', 'Payment cancelled', 'cancelled'),
]

/** What a new workspace starts with. Source: S0-02, S0-03, S0-16, C14. */
export const PRESETS = {
  'call-centre': {
    general: [
      { ...general('processing', 'Processing', 'processing'), locked: true },
      general('call-back', 'Call back', 'processing'),
      general('spam', 'Spam / double', 'spam'),
      general('accepted', 'Accepted', 'accepted'),
      general('sent', 'Sent', 'sent'),
      general('cancelled', 'Cancelled', 'cancelled'),
      general('paid', 'Paid', 'paid'),
      general('return', 'Return', 'return'),
    ],
    delivery: DELIVERY,
    payment: PAYMENT,
  },
} satisfies Record<string, Record<Axis, PresetStatus[]>>
export type Preset = keyof typeof PRESETS
