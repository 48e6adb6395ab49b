import { createRoute, z } from '@hono/zod-openapi'
import { Side } from '../../db/model/campaign-schema.ts'
import { FINDING_KINDS } from '../../db/model/status-map.ts'
import { checkStatusMap, viewStatusMap } from '../../db/status-map.ts'
import { body, json, PROBLEMS, routes } from '../route.ts'
import { Axis, Code, wish } from './statuses.ts'

const PathStep = z.object({
  code: z.string(),
  name: z.string(),
  after: z.string().nullable().openapi({
    description: 'How long the order waits in the status before; null where nothing moves it here by itself',
    example: 'P14D',
  }),
  texts: z
    .array(
      z.object({
        campaign: z
          .object({ id: z.string(), name: z.string() })
          .nullable()
          .openapi({ description: "Null for the status's own text" }),
        count: z.int(),
      }),
    )
    .openapi({ description: 'Texts that entering the status brings' }),
})
const Finding = z
  .object({
    kind: z.enum(FINDING_KINDS),
    level: z.enum(['error', 'warning']).openapi({ description: 'Errors are refused when they are saved' }),
    type: Axis,
    statuses: z.array(z.string()).openapi({ description: 'The codes it is about' }),
    path: z.array(PathStep).openapi({ description: 'An example: what happens to one order' }),
    texts: z.int().optional().openapi({ description: 'Of a storm: how many one order gets' }),
  })
  .openapi('StatusFinding')

const Node = z.object({
  type: Axis,
  code: z.string(),
  name: z.string(),
  meaning: z.string(),
  isInitial: z.boolean(),
  isMapped: z.boolean().openapi({ description: "Whether a connected shop's words lead to it" }),
  autoSms: z.boolean(),
  hasOrders: z.boolean(),
})
const Edge = z
  .object({ type: Axis, from: z.string(), to: z.string(), after: z.string() })
  .openapi({ description: 'A timeout' })
const LiveCampaign = z.object({
  id: z.string(),
  name: z.string(),
  type: Axis,
  from: Side,
  to: Side,
  texts: z.int().openapi({ description: 'The most that one walk can send' }),
})
const StatusMap = z
  .object({
    findings: z.array(Finding),
    nodes: z.array(Node),
    edges: z.array(Edge),
    campaigns: z.array(LiveCampaign).openapi({ description: 'Those that are live' }),
  })
  .openapi('StatusMap')

const tags = ['Statuses']

const view = createRoute({
  method: 'get',
  path: '/v1/status-map',
  tags,
  summary: 'Statuses, timeouts, texts and live campaigns as one graph, and what is wrong with it',
  responses: { 200: json(StatusMap, 'The graph and the findings'), ...PROBLEMS },
})
const check = createRoute({
  method: 'post',
  path: '/v1/statuses/check',
  tags,
  summary: 'What adding or changing a status would bring; nothing is saved',
  request: body(z.object({ type: Axis, code: Code, ...wish, name: wish.name.optional() }).openapi('StatusCheck')),
  responses: {
    200: json(z.object({ findings: z.array(Finding) }), 'The findings that are not there now'),
    ...PROBLEMS,
  },
})

export const statusMap = () =>
  routes()
    .openapi(view, async (c) => c.json(await c.var.inWorkspace((tx) => viewStatusMap(tx, Date.now())), 200))
    .openapi(check, async (c) => {
      const status = c.req.valid('json')
      const findings = await c.var.inWorkspace((tx) => checkStatusMap(tx, { status }, Date.now()))
      return c.json({ findings }, 200)
    })
