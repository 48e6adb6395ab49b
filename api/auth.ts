import type { MiddlewareHandler } from 'hono'
import type { Store } from '../db/client.ts'
import { type ApiKey, authenticate, parseApiKey } from '../db/workspaces.ts'
import type { Env } from './env.ts'
import { gather } from './gather.ts'
import { RequestRefused } from './refusals.ts'

/** Requests that share one look-up of their key. */
const SHARED_MAX = 1_000
const BEARER = /^Bearer +(\S+)$/i

/** Lets a request pass that sends a key, into the key's workspace. Nothing is remembered, so a revoked key ends at once:
 *  only requests that came before a look-up began share its answer.
 *  @throws RequestRefused unauthorized. Source: RFC 6750. */
export function keyRequired(store: Store): MiddlewareHandler<Env> {
  const findOwner = gather(
    (key: ApiKey) => `${key.id} ${key.secret}`,
    async (same) => {
      const owner = await authenticate(store, same[0]!)
      return same.map(() => owner)
    },
    SHARED_MAX,
  )
  return async (c, next) => {
    const [, sent = ''] = BEARER.exec(c.req.header('authorization') ?? '') ?? []
    const key = parseApiKey(sent)
    const owner = key && (await findOwner(key))
    if (!owner) throw new RequestRefused('unauthorized')
    const { workspaceId, keyId } = owner
    c.set('workspaceId', workspaceId)
    c.set('actor', { kind: 'key', id: keyId })
    c.set('inWorkspace', (work) => store.inWorkspace(workspaceId, work))
    await next()
  }
}
