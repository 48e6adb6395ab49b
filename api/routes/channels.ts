import { createRoute, z } from '@hono/zod-openapi'
import { type ChannelView, listChannels, setKannel, useChannel } from '../../db/channels.ts'
import { CHANNEL_KINDS } from '../../db/model/channel.ts'
import { KANNEL_REPLY_QUERY } from '../inbound/kannel.ts'
import { body, json, PROBLEMS, routes } from '../route.ts'

/** Longer than any setting may be; the rules tell people which is too long. */
const SETTING_MAX = 1_000

const setting = z.string().trim().max(SETTING_MAX)
const Kannel = z
  .object({
    url: setting.openapi({
      example: 'http://127.0.0.1:13013/cgi-bin/sendsms',
      description: "Kannel's sendsms address",
    }),
    username: setting.openapi({ description: "Of a sendsms-user in Kannel's configuration" }),
    password: z
      .string()
      .max(SETTING_MAX)
      .optional()
      .openapi({ description: 'The stored one stays where it is missing, unless the address is of another server' }),
    from: setting.openapi({ example: 'Shop', description: 'Who the text is from, as phones show it' }),
  })
  .openapi('Kannel')

const Channel = z
  .object({
    kind: z.enum(CHANNEL_KINDS),
    ready: z.boolean().openapi({ description: 'Whether it can be put to use' }),
    inUse: z.boolean().openapi({ description: 'Whether new texts leave by it; true of exactly one' }),
    settings: z
      .object({ url: z.string(), username: z.string(), from: z.string(), passwordSet: z.boolean() })
      .nullable()
      .openapi({ description: 'Null where there is nothing to set, or nothing set yet' }),
    replyUrl: z.string().nullable().openapi({
      description: "The get-url of Kannel's sms-service, as it must stand in kannel.conf. It holds a secret",
    }),
  })
  .openapi('Channel')

const Channels = json(z.object({ channels: z.array(Channel) }), 'All of them, as they are now')
const tags = ['Channels']
const list = createRoute({
  method: 'get',
  path: '/v1/channels',
  tags,
  summary: 'The ways to phones, and which one is in use',
  responses: { 200: Channels, ...PROBLEMS },
})
const set = createRoute({
  method: 'put',
  path: '/v1/channels/kannel',
  tags,
  summary: 'Connect Kannel, or change how it is reached',
  request: body(Kannel),
  responses: { 200: Channels, ...PROBLEMS },
})
const use = createRoute({
  method: 'post',
  path: '/v1/channels/{kind}/use',
  tags,
  summary: 'Let new texts leave by this channel',
  request: { params: z.object({ kind: z.enum(CHANNEL_KINDS) }) },
  responses: { 200: Channels, ...PROBLEMS },
})

const shown = (list: readonly ChannelView[], requestUrl: string) => ({
  channels: list.map(({ token, ...channel }) => ({
    ...channel,
    replyUrl:
      channel.kind === 'kannel' && token
        ? new URL(`/v1/replies/kannel/${token}`, requestUrl).href + KANNEL_REPLY_QUERY
        : null,
  })),
})

export const channels = () =>
  routes()
    .openapi(list, async (c) => c.json(shown(await c.var.inWorkspace(listChannels), c.req.url), 200))
    .openapi(set, async (c) => {
      const wish = c.req.valid('json')
      const now = await c.var.inWorkspace(async (tx) => {
        await setKannel(tx, wish, Date.now())
        return listChannels(tx)
      })
      return c.json(shown(now, c.req.url), 200)
    })
    .openapi(use, async (c) => {
      const { kind } = c.req.valid('param')
      const now = await c.var.inWorkspace(async (tx) => {
        await useChannel(tx, kind)
        return listChannels(tx)
      })
      return c.json(shown(now, c.req.url), 200)
    })
