import { sql } from 'drizzle-orm'
import { asTime, enter, rows, type Store, type Tx } from './client.ts'
import { newId } from './ids.ts'
import { hashOf, isSecret, newSecret } from './secrets.ts'

const LINK_LASTS_MS = 24 * 3_600_000
/** How long a browser stays signed in, counted from its sign-in. */
export const SESSION_LASTS_MS = 30 * 24 * 3_600_000

/** Makes a link that signs one browser in, once and within a day. Answers its secret; forgets links that are over. */
export async function addSignInLink(tx: Tx, nowMs: number): Promise<string> {
  const secret = newSecret()
  await tx.execute(sql`
    with over as (delete from sign_in_links where expires_at <= ${asTime(nowMs)})
    insert into sign_in_links (id, workspace_id, hash, created_at, expires_at)
    values (${newId(nowMs)}, tidings_workspace(), ${hashOf(secret)}, ${asTime(nowMs)}, ${asTime(nowMs + LINK_LASTS_MS)})`)
  return secret
}

/** Spends a link and begins a session. Answers the session's secret; null for a wrong, used or late link. */
export async function signIn(store: Store, link: string, nowMs: number): Promise<string | null> {
  if (!isSecret(link)) return null
  const secret = newSecret()
  // the link tells the workspace, and is spent only together with the session it brings
  return store.inWorkspace(newId(nowMs), async (tx) => {
    const [spent] = await rows<{ id: string }>(
      tx,
      sql`select workspace_id as id from use_sign_in_link(${hashOf(link)}, ${asTime(nowMs)})`,
    )
    if (!spent) return null
    await enter(tx, spent.id)
    await addSession(tx, secret, nowMs)
    return secret
  })
}

async function addSession(tx: Tx, secret: string, nowMs: number): Promise<void> {
  await tx.execute(sql`
    with over as (delete from sessions where expires_at <= ${asTime(nowMs)} or ended_at is not null)
    insert into sessions (id, workspace_id, hash, created_at, expires_at)
    values (${newId(nowMs)}, tidings_workspace(), ${hashOf(secret)}, ${asTime(nowMs)}, ${asTime(nowMs + SESSION_LASTS_MS)})`)
}

/** Whose browser sends this secret; null once its session is over. */
export async function findSession(
  store: Store,
  secret: string,
  nowMs: number,
): Promise<{ workspaceId: string; sessionId: string } | null> {
  if (!isSecret(secret)) return null
  const [row] = await rows<{ workspaceId: string; sessionId: string }>(
    store.across,
    sql`select workspace_id as "workspaceId", id as "sessionId" from find_session(${hashOf(secret)}, ${asTime(nowMs)})`,
  )
  return row ?? null
}

/** Signs a browser out; one that is out stays so. */
export async function endSession(tx: Tx, id: string, nowMs: number): Promise<void> {
  await tx.execute(sql`update sessions set ended_at = ${asTime(nowMs)} where id = ${id} and ended_at is null`)
}
