import { createRoute, z } from '@hono/zod-openapi'
import { listMessages } from '../../db/messages.ts'
import { CHANNEL_KINDS } from '../../db/model/channel.ts'
import { MESSAGE_STATES } from '../../db/model/message.ts'
import { page, phone, text } from '../fields.ts'
import { json, PROBLEMS, routes } from '../route.ts'

const Message = z
  .object({
    id: z.string(),
    order: z.string(),
    phone: z.string().nullable(),
    text: z.string(),
    parts: z.int(),
    state: z.string(),
    reason: z.string().nullable(),
    why: z.string().nullable().openapi({ description: 'Why it was suppressed, for people' }),
    campaign: z.string().nullable(),
    campaignId: z.string().nullable(),
    status: z.string().nullable().openapi({ description: 'The code of the status whose auto-SMS it is' }),
    channel: z.enum(CHANNEL_KINDS),
    queuedAt: z.string(),
    sentAt: z.string().nullable(),
    finishedAt: z.string().nullable(),
  })
  .openapi('Message')

const list = createRoute({
  method: 'get',
  path: '/v1/messages',
  tags: ['Messages'],
  summary: 'A page of the texts, newest first',
  request: {
    query: z.object({
      id: z.uuid().optional().openapi({ description: 'The one text of this id' }),
      order: text(80).optional().openapi({ description: 'The number of an order' }),
      state: z.enum(MESSAGE_STATES).optional(),
      campaign: z.uuid().optional().openapi({ description: 'The id of a campaign' }),
      channel: z.enum(CHANNEL_KINDS).optional(),
      phone: phone.optional(),
      q: z.string().trim().max(200).optional().openapi({ description: 'A part of the text, phone or order number' }),
      ...page,
    }),
  },
  responses: { 200: json(z.object({ total: z.int(), messages: z.array(Message) }), 'The page'), ...PROBLEMS },
})

export const messages = () =>
  routes().openapi(list, async (c) =>
    c.json(await c.var.inWorkspace((tx) => listMessages(tx, c.req.valid('query'))), 200),
  )
