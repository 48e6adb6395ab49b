import { createRoute, z } from '@hono/zod-openapi'
import { listCustomers } from '../../db/customer-views.ts'
import { CUSTOMERS_FOUND_MAX } from '../../db/model/limits.ts'
import { text } from '../fields.ts'
import { json, PROBLEMS, routes } from '../route.ts'

export const Customer = z
  .object({ id: z.uuid(), name: z.string(), phone: z.string().nullable(), email: z.string().nullable() })
  .openapi('Customer')

const list = createRoute({
  method: 'get',
  path: '/v1/customers',
  tags: ['Customers'],
  summary: 'Customers by a part of their name, phone or e-mail, the newest first',
  request: {
    query: z.object({
      q: text(200),
      limit: z.coerce.number().int().min(1).max(CUSTOMERS_FOUND_MAX).default(CUSTOMERS_FOUND_MAX),
    }),
  },
  responses: { 200: json(z.object({ customers: z.array(Customer) }), 'The customers'), ...PROBLEMS },
})

export const customers = () =>
  routes().openapi(list, async (c) => {
    const search = c.req.valid('query')
    return c.json({ customers: await c.var.inWorkspace((tx) => listCustomers(tx, search)) }, 200)
  })
