import { sql } from 'drizzle-orm'
import { asTime, rows, type Store, type Tx } from './client.ts'
import { SILENT_MAX_MS } from './health.ts'
import type { ChannelKind } from './model/channel.ts'

/** A timer that should have looked so long ago is overdue, in milliseconds. */
const OVERDUE_MS = 30_000
/** What went wrong is shown for so long, in milliseconds. */
const LOOK_BACK_MS = 7 * 24 * 3_600_000
/** How many of what does not go on by itself are shown. */
const STUCK_MAX = 50

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

const FAILED = (nowMs: number) => sql`b.failed_at > ${asTime(nowMs - LOOK_BACK_MS)}`
const UNKNOWN = (nowMs: number) => sql`m.state = 'unknown' and m.queued_at > ${asTime(nowMs - LOOK_BACK_MS)}`

/** Counted in parts where that lets each be read from an index of its own. */
export async function countWork(tx: Tx, nowMs: number): Promise<Work> {
  const [work] = await rows<Work>(
    tx,
    sql`select
          (select count(*)::int from outbox where topic = 'order.status_changed' and batch_id is null)
            + (select count(*)::int from outbox where topic <> 'order.status_changed' and done_at is null) as "outboxWaiting",
          (select count(*)::int from batches where consequences_at is null and failed_at is null) as "batchesOpen",
          (select count(*)::int from batches b where ${FAILED(nowMs)}) as "batchesFailed",
          h.walking as "cohortsWalking", h.held as "cohortsHeld", h.stuck as "cohortsStuck",
          (select count(*)::int from places
           where closed_at is null and wake_at < ${asTime(nowMs - OVERDUE_MS)}) as "placesOverdue",
          (select count(*)::int from sms_messages where state = 'queued')
            + (select count(*)::int from sms_messages where state in ('claimed', 'handing')) as "textsQueued",
          (select count(*)::int from sms_messages m where ${UNKNOWN(nowMs)}) as "textsUnknown",
          (select count(*)::int from inbound_events where processed_at is null) as "inboundWaiting"
        from (
          select count(*) filter (where state = 'walking')::int as walking,
            count(*) filter (where state = 'held')::int as held, count(*) filter (where state = 'stuck')::int as stuck
          from cohorts where state <> 'rest') h`,
  )
  return work!
}

/** Something that does not go on by itself. */
export interface Stuck {
  kind: 'batch' | 'cohort' | 'text'
  id: string
  since: string
  error: string | null
  campaign: { id: string; name: string } | null
  /** The number of the order, where it is about one. */
  order: string | null
}

/** The order of a cohort that has one member to walk; null where there are more. */
const ONLY_MEMBER = sql`(select case when count(*) = 1 then min(e.order_id::text)::uuid end
  from enrolments e where e.cohort_id = cohorts.id and e.state = 'walking')`

/** The latest of what does not go on by itself: changes that failed, cohorts put aside, texts nobody knows about. */
export const listStuck = (tx: Tx, nowMs: number) =>
  rows<Stuck>(
    tx,
    sql`select s.kind, s.id, s.since, s.error, o.number as "order",
          case when k.id is not null then jsonb_build_object('id', k.id, 'name', k.name) end as campaign
        from (
          (select 'cohort' as kind, id, progress_at as since, error, campaign_id, ${ONLY_MEMBER} as order_id
           from cohorts where state = 'stuck' order by progress_at desc limit ${STUCK_MAX})
          union all
          (select 'batch', b.id, b.failed_at, b.error, null, c.order_id
           from batches b left join outbox x on x.batch_id = b.id left join order_status_changes c on c.id = x.subject_id
           where ${FAILED(nowMs)} order by b.failed_at desc limit ${STUCK_MAX})
          union all
          (select 'text', m.id, coalesce(m.handing_at, m.queued_at), m.reason, e.campaign_id, m.order_id
           from sms_messages m left join enrolments e on e.id = m.enrolment_id
           where ${UNKNOWN(nowMs)} order by m.queued_at desc limit ${STUCK_MAX})) s
        left join campaigns k on k.id = s.campaign_id left join orders o on o.id = s.order_id
        order by s.since desc, s.id limit ${STUCK_MAX}`,
  )

/** The kind of the channel by which new texts leave. */
export async function getChannelKind(tx: Tx): Promise<ChannelKind> {
  const [channel] = await rows<{ kind: ChannelKind }>(tx, sql`select kind from channels where in_use`)
  if (!channel) throw new Error('this workspace has no channel in use')
  return channel.kind
}
