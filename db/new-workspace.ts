import { randomBytes } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { type ApiKey, addKey } from './api-keys.ts'
import { asTime, type Store, type Tx } from './client.ts'
import { newId } from './ids.ts'
import type { Preset } from './model/preset.ts'
import { fillPreset } from './presets.ts'

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
