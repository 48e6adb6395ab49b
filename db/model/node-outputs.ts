/** The ways out of each kind of step; workflows bundle this file, so it loads no library. */
export const NODE_OUTPUTS = {
  order_status_changed: ['out'],
  filter_customers: ['yes', 'no'],
  wait: ['out'],
  send_sms: ['out'],
  exit: [],
} as const satisfies Record<string, readonly string[]>

export type NodeKind = keyof typeof NODE_OUTPUTS

/** Whether this release knows the kind; a stored draft may come from another one. */
export const isNodeKind = (kind: string): kind is NodeKind => Object.hasOwn(NODE_OUTPUTS, kind)

/** Kinds that cannot be switched off: without them a campaign neither begins nor ends. */
const ALWAYS_ON: readonly string[] = ['order_status_changed', 'exit'] satisfies NodeKind[]
export const maySwitchOff = (kind: string): boolean => !ALWAYS_ON.includes(kind)
