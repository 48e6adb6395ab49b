import { readFileSync } from 'node:fs'
import { createRoute, z } from '@hono/zod-openapi'
import { readPublished } from '../../db/home.ts'
import { CHANNEL_KINDS } from '../../db/model/channel.ts'
import { countRecent, measureLag } from '../../db/pace.ts'
import { listStuck, RETRIED_KINDS, retryStuck } from '../../db/stuck.ts'
import { type ChannelInUse, countWork, getChannelInUse, listParts } from '../../db/system.ts'
import { json, PROBLEMS, routes } from '../route.ts'

const Part = z.object({
  name: z.enum(['database', 'engine', 'worker', 'gateway']),
  state: z.enum(['up', 'down', 'unknown']),
  detail: z.string().nullable().openapi({
    description: 'The version of the database; how many workers there are; why a gateway takes no texts',
  }),
  since: z.string().nullable().openapi({
    description: 'When it was last heard of; since when a gateway takes no texts',
  }),
})
const Waited = z.int().nullable().openapi({ description: 'Milliseconds; null where nothing waits' })
const Recent = z.object({ lastMinute: z.int(), lastHour: z.int() })
const System = z
  .object({
    version: z.string(),
    parts: z.array(Part),
    channel: z.object({ kind: z.enum(CHANNEL_KINDS) }).openapi({ description: 'By which new texts leave' }),
    work: z.object({
      outboxWaiting: z.int(),
      batchesOpen: z.int(),
      batchesFailed: z.int(),
      cohortsWalking: z.int(),
      cohortsHeld: z.int(),
      cohortsStuck: z.int(),
      placesOverdue: z.int(),
      textsQueued: z.int(),
      textsUnknown: z.int(),
      inboundWaiting: z.int(),
    }),
    lag: z
      .object({ changesMs: Waited, textsMs: Waited, deadlinesMs: Waited })
      .openapi({ description: 'How long the oldest change, text and timer has waited that could go on' }),
    rates: z
      .object({ changes: Recent, textsHanded: Recent, textsFailed: Recent })
      .openapi({ description: 'Changes given to the engine, texts that gateways took, and texts they refused' }),
    stuck: z.array(
      z.object({
        kind: z.enum(['batch', 'cohort', 'text', 'gateway']),
        id: z.string(),
        since: z.string(),
        error: z.string().nullable(),
        campaign: z.object({ id: z.string(), name: z.string() }).nullable(),
        order: z.string().nullable().openapi({ description: 'The number of the order' }),
        channel: z.enum(CHANNEL_KINDS).nullable().openapi({ description: 'Of a gateway' }),
      }),
    ),
  })
  .openapi('System')

const get = createRoute({
  method: 'get',
  path: '/v1/system',
  tags: ['System'],
  summary: 'What is connected, what is under way, how fast, and what does not go on by itself',
  description:
    'Work is of this workspace. Failures and unknown texts of the last seven days count, and gateways for which texts have waited a minute.',
  responses: { 200: json(System, 'The system'), ...PROBLEMS },
})
const retry = createRoute({
  method: 'post',
  path: '/v1/system/stuck/{kind}/{id}/retry',
  tags: ['System'],
  summary: 'Let a batch or a cohort that was put aside go on where it stopped',
  description: 'What it did stands, and no text is sent twice. If the reason is still there, it is put aside again.',
  request: { params: z.object({ kind: z.enum(RETRIED_KINDS), id: z.uuid() }) },
  responses: { 204: { description: 'It goes on' }, ...PROBLEMS },
})

const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')))

export const system = () =>
  routes()
    .openapi(get, async (c) => {
      const nowMs = Date.now()
      const parts = await listParts(c.var.store, nowMs)
      const { channel, ...rest } = await c.var.inWorkspace(async (tx) => ({
        channel: await getChannelInUse(tx),
        work: await countWork(tx, nowMs),
        lag: await measureLag(tx, nowMs),
        rates: await countRecent(tx, nowMs),
        stuck: await listStuck(tx, nowMs),
      }))
      const gateway = await gatewayOf(channel)
      return c.json({ version, parts: [...parts, gateway], channel: { kind: channel.kind }, ...rest }, 200)
    })
    .openapi(retry, async (c) => {
      const { kind, id } = c.req.valid('param')
      await c.var.inWorkspace((tx) => retryStuck(tx, kind, id, Date.now()))
      return c.body(null, 204)
    })

type Part = z.infer<typeof Part>
type State = Part['state']

async function gatewayOf(channel: ChannelInUse): Promise<Part> {
  const { failingSince, failingReason } = channel
  const state = await GATEWAYS[channel.kind](channel)
  return state === 'down'
    ? { name: 'gateway', state, detail: failingReason, since: failingSince }
    : { name: 'gateway', state, detail: null, since: null }
}

/** Whether the gateway of a channel answers: one that cannot be asked is known by the last text given to it. */
const GATEWAYS = {
  sandbox: sandboxState,
  kannel: async ({ failingSince, heardAt }) => (failingSince ? 'down' : heardAt ? 'up' : 'unknown'),
} satisfies Record<(typeof CHANNEL_KINDS)[number], (channel: ChannelInUse) => Promise<State>>

const ANSWER_WITHIN_MS = 1_000

/** Any answer counts: it is there. */
async function sandboxState(): Promise<State> {
  const url = readPublished('sandbox-gateway.url')
  if (!url) return 'down'
  const answer = fetch(url.trim(), { method: 'HEAD', signal: AbortSignal.timeout(ANSWER_WITHIN_MS) })
  return answer.then(
    () => 'up',
    () => 'down',
  )
}
