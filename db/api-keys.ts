import { randomBytes, timingSafeEqual } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { asTime, iso, rows, type Store, type Tx } from './client.ts'
import { newId } from './ids.ts'
import type { Actor } from './model/moves.ts'
import { Refused } from './model/refusal.ts'
import { hashOf } from './secrets.ts'

/** A key as other systems send it: `td_ID_SECRET`. */
export interface ApiKey {
  id: string
  secret: string
}
export const newApiKey = (): ApiKey => ({ id: newId(), secret: randomBytes(32).toString('hex') })
export const formatApiKey = ({ id, secret }: ApiKey): string => `td_${id.replaceAll('-', '')}_${secret}`

/** Reads a key as it is sent; null when it cannot be one. */
export function parseApiKey(text: string): ApiKey | null {
  const match = /^td_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_([0-9a-f]{64})$/.exec(
    text.trim(),
  )
  return match ? { id: match.slice(1, 6).join('-'), secret: match[6]! } : null
}

/** What a key may do: an operator's also what only those who run Tidings may. Source: S1-02. */
export const ROLES = ['admin', 'operator'] as const
export type Role = (typeof ROLES)[number]

export async function addKey(
  tx: Tx,
  { name, role }: { name: string; role: Role },
  { id, secret }: ApiKey,
  nowMs: number,
): Promise<void> {
  await tx.execute(sql`
    insert into api_keys (id, workspace_id, name, role, hash, created_at)
    values (${id}, tidings_workspace(), ${name}, ${role}, ${hashOf(secret)}, ${asTime(nowMs)})`)
}

/** Lets keys of the operator role pass; people who are signed in are admins. @throws Refused operator_required */
export async function refuseOthersThanOperators(tx: Tx, { kind, id }: Actor): Promise<void> {
  const found = await rows(
    tx,
    sql`select from api_keys where ${kind} = 'key' and id::text = ${id} and role = 'operator' and revoked_at is null`,
  )
  if (found.length === 0) throw new Refused('operator_required')
}

/** Who a key belongs to; null for a wrong one. Takes the same time however much of the secret is right. */
export async function authenticate(store: Store, key: ApiKey): Promise<{ workspaceId: string; keyId: string } | null> {
  const [row] = await rows<{ workspace_id: string; hash: string }>(
    store.across,
    sql`select workspace_id, hash from find_api_key(${key.id})`,
  )
  const known = Buffer.from(row?.hash ?? '0'.repeat(64))
  const right = timingSafeEqual(known, Buffer.from(hashOf(key.secret)))
  return row && right ? { workspaceId: row.workspace_id, keyId: key.id } : null
}

/** A key as people see it: never its secret. */
export interface KeyView {
  id: string
  name: string
  role: Role
  createdAt: string
  revoked: boolean
}

/** The keys of the workspace, the oldest first. */
export async function listKeys(tx: Tx): Promise<KeyView[]> {
  return rows<KeyView>(
    tx,
    sql`select id, name, role, ${iso(sql`created_at`)} as "createdAt", revoked_at is not null as revoked
        from api_keys order by created_at, id`,
  )
}

/** Ends a key for good; nobody gets in with it from now on. Answers whether it was one that worked. */
export async function revokeKey(tx: Tx, id: string, nowMs: number): Promise<boolean> {
  const revoked = await rows(
    tx,
    sql`update api_keys set revoked_at = ${asTime(nowMs)} where id::text = ${id} and revoked_at is null returning id`,
  )
  return revoked.length > 0
}
