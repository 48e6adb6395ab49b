import type { StatusCount } from '../../../editor/orders/order-queries.ts'

/** A status as pages are told of it. */
export const status = (part: Partial<StatusCount> = {}): StatusCount => ({
  type: 'general',
  name: 'Accepted',
  code: 'accepted',
  group: 'accepted',
  kind: null,
  container: null,
  isLocked: false,
  isInitial: false,
  includeInAnalytics: true,
  timeout: null,
  autoSms: null,
  orders: 3,
  ...part,
})
