import { createRoute, z } from '@hono/zod-openapi'
import { refuseOthersThanOperators } from '../../db/api-keys.ts'
import { switchOrders, viewWorkspace } from '../../db/workspaces.ts'
import { body, json, PROBLEMS, routes } from '../route.ts'

const told = (description: string) => z.string().nullable().openapi({ description })
const Workspace = z
  .object({
    name: z.string(),
    preset: z.string().openapi({ description: 'What it began with', example: 'call-centre' }),
    timezone: z.string().openapi({ example: 'Europe/Kyiv' }),
    currency: z.string(),
    region: z.string().openapi({ description: 'How national phone numbers are read' }),
    ordersEnabled: z.boolean(),
    enabledAt: told('When Orders were switched on; null while they are off'),
    enabledBy: told('Who switched them on: the name of a key, or `operator` for the command'),
    disabledAt: told('When Orders were switched off; null while they are on, or if nobody ever switched them'),
    disabledBy: told('Who switched them off'),
    keptBodies: z.int().openapi({ description: 'Bodies of shops that wait to be taken in' }),
  })
  .openapi('Workspace')

const tags = ['Workspace']
const get = createRoute({
  method: 'get',
  path: '/v1/workspace',
  tags,
  summary: 'The workspace, and whether its Orders are switched on',
  responses: { 200: json(Workspace, 'The workspace'), ...PROBLEMS },
})
const putOrders = createRoute({
  method: 'put',
  path: '/v1/workspace/orders',
  tags,
  summary: 'Switch Orders on or off',
  description:
    'For keys of the operator role. While Orders are off, orders and events answer `orders_disabled` and bodies of shops are kept; statuses and segments can be prepared. No campaign goes live or on, and no order moves by hand or with a status that is deleted. What waits in timeouts and campaigns goes on. Switched on again, Tidings takes in all that was kept (`keptBodies`), with the texts that it causes.',
  request: body(z.object({ enabled: z.boolean() })),
  responses: { 200: json(Workspace, 'The workspace'), ...PROBLEMS },
})

export const workspace = () =>
  routes()
    .openapi(get, async (c) => c.json(await c.var.inWorkspace(viewWorkspace), 200))
    .openapi(putOrders, async (c) => {
      const { enabled } = c.req.valid('json')
      const workspace = await c.var.inWorkspace(async (tx) => {
        await refuseOthersThanOperators(tx, c.var.actor)
        await switchOrders(tx, enabled, c.var.actor.id, Date.now())
        return viewWorkspace(tx)
      })
      return c.json(workspace, 200)
    })
