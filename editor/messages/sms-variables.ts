import type { VARIABLES } from '../../db/model/sms.ts'
import { m } from '../texts/paraglide/messages.js'

export type Variable = keyof typeof VARIABLES

/** The variables as people know them, by what they tell about. */
export const VARIABLE_GROUPS = [
  {
    title: m.sms_about_customer,
    variables: {
      'customer.first_name': m.sms_customer_first_name,
      'customer.name': m.sms_customer_name,
      'customer.phone': m.sms_customer_phone,
      'customer.email': m.sms_customer_email,
    },
  },
  {
    title: m.sms_about_order,
    variables: {
      'order.number': m.sms_order_number,
      'order.total': m.sms_order_total,
      'order.currency': m.sms_order_currency,
      'order.status': m.sms_order_status,
      'order.delivery': m.sms_order_delivery,
      'order.payment': m.sms_order_payment,
    },
  },
  { title: m.sms_about_shop, variables: { 'shop.name': m.sms_shop_name } },
] as const satisfies readonly { title: () => string; variables: Partial<Record<Variable, () => string>> }[]

/** How a template names a variable. */
export const placeholder = (variable: string): string => `{{ ${variable} }}`
