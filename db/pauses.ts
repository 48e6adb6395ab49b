import { sql } from 'drizzle-orm'
import { asIds, rows, type Tx } from './client.ts'

/**
 * Of campaigns that were seen paused, those that still are; they stay so until the transaction ends, or one resumed
 * meanwhile would leave behind whom it holds. Campaigns that are live are not locked: a pause waits for no step.
 */
export async function holdPaused(tx: Tx, campaignIds: readonly string[]): Promise<Set<string>> {
  if (campaignIds.length === 0) return new Set()
  const held = await rows<{ id: string }>(
    tx,
    sql`select id from campaigns where id = any(${asIds([...new Set(campaignIds)])}) and state = 'paused'
        order by id for no key update`,
  )
  return new Set(held.map((campaign) => campaign.id))
}
