import type { MiddlewareHandler } from 'hono'
import { newId } from '../db/ids.ts'
import type { Env } from './env.ts'

const SANE_ID = /^[\w.:=+/-]{1,100}$/
/** Paths that are a secret from here on. */
const SECRET = /^(\/v1\/(?:receipts|replies)\/[^/]+\/|\/sign-in\/).+/

/** Gives each request an id, its own where that is sane, and writes one line when it is answered. Queries are left out:
 *  people search for names and numbers. */
export const requestLog: MiddlewareHandler<Env> = async (c, next) => {
  const startedMs = performance.now()
  const sent = c.req.header('x-request-id') ?? ''
  c.set('requestId', SANE_ID.test(sent) ? sent : newId())
  c.header('x-request-id', c.var.requestId)
  await next()
  c.var.logger?.info({
    requestId: c.var.requestId,
    method: c.req.method,
    path: c.req.path.replace(SECRET, '$1…'),
    status: c.res.status,
    ms: Math.round((performance.now() - startedMs) * 10) / 10,
    workspace: c.var.workspaceId,
  })
}
