import { sql } from 'drizzle-orm'
import { asIds, asJson, asTexts, asTime, ms, rows, type Store } from './client.ts'

/** A text that a sender may hand over. */
export interface Claimed {
  id: string
  phone: string
  body: string
  parts: number
  channelId: string
  /** The kind of its channel. */
  kind: string
  /** The secret path for its receipts and replies. */
  token: string
  /** Of its channel, in the form of its kind. */
  settings: unknown
  /** The change that asked for it. */
  changeId: string | null
}

/** What the gateway said of a text, as the ledger keeps it. */
export interface Answer {
  id: string
  state: 'sent' | 'failed' | 'unknown' | 'queued'
  reason?: string
  gatewayId?: string
  /** For `queued`: not again before this many milliseconds. */
  afterMs?: number
}

/**
 * Makes `holder` the only one who may send from a shard. What the former holder was handing over is `unknown` from now
 * on, unless its channel is idempotent. Answers how many those are.
 */
export async function takeShard(
  store: Store,
  shard: number,
  holder: string,
  idempotentKinds: readonly string[],
  nowMs: number,
): Promise<number> {
  const [row] = await rows<{ lost: number }>(
    store.across,
    sql`select take_shard(${shard}, ${holder}, ${asTexts(idempotentKinds)}, ${asTime(nowMs)}) as lost`,
  )
  return row!.lost
}

/**
 * Up to `max` texts of a shard that may go now, channels in turn; none when another holds the shard, none of channels
 * that are given a rest.
 */
export const claimMessages = (
  store: Store,
  shard: number,
  holder: string,
  max: number,
  nowMs: number,
  restingIds: readonly string[] = [],
) =>
  rows<Claimed>(
    store.across,
    sql`select id, phone, body, parts, channel_id as "channelId", kind, token, settings, change_id as "changeId"
        from claim_messages(${shard}, ${holder}, ${max}, ${asIds(restingIds)}, ${asTime(nowMs)})`,
  )

export async function settleMessages(
  store: Store,
  holder: string,
  answers: readonly Answer[],
  nowMs: number,
): Promise<void> {
  await store.across.execute(sql`select settle_messages(${holder}, ${asAnswers(answers)}, ${asTime(nowMs)})`)
}

/**
 * Settles one group of texts and marks the next as being handed over, in one transaction and one trip. Only those it
 * answers may be given to the gateway.
 */
export async function swapMessages(
  store: Store,
  holder: string,
  answers: readonly Answer[],
  ids: readonly string[],
  nowMs: number,
): Promise<Set<string>> {
  const found = await rows<{ id: string }>(
    store.across,
    sql`select id from swap_messages(${holder}, ${asAnswers(answers)}, ${asIds(ids)}, ${asTime(nowMs)}) as id`,
  )
  return new Set(found.map((f) => f.id))
}

const asAnswers = (answers: readonly Answer[]) =>
  asJson(
    answers.map(({ id, state, reason, gatewayId, afterMs }) => ({
      id,
      state,
      reason,
      gateway_id: gatewayId,
      after_ms: afterMs,
    })),
  )

/** Gives claimed texts back that were not handed over. */
export async function releaseMessages(store: Store, holder: string, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await store.across.execute(sql`select release_messages(${holder}, ${asIds(ids)})`)
}

/** When the earliest queued text of a shard may go, but for channels that rest, in epoch ms; null when none waits. */
export async function nextMessageAt(
  store: Store,
  shard: number,
  restingIds: readonly string[] = [],
): Promise<number | null> {
  const at = sql`next_message_at(${shard}, ${asIds(restingIds)})`
  const [row] = await rows<{ at: number | null }>(store.across, sql`select ${ms(at)} as at`)
  return row!.at
}
