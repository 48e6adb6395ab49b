import { sql } from 'drizzle-orm'
import { createCampaign } from './campaigns.ts'
import { asJson, asTime, type Tx } from './client.ts'
import { newId } from './ids.ts'
import { PRESETS, type Preset } from './model/preset.ts'
import { AXES } from './model/status.ts'

/** Gives a new workspace what its preset brings: statuses, and campaigns as drafts. Source: C14. */
export async function fillPreset(tx: Tx, preset: Preset, nowMs: number): Promise<void> {
  await insertStatuses(tx, preset, nowMs)
  // a handful at most
  for (const { name, draft } of PRESETS[preset].campaigns) await createCampaign(tx, name, draft, nowMs)
}

async function insertStatuses(tx: Tx, preset: Preset, nowMs: number): Promise<void> {
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
