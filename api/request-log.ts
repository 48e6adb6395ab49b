import type { Context, MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import { newId } from '../db/ids.ts'
import type { Env } from './env.ts'
import type { Metrics } from './metrics.ts'

const SANE_ID = /^[\w.:=+/-]{1,100}$/
/** What a path holds after these words is a secret, also where somebody wrote the address in another way. */
const SECRET = /(receipts|replies|sign-in)[/%].+/i

/** Gives each request an id, its own where that is sane, and writes one line when it is answered. Queries are left out:
 *  people search for names and numbers. */
export const requestLog =
  (metrics: Metrics): MiddlewareHandler<Env> =>
  async (c, next) => {
    const startedMs = performance.now()
    const sent = c.req.header('x-request-id') ?? ''
    c.set('requestId', SANE_ID.test(sent) ? sent : newId())
    c.header('x-request-id', c.var.requestId)
    await next()
    const tookMs = performance.now() - startedMs
    metrics.observe({ method: c.req.method, route: routeOf(c), status: c.res.status }, tookMs / 1_000)
    c.var.logger?.info({
      requestId: c.var.requestId,
      method: c.req.method,
      path: c.req.path.replace(SECRET, '$1/…'),
      status: c.res.status,
      ms: Math.round(tookMs * 10) / 10,
      workspace: c.var.workspaceId,
      ...(c.var.changes && { changes: c.var.changes }),
    })
  }

/** The address as it is described, without the names and numbers in it. */
const routeOf = (c: Context): string => matchedRoutes(c).findLast(({ path }) => !path.includes('*'))?.path ?? 'none'
