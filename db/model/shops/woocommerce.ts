import { TIME_MIN_MS } from '../limits.ts'
import { toHundredths } from '../money.ts'
import type { CustomerFacts, OrderFacts, OrderReport } from '../report.ts'
import { AXES, type Axis, type Meaning, type PaymentKind, type WantedStatus } from '../status.ts'
import { bareSlug, parseBody, WooId, WooOrder, type WooProblem } from './woocommerce-order.ts'
import { DEFAULTS, type PaymentRule, UNMAPPED } from './woocommerce-statuses.ts'

/** A merchant's own mapping: shop slug, with or without `wc-`, to the codes of his statuses. Axes it does not name
 *  keep the default. */
export type StatusMap = Record<string, Partial<Record<Axis, string>>>

export type WooReport = Omit<OrderReport, 'source' | 'eventId'> & {
  /** When the shop last changed the order, by the shop's clock; an older report than the stored one is stale. */
  modifiedAtMs: number | null
  /** The slug is in no table: the general status is not named, and somebody should map it. */
  unmapped: boolean
  /** The same for every delivery of one change, whatever the delivery's own id. */
  semanticKey: string
}

export type Reading = { report: WooReport } | { deleted: { externalId: string } } | { problem: WooProblem }

const OFFLINE_METHODS = ['bacs', 'cheque', 'cod']

/** What one WooCommerce delivery says, or in plain words why it says nothing.
 *  `topic` is the header as it came; undefined is taken for an order. `body` is parsed JSON of any shape; never throws.
 *  Every axis comes from the order's present facts, not from the statuses it passed: deliveries are merged, repeated
 *  and late. Source: shops.md 1, pitfalls P1-P4. */
export function readWooCommerce(topic: string | undefined, body: unknown, options: { statusMap: StatusMap }): Reading {
  const event = topic?.trim().toLowerCase() || 'order.updated'
  if (!event.startsWith('order.')) {
    const detail = `The webhook's topic is "${event.slice(0, 60)}"; only order topics are read.`
    return { problem: { code: 'wrong_topic', detail } }
  }
  if (event === 'order.deleted') {
    const parsed = parseBody(WooId, body)
    return 'problem' in parsed ? parsed : { deleted: { externalId: parsed.value.id } }
  }
  const parsed = parseBody(WooOrder, body)
  return 'problem' in parsed ? parsed : { report: reportOf(parsed.value, options.statusMap) }
}

function reportOf(order: WooOrder, statusMap: StatusMap): WooReport {
  const codes = Object.entries(statusMap).find(([slug]) => bareSlug(slug) === order.status)?.[1] ?? {}
  const modifiedAtMs = readGmt(order.date_modified_gmt)
  const customer = customerOf(order)
  return {
    number: order.number ?? order.id,
    externalId: order.id,
    occurredAtMs: modifiedAtMs ?? readGmt(order.date_created_gmt),
    ...(Object.keys(customer).length > 0 && { customer }),
    order: orderFactsOf(order),
    wanted: wantedOf(order, codes),
    remoteStatus: order.status,
    modifiedAtMs,
    unmapped: !DEFAULTS.has(order.status) && !AXES.some((axis) => codes[axis]),
    semanticKey: `woo:${order.id}:${order.date_modified_gmt ?? ''}:${order.status}`,
  }
}

function customerOf({ billing, shipping, customer_id }: WooOrder): CustomerFacts {
  const full = (address: typeof billing) => [address.first_name, address.last_name].filter(Boolean).join(' ')
  return told<CustomerFacts>({
    name: full(billing) || full(shipping) || billing.company || shipping.company,
    phone: billing.phone ?? shipping.phone,
    email: billing.email,
    country: [billing.country, shipping.country].find((c) => /^[a-z]{2}$/i.test(c ?? ''))?.toUpperCase(),
    // 0 is the guest, who is many people
    externalId: /^[1-9]\d*$/.test(customer_id ?? '') ? customer_id : undefined,
  })
}

function orderFactsOf(order: WooOrder): OrderFacts {
  return told<OrderFacts>({
    // the store holds no negative totals; only a refund has one
    total: order.total?.startsWith('-') ? undefined : order.total,
    currency: /^[a-z]{3}$/i.test(order.currency ?? '') ? order.currency?.toUpperCase() : undefined,
    paymentMethod: order.payment_method_title ?? order.payment_method,
    comment: order.customer_note,
    createdAtMs: readGmt(order.date_created_gmt) ?? undefined,
  })
}

function wantedOf(order: WooOrder, codes: StatusMap[string]): WooReport['wanted'] {
  const row = DEFAULTS.get(order.status) ?? UNMAPPED
  const meanings: Record<Axis, Meaning | null> = {
    general: row.general,
    delivery: row.delivery,
    payment: row.payment && paymentOf(order, row.payment),
  }
  return AXES.flatMap((axis) => {
    const [code, meaning] = [codes[axis], meanings[axis]]
    const status: WantedStatus | null = code ? { code } : meaning && { meaning }
    return status ? [{ axis, status }] : []
  })
}

/** Refunds decide whatever the status: a part of the total, or all of it; without any, the status' own rule does. */
function paymentOf(order: WooOrder, rule: PaymentRule): PaymentKind {
  const refunded = order.refunds.reduce(
    (sum, { total }) => sum + (total ? toHundredths(total.replace('-', '')) : 0n),
    0n,
  )
  const covered = order.total ? refunded >= toHundredths(order.total) : order.status === 'refunded'
  if (refunded > 0n) return covered ? 'refunded' : 'partially_refunded'
  return rule({
    dated: [order.date_paid_gmt, order.date_paid].some((date) => date !== undefined && !ZERO_DATE.test(date)),
    offline: OFFLINE_METHODS.includes(order.payment_method?.toLowerCase() ?? ''),
  })
}

/** How WordPress writes "never" when it does not write null. */
const ZERO_DATE = /^(0+$|0000-|-0001-)/
const GMT = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d+)?)Z?$/

/** Epoch ms of a `*_gmt` field, which is UTC without saying so; null when it cannot be read, or is before the year 1. */
function readGmt(text: string | undefined): number | null {
  const [, day, time] = GMT.exec(text ?? '') ?? []
  const ms = Date.parse(`${day}T${time}Z`)
  return ms >= TIME_MIN_MS ? ms : null
}

/** The facts without those that were not told. */
function told<T extends object>(facts: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined)) as T
}
