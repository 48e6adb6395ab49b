import { sql } from 'drizzle-orm'
import { asTime, ms, rows, type Tx } from './client.ts'
import { SEND_SHARDS } from './model/limits.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** Texts of a queue among which the oldest is looked for: those that go next. */
const LOOKED_AT_MAX = 100

/** How long the oldest of what waits has waited, in ms; null where nothing does. */
export interface Lag {
  /** A change that the engine has not been given. */
  changesMs: number | null
  /** A text that could have gone. One that is tried again and again waits since it was queued. */
  textsMs: number | null
  /** A timer that should have looked. */
  deadlinesMs: number | null
}

export async function measureLag(tx: Tx, nowMs: number): Promise<Lag> {
  const now = asTime(nowMs)
  const [oldest] = await rows<Lag>(
    tx,
    sql`select
          ${ms(sql`least(oldest_change(), (select min(created_at) from batches
            where started_at is null and consequences_at is null and failed_at is null))`)} as "changesMs",
          ${ms(sql`(
            select min(m.queued_at) from channels h
            cross join generate_series(0, ${SEND_SHARDS - 1}::int) s(n) cross join (values (1), (2)) p(priority)
            cross join lateral (
              select queued_at from sms_messages
              where shard = s.n and channel_id = h.id and priority = p.priority and state = 'queued'
                and (not_before <= ${now} or attempts > 0)
              order by not_before limit ${LOOKED_AT_MAX}) m)`)} as "textsMs",
          ${ms(sql`(select min(wake_at) from places where closed_at is null and wake_at < ${now})`)} as "deadlinesMs"`,
  )
  const since = (atMs: number | null) => (atMs === null ? null : Math.max(0, Math.round(nowMs - atMs)))
  const { changesMs, textsMs, deadlinesMs } = oldest!
  return { changesMs: since(changesMs), textsMs: since(textsMs), deadlinesMs: since(deadlinesMs) }
}

/** How much happened lately. */
export interface Recent {
  lastMinute: number
  lastHour: number
}

export interface Rates {
  /** Changes that were put into batches for the engine. */
  changes: Recent
  /** Texts that gateways took, to ten seconds. */
  textsHanded: Recent
  /** Texts that they refused for good, to ten seconds. */
  textsFailed: Recent
}

/** Read from batches, whose ids begin with their time, and from what senders counted; never from changes or texts. */
export async function countRecent(tx: Tx, nowMs: number): Promise<Rates> {
  const [minute, hour] = [asTime(nowMs - MINUTE_MS), asTime(nowMs - HOUR_MS)]
  const [row] = await rows<Record<`${keyof Rates}${'Minute' | 'Hour'}`, number>>(
    tx,
    sql`select b.*, h.* from
          (select coalesce(sum(size) filter (where id >= first_id_of(${minute})), 0)::int as "changesMinute",
             coalesce(sum(size), 0)::int as "changesHour"
           from batches where id >= first_id_of(${hour})) b,
          (select coalesce(sum(handed) filter (where at > ${minute}), 0)::int as "textsHandedMinute",
             coalesce(sum(handed), 0)::int as "textsHandedHour",
             coalesce(sum(failed) filter (where at > ${minute}), 0)::int as "textsFailedMinute",
             coalesce(sum(failed), 0)::int as "textsFailedHour"
           from hand_over_counts where at > ${hour}) h`,
  )
  const of = (name: keyof Rates): Recent => ({ lastMinute: row![`${name}Minute`], lastHour: row![`${name}Hour`] })
  return { changes: of('changes'), textsHanded: of('textsHanded'), textsFailed: of('textsFailed') }
}
