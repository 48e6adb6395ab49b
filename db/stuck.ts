import { sql } from 'drizzle-orm'
import { asTime, rows, type Tx } from './client.ts'
import { tellToGo } from './cohorts.ts'
import type { ChannelKind } from './model/channel.ts'
import { SEND_SHARDS } from './model/limits.ts'
import { Refused } from './model/refusal.ts'

/** What went wrong is shown for so long, in milliseconds. */
const LOOK_BACK_MS = 7 * 24 * 3_600_000
/** A gateway that has taken no text for so long needs somebody, in milliseconds. */
const FAILING_MS = 60_000
/** How many of what does not go on by itself are shown. */
const STUCK_MAX = 50

/** Of batches `b`, and of messages `m`. */
export const failedLately = (nowMs: number) => sql`b.failed_at > ${asTime(nowMs - LOOK_BACK_MS)}`
export const unknownLately = (nowMs: number) =>
  sql`m.state = 'unknown' and m.queued_at > ${asTime(nowMs - LOOK_BACK_MS)}`

/** Something that does not go on by itself; a gateway, because its texts do not. */
export interface Stuck {
  kind: 'batch' | 'cohort' | 'text' | 'gateway'
  id: string
  since: string
  error: string | null
  campaign: { id: string; name: string } | null
  /** The number of the order, where it is about one. */
  order: string | null
  /** Which gateway, where it is about one. */
  channel: ChannelKind | null
}

/** The order of a cohort that has one member to walk; null where there are more. */
const ONLY_MEMBER = sql`(select case when count(*) = 1 then min(e.order_id::text)::uuid end
  from enrolments e where e.cohort_id = cohorts.id and e.state = 'walking')`

/** Texts wait for the channel `h`, or are tried at it just now. */
const WAITED_FOR = sql`(
  exists (select from generate_series(0, ${SEND_SHARDS - 1}::int) s(n) cross join lateral (
    select from sms_messages m where m.shard = s.n and m.channel_id = h.id and m.state = 'queued' limit 1) m)
  or exists (select from sms_messages m where m.state in ('claimed', 'handing') and m.channel_id = h.id))`

/**
 * The latest of what does not go on by itself: gateways that leave texts waiting, changes that failed, cohorts put
 * aside, texts nobody knows about. Gateways come first, for they hold up the most.
 */
export const listStuck = (tx: Tx, nowMs: number) =>
  rows<Stuck>(
    tx,
    sql`select s.kind, s.id, s.since, s.error, o.number as "order", s.channel,
          case when k.id is not null then jsonb_build_object('id', k.id, 'name', k.name) end as campaign
        from (
          (select 'cohort' as kind, id, progress_at as since, error, campaign_id, ${ONLY_MEMBER} as order_id, null as channel
           from cohorts where state = 'stuck' order by progress_at desc limit ${STUCK_MAX})
          union all
          (select 'batch', b.id, b.failed_at, b.error, null, c.order_id, null
           from batches b left join outbox x on x.batch_id = b.id and b.size = 1 left join order_status_changes c on c.id = x.subject_id
           where ${failedLately(nowMs)} order by b.failed_at desc limit ${STUCK_MAX})
          union all
          (select 'text', m.id, coalesce(m.handing_at, m.queued_at), m.reason, e.campaign_id, m.order_id, null
           from sms_messages m left join enrolments e on e.id = m.enrolment_id
           where ${unknownLately(nowMs)} order by m.queued_at desc limit ${STUCK_MAX})
          union all
          (select 'gateway', h.id, h.failing_since, h.failing_reason, null, null, h.kind
           from channels h where h.failing_since <= ${asTime(nowMs - FAILING_MS)} and ${WAITED_FOR})) s
        left join campaigns k on k.id = s.campaign_id left join orders o on o.id = s.order_id
        order by s.kind = 'gateway' desc, s.since desc, s.id limit ${STUCK_MAX}`,
  )

/** What is put aside and may be tried again: what it did stands, and what may happen once happens once. */
export const RETRIED_KINDS = ['batch', 'cohort'] as const

/**
 * Lets something that was put aside go on where it stopped, as if it had not been tried before.
 * @throws Refused not_stuck, also when somebody else was faster
 */
export async function retryStuck(
  tx: Tx,
  kind: (typeof RETRIED_KINDS)[number],
  id: string,
  nowMs: number,
): Promise<void> {
  const [retried] = await rows(tx, RETRIES[kind](id, nowMs))
  if (!retried) throw new Refused('not_stuck')
}

/** The relay looks for batches that it has not given to the engine; a cohort is asked for. Both are told at the commit. */
const RETRIES = {
  batch: (id: string) => sql`
    with retried as (
      update batches set failed_at = null, error = null, started_at = null, restarts = 0
      where id = ${id} and failed_at is not null and consequences_at is null returning id)
    select pg_notify('tidings_outbox', '') from retried`,
  cohort: (id: string, nowMs: number) => sql`
    with retried as (
      update cohorts set state = 'walking', error = null, restarts = 0, progress_at = ${asTime(nowMs)}
      where id = ${id} and state = 'stuck' returning id, workspace_id)
    ${tellToGo(sql`retried`, nowMs)}`,
}
