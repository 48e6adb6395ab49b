import type { Site } from './site.ts'

/** Statements that the application sent, as Postgres counted them, by what they are for. */
export type Statements = Record<Stage, number>
export type Stage = 'ingest' | 'walk' | 'handOver' | 'receipts'

/** Told apart by their text; the first that fits. What frames a transaction is not counted. */
const STAGES: [Stage | null, RegExp][] = [
  [null, /^(begin|commit|rollback|set |listen|select set_config|create extension)|pg_stat_statements|set_config/i],
  ['handOver', /claim_messages|begin_handing|settle_messages|release_messages|next_message_at|take_shard/],
  ['receipts', /find_channel|update sms_messages m set state = r\.state/],
  [
    'walk',
    /batches|cohorts|enrolments|open_controls|controls_done|open_changes|take_batch|stood_still|places|campaign_triggers|sms_messages|status_auto_sms|tidings_outbox/,
  ],
  ['ingest', /received_events|orders|customers|order_status|find_api_key|workspaces/],
]

export const resetStatements = ({ sql }: Site): Promise<unknown> => sql`select pg_stat_statements_reset()`

/** Since the last reset; what the benchmark itself asked is left out. */
export async function countStatements({ sql }: Site): Promise<Statements> {
  const counts: Statements = { ingest: 0, walk: 0, handOver: 0, receipts: 0 }
  const found = await sql<{ query: string; calls: number }[]>`
    select query, calls::int from pg_stat_statements s
    where toplevel and userid = (select oid from pg_roles where rolname = 'tidings_app')`
  for (const { query, calls } of found) {
    const stage = STAGES.find(([, text]) => text.test(query))?.[0]
    if (stage) counts[stage] += calls
  }
  return counts
}
