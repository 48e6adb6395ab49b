import { sql } from 'drizzle-orm'
import { asJson, asTime, type Store } from './client.ts'

/** What senders met at the gateway of a channel since they last said so. */
export interface HandOverWord {
  /** Of the channel. */
  id: string
  /** Texts that it took, and those that it refused for good. */
  handed: number
  failed: number
  /** Whether it takes no texts now; null: nothing new is known. */
  failing: boolean | null
  /** Why, where it fails. */
  reason: string | null
}

/** Counts texts that gateways took or refused, and writes since when and why a channel takes none, once that changes. */
export async function noteHandOvers(store: Store, words: readonly HandOverWord[], nowMs: number): Promise<void> {
  await store.across.execute(sql`select note_hand_overs(${asJson(words)}, ${asTime(nowMs)})`)
}
