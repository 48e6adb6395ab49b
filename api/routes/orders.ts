import { createRoute, z } from '@hono/zod-openapi'
import { Refused } from '../../db/model/refusal.ts'
import { listChoices, setOrderStatus } from '../../db/order-status.ts'
import { listHistory, listTimeline, listWaits } from '../../db/order-timeline.ts'
import { getOrder, listOrders } from '../../db/order-views.ts'
import { listRecipients } from '../../db/text-facts.ts'
import { getOpenWorkspace } from '../../db/workspaces.ts'
import { orderSearch } from '../chosen-orders.ts'
import { flag, page, text } from '../fields.ts'
import { body, json, PROBLEMS, routes } from '../route.ts'
import { Axis, Meaning } from './statuses.ts'

const MeaningOf = Meaning.openapi({ description: 'The group of a general status, the kind of another' })
const Status = z.object({ code: z.string(), name: z.string(), meaning: MeaningOf, changedAt: z.string(), seq: z.int() })

const Order = z
  .object({
    number: z.string(),
    source: z.string(),
    customer: z.object({ name: z.string(), phone: z.string().nullable(), email: z.string().nullable() }).nullable(),
    total: z.string().nullable().openapi({ description: 'Decimal text' }),
    currency: z.string().nullable(),
    paymentMethod: z.string().nullable(),
    statuses: z.object({ general: Status, delivery: Status, payment: Status }),
    deadlines: z
      .array(
        z.object({
          type: Axis,
          at: z.string(),
          to: z.object({ code: z.string(), name: z.string() }),
          state: z.enum(['waiting', 'suspended', 'refused']),
        }),
      )
      .openapi({ description: 'When statuses move on by themselves; suspended while archived' }),
    archived: z.boolean(),
    createdAt: z.string(),
  })
  .openapi('Order')

const Choices = z.array(
  z.object({
    code: z.string(),
    name: z.string(),
    meaning: MeaningOf,
    refusal: z
      .object({ code: z.string(), detail: z.string() })
      .nullable()
      .openapi({ description: 'Why it cannot be chosen now; `current` is the status the order has' }),
  }),
)

const OrderDetails = Order.extend({
  allowed: z
    .object({ general: Choices, delivery: Choices, payment: Choices })
    .openapi({ description: 'Every status, and whether the order may be given it now' }),
  waits: z
    .array(
      z.object({
        campaign: z.string(),
        campaignId: z.string(),
        version: z.int(),
        step: z.string(),
        title: z.string(),
        until: z.string(),
      }),
    )
    .openapi({ description: "The campaigns' waits it is in" }),
  history: z.array(
    z.object({
      type: Axis,
      seq: z.int(),
      from: z.string().nullable(),
      to: z.string(),
      changedAt: z.string(),
      recordedAt: z.string(),
      actor: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string().nullable() }),
      reason: z.string().nullable(),
    }),
  ),
  timeline: z.array(
    z.object({
      at: z.string(),
      kind: z.enum(['status', 'refusal', 'enrolment', 'step', 'message', 'receipt']),
      data: z.record(z.string(), z.unknown()),
    }),
  ),
}).openapi('OrderDetails')

const words = <const K extends string>(...keys: K[]) =>
  z.object(Object.fromEntries(keys.map((key) => [key, z.string()])) as Record<K, z.ZodString>)
const Facts = z
  .object({
    facts: z.object({
      customer: words('name', 'first_name', 'phone', 'email'),
      order: words('number', 'total', 'currency', 'status', 'delivery', 'payment'),
      shop: words('name'),
    }),
    phone: z.string().nullable(),
    optedOut: z.boolean(),
  })
  .openapi('OrderFacts')

const number = z.object({ number: text(80) })
const tags = ['Orders']

const list = createRoute({
  method: 'get',
  path: '/v1/orders',
  tags,
  summary: 'A page of orders, newest first',
  request: {
    query: z.object({
      ...orderSearch,
      archived: flag(false).openapi({ description: '`true`: those in the archive instead of all others' }),
      ...page,
    }),
  },
  responses: { 200: json(z.object({ total: z.int(), orders: z.array(Order) }), 'The page'), ...PROBLEMS },
})

const get = createRoute({
  method: 'get',
  path: '/v1/orders/{number}',
  tags,
  summary: 'One order with its history and timeline',
  request: { params: number },
  responses: { 200: json(OrderDetails, 'The order'), ...PROBLEMS },
})

const getFacts = createRoute({
  method: 'get',
  path: '/v1/orders/{number}/facts',
  tags,
  summary: 'What a text about an order can say, and whom it reaches',
  request: { params: number },
  responses: { 200: json(Facts, 'The variables of templates, filled in'), ...PROBLEMS },
})

const putStatus = createRoute({
  method: 'put',
  path: '/v1/orders/{number}/status',
  tags,
  summary: 'Set one status of an order by its code',
  request: {
    params: number,
    ...body(
      z.object({
        type: Axis,
        code: text(80),
        silent: z.boolean().optional().openapi({ description: 'The customer is not told: no auto-SMS, no campaign' }),
      }),
    ),
  },
  responses: {
    200: json(z.object({ outcome: z.enum(['moved', 'noop', 'stale']), order: z.string() }), 'What came of it'),
    ...PROBLEMS,
  },
})

export const orders = () =>
  routes()
    .openapi(list, async (c) => {
      const page = await c.var.inWorkspace(async (tx) => {
        await getOpenWorkspace(tx)
        return listOrders(tx, c.req.valid('query'))
      })
      return c.json(page, 200)
    })
    .openapi(get, async (c) => {
      const order = await c.var.inWorkspace(async (tx) => {
        await getOpenWorkspace(tx)
        const { id, ...order } = await getOrder(tx, c.req.valid('param').number)
        return {
          ...order,
          allowed: await listChoices(tx, order, Date.now()),
          waits: await listWaits(tx, id),
          history: await listHistory(tx, id),
          timeline: await listTimeline(tx, id),
        }
      })
      return c.json(order, 200)
    })
    .openapi(getFacts, async (c) => {
      const recipient = await c.var.inWorkspace(async (tx) => {
        await getOpenWorkspace(tx)
        const { id } = await getOrder(tx, c.req.valid('param').number)
        return (await listRecipients(tx, [id])).get(id)!
      })
      const { facts, phone, optedOut } = recipient
      return c.json({ facts, phone, optedOut }, 200)
    })
    .openapi(putStatus, async (c) => {
      const { number } = c.req.valid('param')
      const { type, code, silent = false } = c.req.valid('json')
      const wish = { number, type, code, silent, actor: c.var.actor }
      const outcome = await c.var.inWorkspace((tx) => setOrderStatus(tx, wish, Date.now()))
      // thrown after the commit, which keeps the refusal on the order's timeline
      if (outcome.outcome === 'refused') throw new Refused(outcome.code)
      return c.json({ outcome: outcome.outcome, order: number }, 200)
    })
