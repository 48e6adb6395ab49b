import type { Campaign } from './campaign-schema.ts'
import type { Axis, DeliveryKind, Group, Meaning, PaymentKind } from './status.ts'

/** One status that a new workspace starts with; the first of an axis is its initial one. */
export interface PresetStatus {
  code: string
  name: string
  meaning: Meaning
  locked?: true
}

interface PresetRow extends Record<Axis, PresetStatus[]> {
  /** Whether an operator who makes such a workspace switches its Orders block on with it. Source: S1-01, C15. */
  beginsWithOrders: boolean
  /** Examples that lie ready as drafts. */
  campaigns: { name: string; draft: Campaign }[]
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

/** "Send an SMS to a customer if the order status has changed." Source: S1-17. */
const TELL_SHIPPED: Campaign = {
  steps: [
    {
      id: 'shipped',
      kind: 'order_status_changed',
      type: 'delivery',
      from: 'any',
      to: { statuses: ['shipped'] },
      includingCreation: false,
      leaveWhenStatusChanges: true,
      next: { out: 'text' },
    },
    {
      id: 'text',
      kind: 'send_sms',
      message:
        'Hi {{ customer.first_name | default: "there" }}, your order {{ order.number }} is on its way. {{ shop.name }}',
      next: { out: null },
    },
  ],
}

/** What a new workspace starts with. A preset never carries timeouts, which would move orders unasked. Source: C14. */
export const PRESETS = {
  /** Source: S0-02, S0-03, S0-16, S0-17. */
  'call-centre': {
    beginsWithOrders: true,
    general: [
      { ...general('processing', 'Processing', 'processing'), locked: true },
      general('call-back', 'Call back', 'processing'),
      general('spam', 'Spam / double', 'spam'),
      general('accepted', 'Accepted', 'accepted'),
      general('sent', 'Sent', 'sent'),
      general('waiting-for-payment', 'Waiting for payment', 'sent'),
      general('cancelled', 'Cancelled', 'cancelled'),
      general('paid', 'Paid', 'paid'),
      general('return', 'Return', 'return'),
    ],
    delivery: DELIVERY,
    payment: PAYMENT,
    campaigns: [],
  },
  /** Source: S1-01, S1-05 to S1-07, S1-17. */
  loyalty: {
    beginsWithOrders: false,
    general: [
      general('new', 'New', 'processing'),
      general('spam', 'Spam / double', 'spam'),
      general('accepted', 'Accepted', 'accepted'),
      general('agreed', 'Agreed', 'accepted'),
      general('in-progress', 'In progress', 'accepted'),
      general('sent', 'Sent', 'sent'),
      general('cancelled', 'Cancelled', 'cancelled'),
      general('completed', 'Completed', 'paid'),
      general('return', 'Return', 'return'),
    ],
    // the point where the carrier picks goods up; where customers do is the delivery point
    delivery: DELIVERY.map((s) =>
      s.code === 'preparing' ? delivery('at-pickup-point', 'At pickup point', 'preparing') : s,
    ),
    payment: PAYMENT.flatMap((s) =>
      s.code === 'awaiting' ? [payment('invoice-issued', 'Invoice issued', 'awaiting'), s] : [s],
    ),
    campaigns: [{ name: 'Tell the customer when the order is shipped', draft: TELL_SHIPPED }],
  },
} satisfies Record<string, PresetRow>
export type Preset = keyof typeof PRESETS
