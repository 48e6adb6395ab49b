import type { Axis, WantedStatus } from './status.ts'

/** What a source says of the buyer; texts as they came, trimmed, empty ones left out. */
export interface CustomerFacts {
  name?: string
  phone?: string
  email?: string
  /** ISO 3166-1 alpha-2 of the billing address; decides how a national phone number is read. */
  country?: string
  /** The source's own id of the buyer. */
  externalId?: string
}

/** What a source says of an order's contents; only what it told. */
export interface OrderFacts {
  /** Decimal text, at most two digits after the point. */
  total?: string
  /** ISO 4217. */
  currency?: string
  paymentMethod?: string
  comment?: string
  createdAtMs?: number
}

/** One event from outside: an order, what is said of it, and the statuses it shall have. */
export interface OrderReport {
  /** Together with `eventId` names the event once and for ever. */
  source: string
  eventId: string
  /** The number people know; undefined lets the workspace's counter give one. */
  number?: string
  /** Identity within an integration; without it the number is the identity. */
  externalId?: string
  /** When it happened by the source's clock; null when the source does not tell. */
  occurredAtMs: number | null
  customer?: CustomerFacts
  order: OrderFacts
  wanted: { axis: Axis; status: WantedStatus }[]
  /** The shop's own word for the order's state, kept whatever we make of it. */
  remoteStatus?: string
}
