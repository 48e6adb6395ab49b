import { createRoute, z } from '@hono/zod-openapi'
import { removeStatus } from '../../db/status-removal.ts'
import { listStatusUses } from '../../db/status-uses.ts'
import { getStatus } from '../../db/statuses.ts'
import { flag, text } from '../fields.ts'
import { json, PROBLEMS, routes } from '../route.ts'
import { params } from './statuses.ts'

const tags = ['Statuses']
const named = z.array(z.object({ id: z.string(), name: z.string() }))

const Uses = z
  .object({
    isLocked: z.boolean(),
    isInitial: z.boolean(),
    orders: z.int().openapi({ description: 'Orders that stand in it, archived ones not counted' }),
    archived: z.int(),
    timeouts: z.array(z.string()).openapi({ description: 'Names of the statuses whose timeout leads to it' }),
    integrations: named,
    campaigns: named.openapi({ description: 'Live or paused ones that name it; they keep it from being deleted' }),
    segments: named.openapi({ description: 'Those that name it; they keep it from being deleted' }),
  })
  .openapi('StatusUses')

const uses = createRoute({
  method: 'get',
  path: '/v1/statuses/{type}/{code}/uses',
  tags,
  summary: 'Everything that refers to a status',
  request: { params },
  responses: { 200: json(Uses, 'What refers to it'), ...PROBLEMS },
})
const remove = createRoute({
  method: 'delete',
  path: '/v1/statuses/{type}/{code}',
  tags,
  summary: 'Delete a status; its replacement takes over what refers to it',
  request: {
    params,
    query: z.object({
      replacement: text(80).optional().openapi({ description: 'The code of a status of the same type' }),
      silent: flag(true).openapi({ description: 'Customers of the orders that move are not told' }),
    }),
  },
  responses: { 204: { description: 'It is gone' }, ...PROBLEMS },
})

export const statusRemoval = () =>
  routes()
    .openapi(uses, async (c) => {
      const { type, code } = c.req.valid('param')
      return c.json(await c.var.inWorkspace(async (tx) => listStatusUses(tx, await getStatus(tx, type, code))), 200)
    })
    .openapi(remove, async (c) => {
      const actor = { kind: 'bulk', id: c.var.actor.id } as const
      const wish = { ...c.req.valid('param'), ...c.req.valid('query'), actor }
      await removeStatus(c.var.store, c.var.workspaceId!, wish, Date.now())
      return c.body(null, 204)
    })
