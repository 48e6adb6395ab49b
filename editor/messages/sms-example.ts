import type { TextFacts } from '../../db/model/sms.ts'

/** An order made up for previews, until the workspace has one. */
export const EXAMPLE: TextFacts = {
  customer: { name: 'Ann Lee', first_name: 'Ann', phone: '+12125550101', email: 'ann@example.com' },
  order: {
    number: '1001',
    total: '29.90',
    currency: 'EUR',
    status: 'Accepted',
    delivery: 'Shipped',
    payment: 'Paid',
  },
  shop: { name: 'Your shop' },
}
