import { sql } from 'drizzle-orm'
import { asTime, rows, type Store, type Tx } from './client.ts'
import { readReply } from './model/sms.ts'

export interface ChannelOwner {
  workspaceId: string
  id: string
  kind: string
}

/** Whose channel a secret path belongs to; undefined for a wrong one. */
export async function findChannel(store: Store, token: string): Promise<ChannelOwner | undefined> {
  const [found] = await rows<ChannelOwner>(
    store.across,
    sql`select workspace_id as "workspaceId", id, kind from find_channel(${token})`,
  )
  return found
}

/** Takes in a text from a phone, once. STOP unsubscribes its number in this workspace, START subscribes it again. */
export async function recordReply(
  tx: Tx,
  channelId: string,
  reply: { id: string; phone: string; text: string },
  nowMs: number,
): Promise<void> {
  const fresh = await rows(
    tx,
    sql`insert into replies (workspace_id, channel_id, id, phone, text, received_at)
        values (tidings_workspace(), ${channelId}, ${reply.id}, ${reply.phone}, ${reply.text}, ${asTime(nowMs)})
        on conflict do nothing returning id`,
  )
  if (fresh.length === 0) return
  const wish = readReply(reply.text)
  if (wish === 'stop') {
    await tx.execute(sql`
      insert into opt_outs (workspace_id, phone, since, source)
      values (tidings_workspace(), ${reply.phone}, ${asTime(nowMs)}, 'reply') on conflict do nothing`)
  }
  if (wish === 'start') await tx.execute(sql`delete from opt_outs where phone = ${reply.phone}`)
}
