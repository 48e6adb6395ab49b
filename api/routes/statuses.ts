import { createRoute, z } from '@hono/zod-openapi'
import type { Tx } from '../../db/client.ts'
import { STATUS_NAME_MAX, STATUSES_MAX, TEMPLATE_MAX } from '../../db/model/limits.ts'
import { AXES, type Axis as AxisName, DELIVERY_KINDS, GROUPS, PAYMENT_KINDS } from '../../db/model/status.ts'
import { CODE_FORM } from '../../db/model/status-code.ts'
import { orderStatuses } from '../../db/status-positions.ts'
import { viewStatuses } from '../../db/status-views.ts'
import { addStatus, changeStatus } from '../../db/statuses.ts'
import { Period, text } from '../fields.ts'
import { body, json, PROBLEMS, routes } from '../route.ts'

export const Axis = z.enum(AXES)
/** A group of general statuses, or a kind of the others. */
export const Meaning = z.enum([...new Set([...GROUPS, ...DELIVERY_KINDS, ...PAYMENT_KINDS])])
const Group = z.enum(GROUPS)
const Kind = z.enum([...new Set([...DELIVERY_KINDS, ...PAYMENT_KINDS])])

/** What can be said of a status. */
export const wish = {
  name: text(STATUS_NAME_MAX),
  group: Group.optional().openapi({ description: 'Of a general status, required there' }),
  kind: Kind.optional().openapi({ description: 'Of a delivery or payment status, required there' }),
  container: text(80).nullish().openapi({ description: 'The name of a container that exists; null takes it out' }),
  includeInAnalytics: z.boolean().optional(),
  timeout: z
    .object({ after: Period.openapi({ example: 'P14D' }), to: text(80) })
    .nullish()
    .openapi({ description: 'Where orders go that stay so long; null takes it away' }),
  autoSms: z
    .object({ template: z.string().min(1).max(TEMPLATE_MAX), always: z.boolean() })
    .nullish()
    .openapi({ description: 'The text sent on entry, always or once an order; null takes it away' }),
}
export const Code = z.string().regex(CODE_FORM, 'letters, digits, and . _ - within, at most 80')
const NewStatus = z.object({ type: Axis, code: Code, ...wish }).openapi('NewStatus')
const StatusChange = z.object({ ...wish, name: wish.name.optional() }).openapi('StatusChange')

const Status = z
  .object({
    type: Axis,
    name: z.string(),
    code: z.string(),
    group: z.union([Group, Kind]).nullable(),
    kind: z.union([Group, Kind]).nullable(),
    container: z.string().nullable(),
    isLocked: z.boolean(),
    isInitial: z.boolean(),
    includeInAnalytics: z.boolean(),
    timeout: z.object({ after: z.string(), to: z.string() }).nullable(),
    autoSms: z.object({ template: z.string(), always: z.boolean() }).nullable(),
    orders: z.int().openapi({ description: 'Orders that stand in it, archived ones not counted' }),
  })
  .openapi('Status')

const tags = ['Statuses']
const path = '/v1/statuses/{type}/{code}'
/** How the address of a status names it. */
export const params = z.object({ type: Axis, code: text(80) })

const list = createRoute({
  method: 'get',
  path: '/v1/statuses',
  tags,
  summary: 'All statuses, by type and position',
  responses: { 200: json(z.object({ statuses: z.array(Status) }), 'The statuses'), ...PROBLEMS },
})
const add = createRoute({
  method: 'post',
  path: '/v1/statuses',
  tags,
  summary: 'Add a status',
  request: body(NewStatus),
  responses: { 201: json(Status, 'The new status'), ...PROBLEMS },
})
const change = createRoute({
  method: 'patch',
  path,
  tags,
  summary: 'Change what a status is called and does; what is missing stays',
  request: { params, ...body(StatusChange) },
  responses: { 200: json(Status, 'The status'), ...PROBLEMS },
})
const order = createRoute({
  method: 'put',
  path: '/v1/statuses/{type}',
  tags,
  summary: 'Put the statuses of a type in another order',
  request: {
    params: z.object({ type: Axis }),
    ...body(
      z.object({
        codes: z
          .array(text(80))
          .max(STATUSES_MAX)
          .openapi({ description: 'All of them; general ones are shown by their group first' }),
      }),
    ),
  },
  responses: { 204: { description: 'They stand so' }, ...PROBLEMS },
})

const view = async (tx: Tx, type: AxisName, code: string) =>
  (await viewStatuses(tx)).find((s) => s.type === type && s.code === code)!

export const statuses = () =>
  routes()
    .openapi(list, async (c) => c.json({ statuses: await c.var.inWorkspace(viewStatuses) }, 200))
    .openapi(add, async (c) => {
      const wish = c.req.valid('json')
      const status = await c.var.inWorkspace(async (tx) => {
        await addStatus(tx, wish, Date.now())
        return view(tx, wish.type, wish.code)
      })
      return c.json(status, 201)
    })
    .openapi(change, async (c) => {
      const { type, code } = c.req.valid('param')
      const status = await c.var.inWorkspace(async (tx) => {
        await changeStatus(tx, type, code, c.req.valid('json'), Date.now())
        return view(tx, type, code)
      })
      return c.json(status, 200)
    })
    .openapi(order, async (c) => {
      const { type } = c.req.valid('param')
      await c.var.inWorkspace((tx) => orderStatuses(tx, type, c.req.valid('json').codes))
      return c.body(null, 204)
    })
