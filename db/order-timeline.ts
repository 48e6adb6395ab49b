import { type SQL, sql } from 'drizzle-orm'
import { actorName } from './actors.ts'
import { iso, rows, type Tx } from './client.ts'
import { titleOf } from './model/campaign.ts'
import type { Axis } from './model/status.ts'

export interface HistoryEntry {
  type: Axis
  seq: number
  from: string | null
  to: string
  changedAt: string
  recordedAt: string
  /** `name` is null where nobody has one. */
  actor: { kind: string; id: string | null; name: string | null }
  reason: string | null
}

const nameOf = (row: SQL) => actorName(sql`${row}.actor_kind`, sql`${row}.actor_id`)
const actorOf = (row: SQL) =>
  sql`jsonb_build_object('kind', ${row}.actor_kind, 'id', ${row}.actor_id, 'name', ${nameOf(row)})`
const byWhom = (row: string) => sql`'actorId', ${sql.raw(row)}.actor_id, 'actorName', ${nameOf(sql.raw(row))}`

/** Where a change stands in an order's past: when the store learnt of it; an import tells of a past before the store. */
const MOMENT = sql.raw(`case h.actor_kind when 'import' then h.changed_at else h.recorded_at end`)
/** A change that waited for the order's lock was asked for before those it waited for; its sequence decides. */
const INSIDE_AXIS = sql`max(${MOMENT}) over (partition by h.axis order by h.seq)`

/** Every status change of an order, oldest first. */
export const listHistory = (tx: Tx, orderId: string) =>
  rows<HistoryEntry>(
    tx,
    sql`select h.axis as type, h.seq, f.code as "from", t.code as "to", h.changed_at as "changedAt",
          h.recorded_at as "recordedAt", ${actorOf(sql.raw('h'))} as actor, h.reason
        from order_status_changes h left join order_statuses f on f.id = h.from_status_id
        join order_statuses t on t.id = h.to_status_id
        where h.order_id = ${orderId} order by ${INSIDE_AXIS}, h.axis, h.seq`,
  )

/** Everything that happened to an order, oldest first: statuses, refusals, campaign steps, texts and their receipts. */
export interface TimelineEntry {
  at: string
  kind: 'status' | 'refusal' | 'enrolment' | 'step' | 'message' | 'receipt'
  /** What a page shows of it; its form depends on `kind`. */
  data: Record<string, unknown>
}

export async function listTimeline(tx: Tx, orderId: string): Promise<TimelineEntry[]> {
  return rows<TimelineEntry>(
    tx,
    sql`select at, kind, data from (
      select ${MOMENT} as at, 'status' as kind, 1 as rank, ${INSIDE_AXIS} as moment, h.seq,
        jsonb_build_object('type', h.axis, 'from', f.name, 'to', t.name, 'actor', h.actor_kind, 'reason', h.reason,
          'silent', h.silent, 'fromCode', f.code, 'fromMeaning', f.meaning, 'toCode', t.code, 'toMeaning', t.meaning, ${byWhom('h')}) as data
      from order_status_changes h left join order_statuses f on f.id = h.from_status_id
      join order_statuses t on t.id = h.to_status_id where h.order_id = ${orderId}
      union all
      select r.recorded_at, 'refusal', 2, r.recorded_at, 0,
        jsonb_build_object('type', r.axis, 'wanted', s.name, 'actor', r.actor_kind, 'code', r.code,
          'wantedCode', s.code, 'wantedMeaning', s.meaning, ${byWhom('r')})
      from status_change_refusals r join order_statuses s on s.id = r.wanted_status_id where r.order_id = ${orderId}
      union all
      select e.entered_at, 'enrolment', 3, e.entered_at, 0,
        jsonb_build_object('campaign', k.name, 'campaignId', k.id, 'version', v.number, 'state', e.state, 'endReason', e.end_reason)
      from enrolments e join campaigns k on k.id = e.campaign_id join campaign_versions v on v.id = e.version_id
      where e.order_id = ${orderId}
      union all
      select s.at, 'step', 4, s.at, 0,
        jsonb_build_object('campaign', k.name, 'campaignId', k.id, 'version', v.number, 'step', n.step ->> 'id', 'kind', n.step ->> 'kind',
          'title', n.step ->> 'title', 'outcome', s.outcome, 'until', ${iso(sql`s.until`)})
      from enrolments e join enrolment_steps s on s.enrolment_id = e.id join campaigns k on k.id = e.campaign_id
      join campaign_versions v on v.id = e.version_id
      left join lateral (select step from jsonb_array_elements(v.document -> 'steps') step where step ->> 'id' = s.node_id) n on true
      where e.order_id = ${orderId}
      union all
      select m.queued_at, 'message', 5, m.queued_at, 0,
        jsonb_build_object('id', m.id, 'phone', m.phone, 'text', m.text, 'parts', m.parts, 'state', m.state, 'reason', m.reason,
          'sentAt', ${iso(sql`m.sent_at`)}, 'campaign', k.name, 'campaignId', k.id, 'step', m.node_id, 'status', s.name)
      from sms_messages m left join enrolments e on e.id = m.enrolment_id left join campaigns k on k.id = e.campaign_id
      left join order_statuses s on s.id = m.status_id
      where m.order_id = ${orderId}
      union all
      select m.finished_at, 'receipt', 6, m.finished_at, 0,
        jsonb_build_object('id', m.id, 'state', m.state, 'reason', m.reason)
      from sms_messages m where m.order_id = ${orderId} and m.state in ('delivered', 'undelivered')
    ) t order by moment, rank, seq`,
  )
}

/** A campaign's wait that an order is in. */
export interface OrderWait {
  campaign: string
  campaignId: string
  version: number
  step: string
  title: string
  until: string
}

/** The waits an order is in, the earliest end first. */
export async function listWaits(tx: Tx, orderId: string): Promise<OrderWait[]> {
  const found = await rows<Omit<OrderWait, 'title'> & { title: string | null }>(
    tx,
    sql`select k.name as campaign, k.id as "campaignId", v.number as version, e.node_id as step, e.due_at as until,
          (select s ->> 'title' from jsonb_array_elements(v.document -> 'steps') s where s ->> 'id' = e.node_id) as title
        from enrolments e join campaigns k on k.id = e.campaign_id join campaign_versions v on v.id = e.version_id
        where e.order_id = ${orderId} and e.state = 'waiting' order by e.due_at, e.id`,
  )
  return found.map((wait) => ({ ...wait, title: titleOf({ title: wait.title ?? undefined, kind: 'wait' }) }))
}
