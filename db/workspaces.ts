import { randomBytes, timingSafeEqual } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { asJson, asTime, rows, type Store, type Tx } from './client.ts'
import { newId } from './ids.ts'
import { PRESETS, type Preset } from './model/preset.ts'
import { Refused } from './model/refusal.ts'
import { AXES } from './model/status.ts'
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
    await insertPreset(tx, preset, nowMs)
    await addKey(tx, 'first', apiKey, nowMs)
    await fill(tx)
  })
  return id
}

async function insertPreset(tx: Tx, preset: Preset, nowMs: number): Promise<void> {
  const list = AXES.flatMap((axis) =>
    PRESETS[preset][axis].map((s, position) => ({
      locked: false,
      ...s,
      id: newId(nowMs),
      axis,
      position,
      initial: position === 0,
    })),
  )
  await tx.execute(sql`
    insert into order_statuses (id, workspace_id, axis, name, name_key, code, group_code, delivery_kind, payment_kind,
      origin, is_locked, is_initial, position, created_at)
    select id, tidings_workspace(), axis, name, lower(name), code, case axis when 'general' then meaning end,
      case axis when 'delivery' then meaning end, case axis when 'payment' then meaning end,
      'built_in', locked, initial, position, ${asTime(nowMs)}
    from jsonb_to_recordset(${asJson(list)}) as s(id uuid, axis text, name text, code text, meaning text,
      locked bool, initial bool, position int)`)
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

/** Switches the Orders block on; an operator's act. Source: S1-02. */
export async function enableOrders(tx: Tx, by: string, nowMs: number): Promise<void> {
  await tx.execute(sql`
    update workspaces set orders_enabled = true, orders_enabled_at = ${asTime(nowMs)}, orders_enabled_by = ${by}
    where not orders_enabled`)
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

async function addKey(tx: Tx, name: string, { id, secret }: ApiKey, nowMs: number): Promise<void> {
  await tx.execute(sql`
    insert into api_keys (id, workspace_id, name, role, hash, created_at)
    values (${id}, tidings_workspace(), ${name}, 'admin', ${hashOf(secret)}, ${asTime(nowMs)})`)
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
