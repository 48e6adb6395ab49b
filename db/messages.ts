import { type SQL, sql } from 'drizzle-orm'
import { asIds, asJson, asTime, literally, rows, type Tx } from './client.ts'
import { newId } from './ids.ts'
import type { ChannelKind } from './model/channel.ts'
import { SEND_SHARDS } from './model/limits.ts'
import { type MessageState, SUPPRESSIONS, type Suppression } from './model/message.ts'
import { renderText } from './model/sms.ts'
import { listRecipients, type Recipient } from './text-facts.ts'

/** A text that something wants sent. */
export interface TextWish {
  dedupeKey: string
  orderId: string
  template: string
  /** 1 goes first. */
  priority: number
  enrolmentId?: string
  nodeId?: string
  statusId?: string
  changeId?: string
}

/** What became of a wish: `queued`, or why it will not be sent. */
export type Queued = { state: 'queued' } | { state: 'suppressed'; reason: Suppression }

/**
 * Writes texts to the ledger, rendered from fresh facts; one that stands there already is left alone.
 * What cannot be sent is written too, as suppressed with its reason. Source: store.md 3 and 5.5.
 */
export async function queueTexts(tx: Tx, wishes: readonly TextWish[], nowMs: number): Promise<Queued[]> {
  if (wishes.length === 0) return []
  const recipients = await listRecipients(tx, [...new Set(wishes.map((w) => w.orderId))])
  const messages = wishes.map((wish) => messageFor(wish, recipients.get(wish.orderId)!, newId(nowMs)))
  await tx.execute(sql`
    insert into sms_messages (id, workspace_id, channel_id, dedupe_key, order_id, customer_id, enrolment_id, node_id,
      status_id, change_id, phone, text, parts, state, reason, priority, shard, not_before, queued_at, finished_at)
    select m.id, tidings_workspace(), c.id, m."dedupeKey", m."orderId", m."customerId", m."enrolmentId", m."nodeId",
      m."statusId", m."changeId", m.phone, m.text, m.parts, m.state, m.reason, m.priority, m.shard, ${asTime(nowMs)},
      ${asTime(nowMs)}, case m.state when 'suppressed' then ${asTime(nowMs)} end
    from jsonb_to_recordset(${asJson(messages)}) as m(id uuid, "dedupeKey" text, "orderId" uuid, "customerId" uuid,
      "enrolmentId" uuid, "nodeId" text, "statusId" uuid, "changeId" uuid, phone text, text text, parts int, state text,
      reason text, priority int, shard int)
    cross join (select id from channels where in_use) c
    on conflict (workspace_id, dedupe_key) do nothing`)
  return messages.map(({ state, reason }) => (state === 'queued' ? { state } : { state, reason: reason! }))
}

function messageFor(wish: TextWish, recipient: Recipient, id: string) {
  const { template, ...rest } = wish
  const rendered = renderText(template, recipient.facts)
  const reason: Suppression | null =
    recipient.phone === null
      ? 'no_phone'
      : recipient.optedOut
        ? 'opted_out'
        : 'problem' in rendered
          ? rendered.problem
          : null
  const { text, parts } = 'problem' in rendered ? { text: '', parts: 0 } : rendered
  return {
    ...rest,
    id,
    customerId: recipient.customerId,
    phone: recipient.phone,
    text,
    parts,
    state: reason ? ('suppressed' as const) : ('queued' as const),
    reason,
    shard: shardOf(wish.orderId),
    // a text that was not sent does not use up its "once"
    dedupeKey: reason && wish.dedupeKey.endsWith(':once') ? `${wish.dedupeKey}:void:${id}` : wish.dedupeKey,
  }
}

/** An order's texts stay in one shard and so keep their order. */
const shardOf = (orderId: string): number => Number.parseInt(orderId.slice(-6), 16) % SEND_SHARDS

export interface Receipt {
  id: string
  state: 'delivered' | 'undelivered'
  reason?: string | undefined
  atMs: number
}

/** Takes in what the gateway says became of texts; a late or repeated word changes nothing. */
export async function recordReceipts(tx: Tx, channelId: string, receipts: readonly Receipt[]): Promise<number> {
  const list = receipts.map((r) => ({ ...r, reason: r.reason ?? (r.state === 'undelivered' ? 'undelivered' : null) }))
  const taken = await rows(
    tx,
    sql`update sms_messages m set state = r.state, reason = r.reason, finished_at = to_timestamp(r."atMs" / 1000.0),
          sent_at = coalesce(m.sent_at, to_timestamp(r."atMs" / 1000.0))
        from jsonb_to_recordset(${asJson(list)}) as r(id uuid, state text, reason text, "atMs" float8)
        where m.id = r.id and m.id = any(${asIds(list.map((r) => r.id))}) and m.channel_id = ${channelId} and (m.state <> 'queued' or m.attempts > 0)
          and m.state in ('queued', 'claimed', 'handing', 'unknown', 'sent')
        returning m.id`,
  )
  return taken.length
}

export interface MessageView {
  id: string
  order: string
  phone: string | null
  text: string
  parts: number
  state: string
  reason: string | null
  /** Why a suppressed text was never handed over, for people; null for others. */
  why: string | null
  campaign: string | null
  campaignId: string | null
  /** The code of the status whose auto-SMS it is. */
  status: string | null
  channel: ChannelKind
  queuedAt: string
  sentAt: string | null
  finishedAt: string | null
}

export interface MessageFilter {
  id?: string | undefined
  /** The number of an order. */
  order?: string | undefined
  state?: MessageState | undefined
  /** The id of a campaign. */
  campaign?: string | undefined
  channel?: ChannelKind | undefined
  /** E.164. */
  phone?: string | undefined
  /** A part of the text, the phone or the order's number. */
  q?: string | undefined
  limit: number
  offset: number
}

/** A page of the ledger, newest first, and how many there are in all. */
export async function listMessages(tx: Tx, filter: MessageFilter): Promise<{ total: number; messages: MessageView[] }> {
  // what a count does not look at, the database leaves out of it
  const from = sql`sms_messages m left join orders o on o.id = m.order_id left join channels h on h.id = m.channel_id
    left join enrolments e on e.id = m.enrolment_id left join campaigns c on c.id = e.campaign_id
    left join order_statuses s on s.id = m.status_id
    where ${matching(filter)}`
  const messages = await rows<Omit<MessageView, 'why'>>(
    tx,
    sql`select m.id, o.number as "order", m.phone, m.text, m.parts, m.state, m.reason, c.name as campaign,
          c.id as "campaignId", s.code as status, h.kind as channel,
          m.queued_at as "queuedAt", m.sent_at as "sentAt", m.finished_at as "finishedAt"
        from ${from} order by m.queued_at desc, m.id desc limit ${filter.limit} offset ${filter.offset}`,
  )
  const [count] = await rows<{ total: number }>(tx, sql`select count(*)::int as total from ${from}`)
  return { total: count!.total, messages: messages.map((message) => ({ ...message, why: whyNot(message) })) }
}

function matching({ id, order, state, campaign, channel, phone, q }: MessageFilter): SQL {
  const conditions = [sql`m.workspace_id = tidings_workspace()`]
  if (id !== undefined) conditions.push(sql`m.id = ${id}`)
  if (order !== undefined) conditions.push(sql`o.number = ${order}`)
  if (state !== undefined) conditions.push(sql`m.state = ${state}`)
  if (campaign !== undefined) conditions.push(sql`e.campaign_id = ${campaign}`)
  if (channel !== undefined) conditions.push(sql`h.kind = ${channel}`)
  if (phone !== undefined) conditions.push(sql`m.phone = ${phone}`)
  if (q) {
    const like = `%${literally(q)}%`
    conditions.push(sql`(m.text ilike ${like} or m.phone ilike ${like} or o.number ilike ${like})`)
  }
  return sql.join(conditions, sql` and `)
}

/** The sentence for a text that was suppressed; one for a reason of another release stays away. */
function whyNot({ state, reason }: { state: string; reason: string | null }): string | null {
  if (state !== 'suppressed' || reason === null || !Object.hasOwn(SUPPRESSIONS, reason)) return null
  return SUPPRESSIONS[reason as Suppression]
}
