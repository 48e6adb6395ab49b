import type { MiddlewareHandler } from 'hono'
import { authenticate, parseApiKey } from '../db/workspaces.ts'
import type { Env } from './env.ts'
import { RequestRefused } from './refusals.ts'

const BEARER = /^Bearer +(\S+)$/i

/** Lets a request pass that sends a key, into the key's workspace. Asked anew each time, so a revoked key ends at once.
 *  @throws RequestRefused unauthorized. Source: RFC 6750. */
export const keyRequired: MiddlewareHandler<Env> = async (c, next) => {
  const [, sent = ''] = BEARER.exec(c.req.header('authorization') ?? '') ?? []
  const key = parseApiKey(sent)
  const owner = key && (await authenticate(c.var.store, key))
  if (!owner) throw new RequestRefused('unauthorized')
  const { workspaceId, keyId } = owner
  c.set('workspaceId', workspaceId)
  c.set('actor', { kind: 'key', id: keyId })
  c.set('inWorkspace', (work) => c.var.store.inWorkspace(workspaceId, work))
  await next()
}
