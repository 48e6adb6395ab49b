import { createCampaign } from './campaigns.ts'
import type { Tx } from './client.ts'
import { PRESETS, type Preset } from './model/preset.ts'
import { AXES } from './model/status.ts'
import { insertStatuses } from './status-rows.ts'

/** Gives a new workspace what its preset brings: statuses, and campaigns as drafts. Source: C14. */
export async function fillPreset(tx: Tx, preset: Preset, nowMs: number): Promise<void> {
  const statuses = AXES.flatMap((type) =>
    PRESETS[preset][type].map(({ locked = false, ...status }, i) => ({
      ...status,
      type,
      origin: 'built_in' as const,
      isLocked: locked,
      isInitial: i === 0,
    })),
  )
  await insertStatuses(tx, statuses, nowMs)
  // a handful at most
  for (const { name, draft } of PRESETS[preset].campaigns) await createCampaign(tx, name, draft, nowMs)
}
