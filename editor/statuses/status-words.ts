import type { Axis, DeliveryKind, Group, Meaning, PaymentKind } from '../../db/model/status.ts'
import { m } from '../texts/paraglide/messages.js'

type Words = { name: () => string; sentence: () => string }

const GROUP_WORDS = {
  processing: { name: m.statuses_group_processing, sentence: m.statuses_group_processing_means },
  spam: { name: m.statuses_group_spam, sentence: m.statuses_group_spam_means },
  accepted: { name: m.statuses_group_accepted, sentence: m.statuses_group_accepted_means },
  sent: { name: m.statuses_group_sent, sentence: m.statuses_group_sent_means },
  cancelled: { name: m.statuses_group_cancelled, sentence: m.statuses_group_cancelled_means },
  paid: { name: m.statuses_group_paid, sentence: m.statuses_group_paid_means },
  return: { name: m.statuses_group_return, sentence: m.statuses_group_return_means },
} satisfies Record<Group, Words>

const DELIVERY_WORDS = {
  not_shipped: { name: m.statuses_delivery_not_shipped, sentence: m.statuses_delivery_not_shipped_means },
  preparing: { name: m.statuses_delivery_preparing, sentence: m.statuses_delivery_preparing_means },
  shipped: { name: m.statuses_delivery_shipped, sentence: m.statuses_delivery_shipped_means },
  at_delivery_point: { name: m.statuses_delivery_at_point, sentence: m.statuses_delivery_at_point_means },
  delivered: { name: m.statuses_delivery_delivered, sentence: m.statuses_delivery_delivered_means },
  returned: { name: m.statuses_delivery_returned, sentence: m.statuses_delivery_returned_means },
  cancelled: { name: m.statuses_delivery_cancelled, sentence: m.statuses_delivery_cancelled_means },
} satisfies Record<DeliveryKind, Words>

const PAYMENT_WORDS = {
  unpaid: { name: m.statuses_payment_unpaid, sentence: m.statuses_payment_unpaid_means },
  awaiting: { name: m.statuses_payment_awaiting, sentence: m.statuses_payment_awaiting_means },
  held: { name: m.statuses_payment_held, sentence: m.statuses_payment_held_means },
  partially_paid: { name: m.statuses_payment_partially_paid, sentence: m.statuses_payment_partially_paid_means },
  paid: { name: m.statuses_payment_paid, sentence: m.statuses_payment_paid_means },
  partially_refunded: { name: m.statuses_payment_part_refunded, sentence: m.statuses_payment_part_refunded_means },
  refunded: { name: m.statuses_payment_refunded, sentence: m.statuses_payment_refunded_means },
  cancelled: { name: m.statuses_payment_cancelled, sentence: m.statuses_payment_cancelled_means },
} satisfies Record<PaymentKind, Words>

/** What statuses of a type can mean, by name and in a sentence, in order. */
export const MEANING_WORDS: Record<Axis, Readonly<Partial<Record<Meaning, Words>>>> = {
  general: GROUP_WORDS,
  delivery: DELIVERY_WORDS,
  payment: PAYMENT_WORDS,
}
