import { type Axis, type DeliveryKind, GROUP_ROWS, type Group, type PaymentKind } from '../../db/model/status.ts'

/** Goods on their way: the further, the greener; what went wrong is red or grey. */
const DELIVERY_COLOURS = {
  not_shipped: '#868e96',
  preparing: '#228be6',
  shipped: '#fab005',
  at_delivery_point: '#15aabf',
  delivered: '#40c057',
  returned: '#7950f2',
  cancelled: '#fa5252',
} satisfies Record<DeliveryKind, string>

/** Money on its way: green is ours, violet goes back. */
const PAYMENT_COLOURS = {
  unpaid: '#868e96',
  awaiting: '#fab005',
  held: '#15aabf',
  partially_paid: '#94d82d',
  paid: '#40c057',
  partially_refunded: '#be4bdb',
  refunded: '#7950f2',
  cancelled: '#fa5252',
} satisfies Record<PaymentKind, string>

const GROUP_COLOURS = Object.fromEntries(
  Object.entries(GROUP_ROWS).map(([group, { colour }]) => [group, colour]),
) as Record<Group, string>

const COLOURS: Record<Axis, Readonly<Record<string, string>>> = {
  general: GROUP_COLOURS,
  delivery: DELIVERY_COLOURS,
  payment: PAYMENT_COLOURS,
}

/** A status is no longer known once it was deleted. */
const UNKNOWN_COLOUR = '#adb5bd'

/** The colour of a status by what it means: its group, or its kind. Always beside its name. Source: S0-19. */
export const colourOf = (type: Axis, meaning: string | null | undefined): string =>
  COLOURS[type][meaning ?? ''] ?? UNKNOWN_COLOUR
