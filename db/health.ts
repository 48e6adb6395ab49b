import { sql } from 'drizzle-orm'
import { ms, rows, type Store } from './client.ts'

/** A worker, or the engine behind it, that has not been heard of for so long is away, in milliseconds. */
export const SILENT_MAX_MS = 15_000

/** The parts that the product cannot work without and that do not answer; throws when the database does not. */
export async function listMissingParts(store: Store, nowMs: number): Promise<('database' | 'worker' | 'engine')[]> {
  const [row] = await rows<{ seen: number | null; engine: number | null }>(
    store.across,
    sql`select ${ms(sql`max(seen_at)`)} as seen, ${ms(sql`max(engine_at) filter (where seen_at > to_timestamp(${nowMs - SILENT_MAX_MS} / 1000.0))`)} as engine
        from workers`,
  )
  const isSilent = (lastMs: number | null | undefined) => lastMs == null || lastMs < nowMs - SILENT_MAX_MS
  if (isSilent(row?.seen)) return ['worker']
  return isSilent(row?.engine) ? ['engine'] : []
}
