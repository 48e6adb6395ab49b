import type { Context, MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import { authenticate, parseApiKey } from '../db/api-keys.ts'
import type { Store } from '../db/client.ts'
import { findSession } from '../db/sessions.ts'
import type { Env } from './env.ts'
import { gather } from './gather.ts'
import { RequestRefused } from './refusals.ts'

/** The cookie that holds the secret of a session. */
export const SESSION_COOKIE = 'tidings_session'
/** Requests that share one look-up of what they send. */
const SHARED_MAX = 1_000
const BEARER = /^Bearer +(\S+)$/i

/** Whose request it is. */
interface Owner {
  workspaceId: string
  actor: Env['Variables']['actor']
}

/**
 * Lets a request pass that sends a key, or the cookie of a session, into the workspace of either. Nothing is remembered,
 * so what is revoked or ended ends at once: only requests that came before a look-up began share its answer.
 * @throws RequestRefused unauthorized; cross_site for a change that a page of somebody else sends with our cookie.
 * Source: RFC 6750.
 */
export function ownerRequired(store: Store): MiddlewareHandler<Env> {
  const ofKey = shared(async (sent) => {
    const key = parseApiKey(sent)
    const owner = key && (await authenticate(store, key))
    return owner && { workspaceId: owner.workspaceId, actor: { kind: 'key', id: owner.keyId } }
  })
  const ofSession = shared(async (secret) => {
    const session = await findSession(store, secret, Date.now())
    return session && { workspaceId: session.workspaceId, actor: { kind: 'person', id: session.sessionId } }
  })
  return async (c, next) => {
    const [, key] = BEARER.exec(c.req.header('authorization') ?? '') ?? []
    const look = () => (key === undefined ? ofSession(getCookie(c, SESSION_COOKIE) ?? '') : ofKey(key))
    const owner = await look()
    if (!owner) throw new RequestRefused('unauthorized')
    const { workspaceId, actor } = owner
    if (actor.kind === 'person' && !READS.includes(c.req.method) && originOf(c) !== 'ours')
      throw new RequestRefused('cross_site')
    c.set('workspaceId', workspaceId)
    c.set('actor', actor)
    c.set('isStillIn', async () => (await look()) !== null)
    c.set('inWorkspace', (work) => store.inWorkspace(workspaceId, work))
    await next()
  }
}

const shared = (find: (sent: string) => Promise<Owner | null>) =>
  gather(
    (sent: string) => sent,
    async (same) => {
      const owner = await find(same[0]!)
      return same.map(() => owner)
    },
    SHARED_MAX,
  )

const READS = ['GET', 'HEAD']

/** Where the page lives that sent a request, by what only browsers can say. Source: Fetch Metadata; RFC 6454. */
export function originOf(c: Context): 'ours' | 'foreign' | 'untold' {
  const site = c.req.header('sec-fetch-site')
  if (site !== undefined) return site === 'same-origin' ? 'ours' : 'foreign'
  // browsers keep Sec-Fetch-Site to themselves where the address is neither https nor this machine
  const origin = c.req.header('origin')
  if (origin === undefined) return 'untold'
  return URL.canParse(origin) && new URL(origin).host === hostOf(c) ? 'ours' : 'foreign'
}

const hostOf = (c: Context): string => c.req.header('host') ?? new URL(c.req.url).host
