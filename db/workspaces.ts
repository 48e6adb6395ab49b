import { randomBytes, timingSafeEqual } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { asTime, rows, type Store, type Tx } from './client.ts'
import { newId } from './ids.ts'
import type { Actor } from './model/moves.ts'
import type { Preset } from './model/preset.ts'
import { Refused } from './model/refusal.ts'
import { fillPreset } from './presets.ts'
import { hashOf } from './secrets.ts'

export interface Workspace {
  id: string
  name: string
  timezone: string
  region: string
  currency: string
  preset: string
  ordersEnabled: boolean
}

export interface NewWorkspace {
  name: string
  preset: Preset
  timezone?: string
  region?: string
  currency?: string
  /** Who switches its Orders block on while making it; null leaves it off. Source: S1-01, C15. */
  ordersEnabledBy: string | null
}

/** Makes a workspace with what its preset brings, one key of the admin role, and what `fill` puts into it. */
export async function createWorkspace(
  store: Store,
  wanted: NewWorkspace,
  apiKey: ApiKey,
  nowMs: number,
  fill: (tx: Tx) => Promise<void> = async () => {},
): Promise<string> {
  const id = newId(nowMs)
  const { name, preset, timezone = 'UTC', region = 'US', currency = 'USD', ordersEnabledBy: by } = wanted
  await store.inWorkspace(id, async (tx) => {
    const at = asTime(nowMs)
    await tx.execute(sql`
      insert into workspaces (id, name, preset, timezone, region, currency, orders_enabled, orders_enabled_at,
        orders_enabled_by, created_at)
      values (${id}, ${name}, ${preset}, ${timezone}, ${region}, ${currency}, ${by !== null},
        ${by === null ? sql`null` : at}, ${by}, ${at})`)
    await tx.execute(sql`
      insert into channels (id, workspace_id, kind, token, in_use, created_at)
      values (${newId(nowMs)}, ${id}, 'sandbox', ${randomBytes(24).toString('base64url')}, true, ${at})`)
    await fillPreset(tx, preset, nowMs)
    await addKey(tx, { name: 'first', role: 'admin' }, apiKey, nowMs)
    await fill(tx)
  })
  return id
}

/** The workspace of the transaction. @throws Refused orders_disabled while its Orders block is off. */
export async function getOpenWorkspace(tx: Tx): Promise<Workspace> {
  const workspace = await getWorkspace(tx)
  if (!workspace.ordersEnabled) throw new Refused('orders_disabled')
  return workspace
}

export async function getWorkspace(tx: Tx): Promise<Workspace> {
  const [row] = await rows<Workspace>(
    tx,
    sql`select id, name, timezone, region, currency, preset, orders_enabled as "ordersEnabled" from workspaces`,
  )
  if (!row) throw new Error('the workspace of this transaction does not exist')
  return row
}

/** The workspace, and who last switched its Orders block and when. A key is told by its name. Source: S1-02. */
export interface WorkspaceView extends Omit<Workspace, 'id'> {
  /** Null while they are off. */
  enabledAt: string | null
  enabledBy: string | null
  /** Null while they are on, and where nobody ever switched them. */
  disabledAt: string | null
  disabledBy: string | null
}

export async function viewWorkspace(tx: Tx): Promise<WorkspaceView> {
  const { id: _, ...workspace } = await getWorkspace(tx)
  const [last] = await rows<{ at: string | null; by: string | null }>(
    tx,
    sql`select w.orders_enabled_at as at, coalesce(k.name, w.orders_enabled_by) as by
        from workspaces w left join api_keys k on k.id::text = w.orders_enabled_by`,
  )
  const { at, by } = last!
  return workspace.ordersEnabled
    ? { ...workspace, enabledAt: at, enabledBy: by, disabledAt: null, disabledBy: null }
    : { ...workspace, enabledAt: null, enabledBy: null, disabledAt: at, disabledBy: by }
}

/**
 * Switches the Orders block on or off, tells open pages, and has kept bodies of shops looked at. What is as wanted
 * already stays, with who made it so. An operator's act. Source: S1-01, S1-02.
 */
export async function switchOrders(tx: Tx, enabled: boolean, by: string, nowMs: number): Promise<void> {
  await tx.execute(sql`
    with switched as (
      update workspaces set orders_enabled = ${enabled}, orders_enabled_at = ${asTime(nowMs)}, orders_enabled_by = ${by}
      where orders_enabled <> ${enabled} returning id)
    select pg_notify('tidings_changes', id || ' workspace'), pg_notify('tidings_inbound', '') from switched`)
}

export async function listWorkspaces(store: Store) {
  return rows<{ id: string; name: string; preset: string; orders_enabled: boolean }>(
    store.across,
    sql`select * from list_workspaces()`,
  )
}

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
