import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { createRoute, z } from '@hono/zod-openapi'
import { storeInbound } from '../../db/inbound-events.ts'
import { findIntegration } from '../../db/integrations.ts'
import { Refused } from '../../db/model/refusal.ts'
import { mediaTypeOf, readBytes } from '../body.ts'
import { RequestRefused } from '../refusals.ts'
import { json, PROBLEMS, routes } from '../route.ts'

/** Bytes of one body; orders with hundreds of lines and plugins' data grow large. */
const SHOP_BODY_MAX_BYTES = 8 * 1024 * 1024
const TOPIC_MAX = 100

const Taken = z.object({ received: z.boolean() })
const receive = createRoute({
  method: 'post',
  path: '/v1/inbound/woocommerce/{id}',
  tags: ['Shops in'],
  summary: 'Take in a WooCommerce webhook, proven by its signature; it is stored at once and processed after',
  security: [],
  request: {
    params: z.object({ id: z.string() }),
    body: { content: { 'application/json': { schema: { type: 'object' } } } },
  },
  responses: { 200: json(Taken, 'It is kept'), ...PROBLEMS },
})

/** Everything with a right signature is kept, also what cannot be read: five refusals and a shop stops sending. */
export const woocommerce = (maxBytes = SHOP_BODY_MAX_BYTES) =>
  routes().openapi(receive, async (c) => {
    const { id } = c.req.valid('param')
    const integration = z.guid().safeParse(id).success ? await findIntegration(c.var.store, id) : undefined
    if (!integration) throw new Refused('unknown_integration')
    const body = Buffer.from(await readBytes(c, maxBytes))
    const signature = c.req.header('x-wc-webhook-signature')
    if (!signature && isPing(mediaTypeOf(c), body)) return c.json({ received: true }, 200)
    if (!isSignedBy(integration.secret, body, signature)) throw new RequestRefused('wrong_signature')
    c.set('workspaceId', integration.workspaceId)
    const topic = c.req.header('x-wc-webhook-topic')?.slice(0, TOPIC_MAX)
    const ids = `${c.req.header('x-wc-webhook-id')}|${c.req.header('x-wc-webhook-delivery-id')}|`
    // deliveries of one second share an id, so the body belongs to the key; source: pitfall P2
    const deliveryKey = createHash('sha256').update(ids).update(body).digest('hex')
    const inbound = { integrationId: id, deliveryKey, topic, body }
    await c.var.store.inWorkspace(integration.workspaceId, (tx) => storeInbound(tx, inbound, Date.now()))
    return c.json({ received: true }, 200)
  })

/** What WooCommerce sends when a webhook is made, before it knows the secret. */
const isPing = (mediaType: string, body: Buffer): boolean =>
  mediaType === 'application/x-www-form-urlencoded' && /^webhook_id=\d{1,20}$/.test(body.toString('latin1').trim())

function isSignedBy(secret: string, body: Buffer, signature: string | undefined): boolean {
  const right = createHmac('sha256', plainSecret(secret)).update(body).digest()
  const sent = Buffer.from(signature ?? '', 'base64')
  return sent.length === right.length && timingSafeEqual(sent, right)
}

const ENTITIES: Record<string, string> = {
  quot: '"',
  34: '"',
  x22: '"',
  39: "'",
  x27: "'",
  lt: '<',
  60: '<',
  gt: '>',
  62: '>',
}
const ENTITY = /&(quot|lt|gt|amp|#0*(?:34|38|39|60|62)|#x0*2[267]);/gi

/** The secret as WordPress signs with it: what its admin pages escaped is read back, once.
 *  Source: wp_specialchars_decode(…, ENT_QUOTES). */
const plainSecret = (secret: string): string =>
  secret.replace(ENTITY, (_, name: string) => ENTITIES[name.replace(/#(x?)0*/i, '$1').toLowerCase()] ?? '&')
