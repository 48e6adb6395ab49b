import { createRoute, z } from '@hono/zod-openapi'
import { deleteCookie } from 'hono/cookie'
import { findDemo } from '../../db/demo.ts'
import { AXES } from '../../db/model/status.ts'
import { endSession } from '../../db/sessions.ts'
import { getWorkspace } from '../../db/workspaces.ts'
import { SESSION_COOKIE } from '../auth.ts'
import { json, PROBLEMS, routes } from '../route.ts'

const Session = z
  .object({
    workspace: z.object({
      id: z.string(),
      name: z.string(),
      timezone: z.string().openapi({ example: 'Europe/Kyiv' }),
      region: z.string(),
      currency: z.string(),
      preset: z.string(),
      ordersEnabled: z.boolean(),
    }),
    actor: z.object({ kind: z.enum(['key', 'person']) }),
    demo: z
      .object({
        order: z.string(),
        type: z.enum(AXES),
        to: z.string().openapi({ description: 'The code of a status: moved there, the order makes a phone ring' }),
        phone: z.string(),
        campaign: z.string().openapi({ description: 'The id of the campaign that sends the text' }),
      })
      .nullable()
      .openapi({ description: 'What to try first in a demo workspace; null elsewhere, and once all was tried' }),
  })
  .openapi('Session')

const tags = ['Session']
const get = createRoute({
  method: 'get',
  path: '/v1/session',
  tags,
  summary: 'Who asks, and the workspace',
  responses: { 200: json(Session, 'The session'), ...PROBLEMS },
})
const remove = createRoute({
  method: 'delete',
  path: '/v1/session',
  tags,
  summary: 'Sign the browser out',
  description: 'A key stays as it is.',
  responses: { 204: { description: 'It is out' }, ...PROBLEMS },
})

export const session = () =>
  routes()
    .openapi(get, async (c) => {
      const { kind } = c.var.actor
      const [workspace, demo] = await c.var.inWorkspace(async (tx) => [await getWorkspace(tx), await findDemo(tx)])
      return c.json({ workspace, actor: { kind }, demo }, 200)
    })
    .openapi(remove, async (c) => {
      const { kind, id } = c.var.actor
      if (kind === 'person') await c.var.inWorkspace((tx) => endSession(tx, id, Date.now()))
      deleteCookie(c, SESSION_COOKIE, { path: '/' })
      return c.body(null, 204)
    })
