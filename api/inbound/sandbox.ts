import { createRoute, z } from '@hono/zod-openapi'
import { recordReceipts } from '../../db/messages.ts'
import { recordReply } from '../../db/replies.ts'
import { instant, text, told } from '../fields.ts'
import { body, json, PROBLEMS, routes } from '../route.ts'
import { provenChannel } from './proof.ts'

/** Receipts of one request. */
const RECEIPTS_MAX = 100

const Receipts = z
  .object({
    receipts: z
      .array(
        z.object({
          id: z.string().openapi({ description: 'Our id of the message' }),
          state: z.enum(['delivered', 'undelivered']),
          reason: told(200),
          at: instant,
        }),
      )
      .max(RECEIPTS_MAX),
  })
  .openapi('Receipts')

const Reply = z
  .object({
    id: text(200).openapi({ description: "The gateway's id of the text" }),
    from: text(40).openapi({ description: 'The phone in E.164' }),
    text: z.string().max(10_000),
    at: instant,
  })
  .openapi('Reply')

const tags = ['Gateway']
const params = z.object({ token: z.string() })
const receipts = createRoute({
  method: 'post',
  path: '/v1/receipts/sandbox/{token}',
  tags,
  summary: 'What became of texts; ids that are not ours are ignored',
  security: [],
  request: { params, ...body(Receipts) },
  responses: { 200: json(z.object({ taken: z.int() }), 'How many told something new'), ...PROBLEMS },
})
const replies = createRoute({
  method: 'post',
  path: '/v1/replies/sandbox/{token}',
  tags,
  summary: 'A text from a phone, taken once; STOP and START are obeyed',
  security: [],
  request: { params, ...body(Reply) },
  responses: { 204: { description: 'It is taken' }, ...PROBLEMS },
})

const isId = (id: string): boolean => z.guid().safeParse(id).success

/** The gateway repeats until it reads a 2xx, so nothing is answered before the commit. */
export const sandbox = () =>
  routes()
    .openapi(receipts, async (c) => {
      const { workspaceId, id } = await provenChannel(c, c.req.valid('param').token, 'sandbox')
      const list = c.req
        .valid('json')
        .receipts.filter((r) => isId(r.id))
        .map(({ at, ...receipt }) => ({ ...receipt, atMs: at }))
      const taken = await c.var.store.inWorkspace(workspaceId, (tx) => recordReceipts(tx, id, list))
      return c.json({ taken }, 200)
    })
    .openapi(replies, async (c) => {
      const { workspaceId, id: channelId } = await provenChannel(c, c.req.valid('param').token, 'sandbox')
      const { id, from, text } = c.req.valid('json')
      const reply = { id, phone: from, text }
      await c.var.store.inWorkspace(workspaceId, (tx) => recordReply(tx, channelId, reply, Date.now()))
      return c.body(null, 204)
    })
