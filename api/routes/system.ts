import { readFileSync } from 'node:fs'
import { createRoute, z } from '@hono/zod-openapi'
import { readPublished } from '../../db/home.ts'
import { CHANNEL_KINDS } from '../../db/model/channel.ts'
import { countWork, getChannelKind, listParts, listStuck } from '../../db/system.ts'
import { json, PROBLEMS, routes } from '../route.ts'

const Part = z.object({
  name: z.enum(['database', 'engine', 'worker', 'gateway']),
  state: z.enum(['up', 'down', 'unknown']),
  detail: z.string().nullable().openapi({ description: 'The version of the database; how many workers there are' }),
  since: z.string().nullable().openapi({ description: 'When it was last heard of' }),
})
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
    stuck: z.array(
      z.object({
        kind: z.enum(['batch', 'cohort', 'text']),
        id: z.string(),
        since: z.string(),
        error: z.string().nullable(),
        campaign: z.object({ id: z.string(), name: z.string() }).nullable(),
        order: z.string().nullable().openapi({ description: 'The number of the order' }),
      }),
    ),
  })
  .openapi('System')

const get = createRoute({
  method: 'get',
  path: '/v1/system',
  tags: ['System'],
  summary: 'What is connected, what is under way, and what does not go on by itself',
  description: 'Work is of this workspace. Failures and unknown texts of the last seven days count.',
  responses: { 200: json(System, 'The system'), ...PROBLEMS },
})

const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')))

export const system = () =>
  routes().openapi(get, async (c) => {
    const nowMs = Date.now()
    const parts = await listParts(c.var.store, nowMs)
    const [kind, work, stuck] = await c.var.inWorkspace(async (tx) => [
      await getChannelKind(tx),
      await countWork(tx, nowMs),
      await listStuck(tx, nowMs),
    ])
    const gateway = { name: 'gateway', state: await GATEWAYS[kind](), detail: null, since: null } as const
    return c.json({ version, parts: [...parts, gateway], channel: { kind }, work, stuck }, 200)
  })

type State = z.infer<typeof Part>['state']

/** Whether the gateway of a channel answers. */
const GATEWAYS = { sandbox: sandboxState, kannel: async () => 'unknown' } satisfies Record<
  (typeof CHANNEL_KINDS)[number],
  () => Promise<State>
>

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
