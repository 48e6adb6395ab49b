import { sql } from 'drizzle-orm'
import { asTime, rows, type Store, type Tx } from './client.ts'
import { SILENT_MAX_MS } from './health.ts'
import type { ChannelKind } from './model/channel.ts'
import { failedLately, unknownLately } from './stuck.ts'

/** A timer that should have looked so long ago is overdue, in milliseconds. */
const OVERDUE_MS = 30_000

export interface Part {
  name: 'database' | 'engine' | 'worker'
  state: 'up' | 'down' | 'unknown'
  /** The version of the database; how many workers there are. */
  detail: string | null
  /** When it was last heard of. */
  since: string | null
}

/** Whether what all workspaces share works. The engine is known by its workers only. */
export async function listParts(store: Store, nowMs: number): Promise<Part[]> {
  const alive = sql`seen_at > ${asTime(nowMs - SILENT_MAX_MS)}`
  const [row] = await rows<{
    version: string
    workers: number
    seenAt: string | null
    engineAt: string | null
    fresh: boolean
  }>(
    store.across,
    sql`select current_setting('server_version') as version, count(*) filter (where ${alive})::int as workers,
          max(seen_at) as "seenAt", max(engine_at) filter (where ${alive}) as "engineAt",
          coalesce(max(engine_at) filter (where ${alive}) > ${asTime(nowMs - SILENT_MAX_MS)}, false) as fresh
        from workers`,
  )
  const { version, workers, seenAt, engineAt, fresh } = row!
  return [
    { name: 'database', state: 'up', detail: `Postgres ${version.split(' ')[0]}`, since: null },
    { name: 'engine', state: workers === 0 ? 'unknown' : fresh ? 'up' : 'down', detail: null, since: engineAt },
    { name: 'worker', state: workers === 0 ? 'down' : 'up', detail: `${workers}`, since: seenAt },
  ]
}

/** What a workspace has under way, counted. */
export interface Work {
  /** Changes and wakes that the engine has not been given. */
  outboxWaiting: number
  batchesOpen: number
  batchesFailed: number
  cohortsWalking: number
  cohortsHeld: number
  cohortsStuck: number
  /** Places whose timer should have looked already. */
  placesOverdue: number
  /** Texts that are not handed over yet. */
  textsQueued: number
  /** Texts of which nobody knows whether the gateway took them. */
  textsUnknown: number
  inboundWaiting: number
}

/** Counted in parts where that lets each be read from an index of its own. */
export async function countWork(tx: Tx, nowMs: number): Promise<Work> {
  const [work] = await rows<Work>(
    tx,
    sql`select
          (select count(*)::int from outbox where topic = 'order.status_changed' and batch_id is null)
            + (select count(*)::int from outbox where topic <> 'order.status_changed' and done_at is null) as "outboxWaiting",
          (select count(*)::int from batches where consequences_at is null and failed_at is null) as "batchesOpen",
          (select count(*)::int from batches b where ${failedLately(nowMs)}) as "batchesFailed",
          h.walking as "cohortsWalking", h.held as "cohortsHeld", h.stuck as "cohortsStuck",
          (select count(*)::int from places
           where closed_at is null and wake_at < ${asTime(nowMs - OVERDUE_MS)}) as "placesOverdue",
          (select count(*)::int from sms_messages where state = 'queued')
            + (select count(*)::int from sms_messages where state in ('claimed', 'handing')) as "textsQueued",
          (select count(*)::int from sms_messages m where ${unknownLately(nowMs)}) as "textsUnknown",
          (select count(*)::int from inbound_events where processed_at is null) as "inboundWaiting"
        from (
          select count(*) filter (where state = 'walking')::int as walking,
            count(*) filter (where state = 'held')::int as held, count(*) filter (where state = 'stuck')::int as stuck
          from cohorts where state <> 'rest') h`,
  )
  return work!
}

/** The channel by which new texts leave, and what its gateway did when a text was last given to it. */
export interface ChannelInUse {
  kind: ChannelKind
  /** When it last began to take texts; null before the first. */
  heardAt: string | null
  /** Since when it takes none, and why; null while it does. */
  failingSince: string | null
  failingReason: string | null
}

export async function getChannelInUse(tx: Tx): Promise<ChannelInUse> {
  const [channel] = await rows<ChannelInUse>(
    tx,
    sql`select kind, heard_at as "heardAt", failing_since as "failingSince", failing_reason as "failingReason"
        from channels where in_use`,
  )
  if (!channel) throw new Error('this workspace has no channel in use')
  return channel
}
