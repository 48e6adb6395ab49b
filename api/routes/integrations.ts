import { randomBytes } from 'node:crypto'
import { createRoute, z } from '@hono/zod-openapi'
import type { Tx } from '../../db/client.ts'
import { listInbound } from '../../db/inbound-events.ts'
import { addIntegration, changeIntegration, listIntegrations } from '../../db/integrations.ts'
import { MAP_MAX } from '../../db/model/limits.ts'
import { Refused } from '../../db/model/refusal.ts'
import { page, text } from '../fields.ts'
import { body, json, PROBLEMS, routes } from '../route.ts'

const SECRET_BYTES = 24

const StatusMap = z
  .record(
    z.string().min(1).max(100),
    z.object({
      general: text(80).exactOptional(),
      delivery: text(80).exactOptional(),
      payment: text(80).exactOptional(),
    }),
  )
  .refine((map) => Object.keys(map).length <= MAP_MAX, `at most ${MAP_MAX} words are expected`)
  .openapi({ description: "The shop's own words for statuses, and the codes they mean here" })

const NewIntegration = z
  .object({
    kind: text(40).openapi({ example: 'woocommerce' }),
    name: text(80),
    secret: z.string().min(1).max(200).optional().openapi({ description: 'Made where it is missing' }),
    statusMap: StatusMap.default({}),
  })
  .openapi('NewIntegration')

const IntegrationChange = z
  .object({
    name: text(80).optional(),
    statusMap: StatusMap.optional().openapi({ description: 'Replaces the whole map' }),
  })
  .openapi('IntegrationChange')

const Integration = z
  .object({
    id: z.string(),
    kind: z.string(),
    name: z.string(),
    url: z.string().openapi({ description: 'Where the shop posts its webhooks' }),
    statusMap: StatusMap,
    received: z.int(),
    invalid: z.int(),
    lastReceivedAt: z.string().nullable(),
    createdAt: z.string(),
  })
  .openapi('Integration')

const InboundEvent = z
  .object({
    id: z.int(),
    integrationId: z.string(),
    topic: z.string().nullable(),
    receivedAt: z.string(),
    outcome: z.string().nullable().openapi({ description: 'Null while it is not processed yet' }),
    error: z.object({ code: z.string(), detail: z.string(), field: z.string().optional() }).nullable(),
    order: z.string().nullable(),
  })
  .openapi('InboundEvent')

const tags = ['Integrations']
const list = createRoute({
  method: 'get',
  path: '/v1/integrations',
  tags,
  summary: 'All connected shops',
  responses: { 200: json(z.object({ integrations: z.array(Integration) }), 'The shops'), ...PROBLEMS },
})
const add = createRoute({
  method: 'post',
  path: '/v1/integrations',
  tags,
  summary: 'Connect a shop',
  request: body(NewIntegration),
  responses: {
    201: json(
      z.object({
        id: z.string(),
        url: z.string(),
        secret: z.string().optional().openapi({ description: 'Only if it was made here, and only this once' }),
      }),
      'The new integration',
    ),
    ...PROBLEMS,
  },
})
const change = createRoute({
  method: 'patch',
  path: '/v1/integrations/{id}',
  tags,
  summary: 'Rename a shop, or say what its words mean; what is missing stays',
  request: { params: z.object({ id: z.guid() }), ...body(IntegrationChange) },
  responses: { 200: json(Integration, 'The shop'), ...PROBLEMS },
})
const inbound = createRoute({
  method: 'get',
  path: '/v1/inbound-events',
  tags,
  summary: 'The newest bodies that shops posted, and what came of each',
  request: {
    query: z.object({
      integration: z.guid().optional(),
      outcome: text(40).optional(),
      limit: page.limit,
    }),
  },
  responses: { 200: json(z.object({ events: z.array(InboundEvent) }), 'The bodies'), ...PROBLEMS },
})

const urlOf = (requestUrl: string, kind: string, id: string): string =>
  new URL(`/v1/inbound/${kind}/${id}`, requestUrl).href

const listed = async (tx: Tx, requestUrl: string) =>
  (await listIntegrations(tx)).map((i) => ({ ...i, url: urlOf(requestUrl, i.kind, i.id) }))

export const integrations = () =>
  routes()
    .openapi(list, async (c) => {
      return c.json({ integrations: await c.var.inWorkspace((tx) => listed(tx, c.req.url)) }, 200)
    })
    .openapi(add, async (c) => {
      const { kind, secret, ...wish } = c.req.valid('json')
      if (kind !== 'woocommerce') throw new Refused('integration_kind', [{ field: 'kind', detail: 'woocommerce' }])
      const made = secret ?? randomBytes(SECRET_BYTES).toString('base64url')
      const id = await c.var.inWorkspace((tx) => addIntegration(tx, { ...wish, kind, secret: made }, Date.now()))
      return c.json({ id, url: urlOf(c.req.url, kind, id), ...(!secret && { secret: made }) }, 201)
    })
    .openapi(change, async (c) => {
      const { id } = c.req.valid('param')
      const shop = await c.var.inWorkspace(async (tx) => {
        await changeIntegration(tx, id, c.req.valid('json'))
        return (await listed(tx, c.req.url)).find((i) => i.id === id)!
      })
      return c.json(shop, 200)
    })
    .openapi(inbound, async (c) => {
      const { integration, ...filter } = c.req.valid('query')
      const events = await c.var.inWorkspace((tx) => listInbound(tx, { ...filter, integrationId: integration }))
      return c.json({ events }, 200)
    })
