/** The ways out of each kind of step; workflows bundle this file, so it loads no library. */
export const NODE_OUTPUTS = {
  order_status_changed: ['out'],
  filter_customers: ['yes', 'no'],
  wait: ['out'],
  send_sms: ['out'],
  exit: [],
} as const satisfies Record<string, readonly string[]>

export type NodeKind = keyof typeof NODE_OUTPUTS
