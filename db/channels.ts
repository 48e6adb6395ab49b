import { randomBytes } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { asJson, asTime, rows, type Tx } from './client.ts'
import { newId } from './ids.ts'
import {
  CHANNEL_KINDS,
  type ChannelKind,
  isSameServer,
  type KannelSettings,
  type KannelWish,
  problemsInKannel,
} from './model/channel.ts'
import { type Problem, Refused } from './model/refusal.ts'

const TOKEN_BYTES = 24
const PASSWORD_NEEDED: Problem[] = [
  { field: 'password', detail: 'a password is needed the first time, and for another server' },
]

/** A way out of a workspace; its password is never shown. */
export interface ChannelView {
  kind: ChannelKind
  /** Whether it can be put to use. */
  ready: boolean
  /** Whether new texts leave by it; true of exactly one. */
  inUse: boolean
  settings: (Omit<KannelSettings, 'password'> & { passwordSet: boolean }) | null
  /** The secret path for its receipts and replies; null before it was set up. */
  token: string | null
}

/** All ways out that there are, also those that are not set up. */
export async function listChannels(tx: Tx): Promise<ChannelView[]> {
  const found = await rows<Omit<ChannelView, 'ready'>>(
    tx,
    sql`select kind, in_use as "inUse", token, case when settings <> '{}' then
          settings - 'password' || jsonb_build_object('passwordSet', settings ? 'password') end as settings
        from channels`,
  )
  return CHANNEL_KINDS.map((kind) => {
    const channel = found.find((c) => c.kind === kind)
    return channel ? { ...channel, ready: true } : { kind, ready: false, inUse: false, settings: null, token: null }
  })
}

/**
 * Sets Kannel up or changes how it is reached; a password that is not given stays, but for another server, which must
 * not learn it. Texts wait for what is right, so those that are queued for it leave by the new settings. What is known
 * of its gateway is forgotten.
 * @throws Refused channel_invalid
 */
export async function setKannel(tx: Tx, wish: KannelWish, nowMs: number): Promise<void> {
  const problems = problemsInKannel(wish)
  if (problems.length > 0) throw new Refused('channel_invalid', problems)
  const [former] = await rows<{ url: string }>(
    tx,
    sql`select settings ->> 'url' as url from channels where kind = 'kannel' for update`,
  )
  if (wish.password === undefined && !(former && isSameServer(former.url, wish.url)))
    throw new Refused('channel_invalid', PASSWORD_NEEDED)
  await tx.execute(sql`
    insert into channels (id, workspace_id, kind, token, settings, created_at)
    values (${newId(nowMs)}, tidings_workspace(), 'kannel', ${randomBytes(TOKEN_BYTES).toString('base64url')},
      ${asJson(wish)}, ${asTime(nowMs)})
    on conflict (workspace_id, kind) do update set settings = channels.settings || excluded.settings,
      heard_at = null, failing_since = null, failing_reason = null`)
}

/** Lets new texts leave by this channel and no other; what is queued already leaves by the one it was queued for.
 *  @throws Refused channel_not_ready */
export async function useChannel(tx: Tx, kind: ChannelKind): Promise<void> {
  // two who choose at once take turns
  await tx.execute(sql`select from channels order by id for update`)
  // the index that holds "exactly one" looks at each row as it is written, so the former must go out first
  const chosen = await rows(
    tx,
    sql`with former as (update channels set in_use = false where in_use and kind <> ${kind} returning id)
        update channels set in_use = true where kind = ${kind} and (select count(*) from former) >= 0 returning id`,
  )
  if (chosen.length === 0) throw new Refused('channel_not_ready')
}
