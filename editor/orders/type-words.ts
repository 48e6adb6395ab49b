import type { Axis } from '../../db/model/status.ts'
import { m } from '../texts/paraglide/messages.js'

/** What the three types of status are called. Source: S1-24. */
export const TYPE_WORDS = {
  general: m.orders_type_general,
  delivery: m.orders_type_delivery,
  payment: m.orders_type_payment,
} satisfies Record<Axis, () => string>
