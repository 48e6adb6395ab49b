import { sql } from 'drizzle-orm'
import { asJson, asTime, rows, type Tx } from './client.ts'
import { newId } from './ids.ts'
import { SEND_SHARDS } from './model/limits.ts'
import type { Suppression } from './model/message.ts'
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
        where m.id = r.id and m.channel_id = ${channelId} and (m.state <> 'queued' or m.attempts > 0)
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
  campaign: string | null
  status: string | null
  queuedAt: string
  sentAt: string | null
  finishedAt: string | null
}

/** A page of the ledger, newest first, and how many there are in all. */
export async function listMessages(
  tx: Tx,
  filter: { order?: string | undefined; state?: string | undefined; limit: number; offset: number },
): Promise<{ total: number; messages: MessageView[] }> {
  const where = sql`m.workspace_id = tidings_workspace()
    and (${filter.order ?? null}::text is null or o.number = ${filter.order ?? null})
    and (${filter.state ?? null}::text is null or m.state = ${filter.state ?? null})`
  const messages = await rows<MessageView>(
    tx,
    sql`select m.id, o.number as "order", m.phone, m.text, m.parts, m.state, m.reason, c.name as campaign, s.code as status,
          m.queued_at as "queuedAt", m.sent_at as "sentAt", m.finished_at as "finishedAt"
        from sms_messages m join orders o on o.id = m.order_id
        left join enrolments e on e.id = m.enrolment_id left join campaigns c on c.id = e.campaign_id
        left join order_statuses s on s.id = m.status_id
        where ${where} order by m.queued_at desc, m.id desc limit ${filter.limit} offset ${filter.offset}`,
  )
  const [count] = await rows<{ total: number }>(
    tx,
    sql`select count(*)::int as total from sms_messages m join orders o on o.id = m.order_id where ${where}`,
  )
  return { total: count!.total, messages }
}
