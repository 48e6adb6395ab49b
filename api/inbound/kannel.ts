import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { type Receipt, recordReceipts } from '../../db/messages.ts'
import { recordReply } from '../../db/replies.ts'
import { getWorkspace } from '../../db/workspaces.ts'
import type { Env } from '../env.ts'
import { PROBLEMS, routes } from '../route.ts'
import { phoneOf, reasonIn, textIn } from './kannel-words.ts'
import { provenChannel } from './proof.ts'

/** How Kannel's `get-url` goes on after our address: it fills in its own id, the phone, the text and its charset. */
export const KANNEL_REPLY_QUERY = '?id=%I&from=%p&text=%b&charset=%C'

/** What Kannel's statuses mean for a text; of those not named it is still on its way. Source: Kannel's user guide,
 *  "Delivery reports". */
const MEANINGS: Readonly<Record<number, Pick<Receipt, 'state' | 'reason'> | undefined>> = {
  1: { state: 'delivered' },
  2: { state: 'undelivered' },
  16: { state: 'undelivered', reason: 'rejected' },
}

const tags = ['Gateway']
const params = z.object({ token: z.string() })
const taken = { description: 'It is taken. Kannel would send any words in the answer to the phone' }
const receipt = createRoute({
  method: 'get',
  path: '/v1/receipts/kannel/{token}',
  tags,
  summary: 'What became of a text, as Kannel tells it by the dlr-url; an id that is not ours is ignored',
  security: [],
  request: {
    params,
    query: z.object({
      id: z.string().openapi({ description: 'Our id of the message' }),
      status: z.coerce.number().int().openapi({ description: '1, 2, 4, 8 or 16', example: 1 }),
      answer: z.string().default('').transform(reasonIn).openapi({ description: "The SMS centre's own words" }),
    }),
  },
  responses: { 200: taken, ...PROBLEMS },
})
const reply = createRoute({
  method: 'get',
  path: '/v1/replies/kannel/{token}',
  tags,
  summary: 'A text from a phone, taken once; STOP and START are obeyed',
  description: 'The text stands in the query as `text`, in the bytes of `charset`: UTF-8 or UTF-16BE.',
  security: [],
  request: {
    params,
    query: z.object({
      id: z.string().min(1).max(200).openapi({ description: "Kannel's id of the text" }),
      from: z.string().max(100).openapi({ description: 'The phone' }),
      charset: z.string().max(40).default('UTF-8').openapi({ example: 'UTF-16BE' }),
    }),
  },
  responses: { 200: taken, ...PROBLEMS },
})

const isId = (id: string): boolean => z.guid().safeParse(id).success

// Kannel takes 200 and 202 for "taken" and repeats after anything else
const nothingToSay = (c: Context<Env>) => c.text('', 200)

export const kannel = () =>
  routes()
    .openapi(receipt, async (c) => {
      const { workspaceId, id: channelId } = await provenChannel(c, c.req.valid('param').token, 'kannel')
      const { id, status, answer } = c.req.valid('query')
      const meaning = MEANINGS[status]
      if (!meaning || !isId(id)) return nothingToSay(c)
      const { state, reason } = meaning
      const told = { id, state, reason: state === 'undelivered' ? (answer ?? reason) : undefined, atMs: Date.now() }
      await c.var.store.inWorkspace(workspaceId, (tx) => recordReceipts(tx, channelId, [told]))
      return nothingToSay(c)
    })
    .openapi(reply, async (c) => {
      const { workspaceId, id: channelId } = await provenChannel(c, c.req.valid('param').token, 'kannel')
      const { id, from, charset } = c.req.valid('query')
      const text = textIn(c.req.url, charset)
      await c.var.store.inWorkspace(workspaceId, async (tx) => {
        const phone = phoneOf(from, (await getWorkspace(tx)).region)
        // a name, or a short number of a service: nobody whom we could text or stop texting
        if (phone) await recordReply(tx, channelId, { id, phone, text }, Date.now())
      })
      return nothingToSay(c)
    })
