import { z } from '@hono/zod-openapi'
import type { CustomerFacts, OrderFacts, OrderReport } from '../db/model/report.ts'
import { AXES } from '../db/model/status.ts'
import { amount, instant, letters, name, text, told } from './fields.ts'

const Customer = z
  .object({
    name: told(200),
    phone: told(80).openapi({ description: 'As people write it; a national number is read by `country`' }),
    email: told(200),
    country: letters(2).openapi({ description: 'ISO 3166-1 alpha-2 of the billing address', example: 'UA' }),
    externalId: name(100).nullish().openapi({ description: "The source's own id of the buyer" }),
  })
  .openapi('EventCustomer')

const Order = z
  .object({
    number: name(80).openapi({ description: 'Unknown numbers make a new order', example: '10457' }),
    customer: Customer.nullish(),
    total: amount.nullish().openapi({ example: '1499.50' }),
    currency: letters(3).openapi({ description: "ISO 4217; the workspace's where it is missing" }),
    paymentMethod: told(200),
    comment: told(5_000),
    createdAt: instant.nullish(),
  })
  .openapi('EventOrder')

/** An order's status changed somewhere: one event. Extension attributes are allowed and ignored. Source: CloudEvents 1.0. */
export const StatusEvent = z
  .object({
    specversion: z.literal('1.0'),
    // with its source it is a key of the store
    id: z.string().min(1).max(255),
    source: z.string().min(1).max(255).openapi({ description: 'Together with `id` names the event for ever' }),
    type: z.literal('order.status_changed'),
    time: instant.nullish(),
    data: z.object({
      order: Order,
      type: z.enum(AXES),
      status: text(80).openapi({ description: 'The code of the status', example: 'shipped' }),
      occurredAt: instant.nullish().openapi({ description: "By the source's clock; `time` where it is missing" }),
    }),
  })
  .openapi('StatusEvent')
export type StatusEvent = z.infer<typeof StatusEvent>

/** The event as the store takes it in. */
export function reportOf({ source, id, time, data }: StatusEvent): OrderReport {
  const { number, customer, createdAt, ...contents } = data.order
  return {
    source,
    eventId: id,
    number,
    occurredAtMs: data.occurredAt ?? time ?? null,
    ...(customer && { customer: given<CustomerFacts>(customer) }),
    order: given<OrderFacts>({ ...contents, createdAtMs: createdAt }),
    wanted: [{ axis: data.type, status: { code: data.status } }],
  }
}

/** The facts without those that were not told. */
const given = <T extends object>(facts: { [K in keyof T]: T[K] | null | undefined }): T =>
  Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact != null)) as T
