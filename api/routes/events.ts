import { createRoute, z } from '@hono/zod-openapi'
import type { Store } from '../../db/client.ts'
import { EVENTS_MAX } from '../../db/model/limits.ts'
import type { Actor } from '../../db/model/moves.ts'
import { REFUSALS, type RefusalCode } from '../../db/model/refusal.ts'
import type { OrderReport } from '../../db/model/report.ts'
import { type Received, receiveReports } from '../../db/receive.ts'
import { mediaTypeOf } from '../body.ts'
import { problemsOf } from '../fields.ts'
import { gather } from '../gather.ts'
import { RefusedAs, RequestRefused } from '../refusals.ts'
import { json, PROBLEMS, routes } from '../route.ts'
import { reportOf, StatusEvent } from '../status-event.ts'

const ONE = 'application/cloudevents+json'
const BATCH = 'application/cloudevents-batch+json'

const Result = z
  .object({
    source: z.string(),
    id: z.string(),
    outcome: z.enum(['moved', 'noop', 'stale', 'refused', 'duplicate']),
    earlier: z.enum(['moved', 'noop', 'stale', 'refused']).optional().openapi({ description: 'What a duplicate did' }),
    order: z.string(),
    code: z.string().optional().openapi({ description: 'Why it was refused' }),
    detail: z.string().optional(),
  })
  .openapi('EventResult')

/** What single events are answered with when they are refused. */
const SINGLE_STATUSES: Partial<Record<RefusalCode, 409 | 422>> = { order_archived: 409 }

const one = { schema: { $ref: '#/components/schemas/StatusEvent' } }
const batch = { schema: { type: 'array' as const, maxItems: EVENTS_MAX, items: one.schema } }

const postEvents = createRoute({
  method: 'post',
  path: '/v1/events',
  tags: ['Events'],
  summary: 'Take in status changes of orders, one or a batch',
  description: 'CloudEvents 1.0 in structured mode. `source` and `id` deduplicate. An unknown order is created.',
  // plain schemas: one list of hundreds is checked once, below, and not by each content type
  request: {
    body: {
      required: true,
      content: { [ONE]: one, [BATCH]: batch, 'application/json': { schema: { oneOf: [one.schema, batch.schema] } } },
    },
  },
  responses: { 202: json(z.object({ results: z.array(Result) }), 'One result per event, in their order'), ...PROBLEMS },
})

export const events = (store: Store) => {
  const receive = receiver(store)
  const made = routes()
  made.openAPIRegistry.register('StatusEvent', StatusEvent)
  return made.openapi(postEvents, async (c) => {
    const sent = parseEvents(c.var.json, mediaTypeOf(c))
    const taken = { workspaceId: c.var.workspaceId!, actor: c.var.actor, reports: sent.map(reportOf) }
    const isOne = !Array.isArray(c.var.json)
    const received = await (isOne ? receive.gathered(taken) : receive.alone(taken))
    c.set('changes', changesOf(received))
    const results = received.map((answer, i) => resultOf(sent[i]!, answer))
    const [first] = results
    if (isOne && first?.outcome === 'refused') throw new RefusedAs(SINGLE_STATUSES[first.code!] ?? 422, first.code!)
    return c.json({ results }, 202)
  })
}

/** Changes of one request that the log names. */
const LOGGED_MAX = 20
const changesOf = (received: readonly Received[]): string[] =>
  received
    .flatMap(({ outcomes }) => outcomes.flatMap((was) => (was.outcome === 'moved' ? [was.changeId] : [])))
    .slice(0, LOGGED_MAX)

interface Taken {
  workspaceId: string
  actor: Actor & { id: string }
  reports: OrderReport[]
}

/** A batch has a transaction of its own; single events that come together share one, as it costs about as much for all. */
function receiver(store: Store) {
  const alone = ({ workspaceId, actor, reports }: Taken): Promise<Received[]> =>
    store.inWorkspace(workspaceId, (tx) => receiveReports(tx, reports, { actor, nowMs: Date.now() }))
  const gathered = gather(
    ({ workspaceId, actor }: Taken) => `${workspaceId} ${actor.id}`,
    async (singles) => {
      const received = await alone({ ...singles[0]!, reports: singles.flatMap((s) => s.reports) })
      return received.map((one) => [one])
    },
    EVENTS_MAX,
  )
  return { alone, gathered }
}

function parseEvents(sent: unknown, mediaType: string): StatusEvent[] {
  const isBatch = Array.isArray(sent)
  if ((mediaType === ONE && isBatch) || (mediaType === BATCH && !isBatch))
    throw invalid(isBatch ? 'one event as an object is expected' : 'a list of events is expected')
  if (isBatch && sent.length > EVENTS_MAX) throw invalid(`at most ${EVENTS_MAX} events are taken at once`)
  const parsed = isBatch ? z.array(StatusEvent).safeParse(sent) : StatusEvent.safeParse(sent)
  if (!parsed.success) throw new RequestRefused('invalid_request', problemsOf(parsed.error.issues))
  return Array.isArray(parsed.data) ? parsed.data : [parsed.data]
}

const invalid = (detail: string) => new RequestRefused('invalid_request', [{ field: 'body', detail }])

function resultOf({ source, id, data }: StatusEvent, { duplicate, number, outcomes }: Received) {
  const [was] = outcomes
  if (!was) throw new Error(`the event ${id} of ${source} has no outcome`)
  return {
    source,
    id,
    ...(duplicate ? { outcome: 'duplicate' as const, earlier: was.outcome } : { outcome: was.outcome }),
    order: number ?? data.order.number,
    ...(was.outcome === 'refused' && { code: was.code, detail: REFUSALS[was.code] }),
  }
}
