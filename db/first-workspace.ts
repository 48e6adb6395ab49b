import { sql } from 'drizzle-orm'
import type { Store } from './client.ts'
import { publish, readPublished } from './home.ts'
import { newId } from './ids.ts'
import { type ApiKey, createWorkspace, formatApiKey, listWorkspaces, newApiKey, parseApiKey } from './workspaces.ts'

/** The file of the home that holds the key of the first workspace. */
export const KEY_FILE = 'api-key'
/** Any fixed number: whoever holds it looks whether there is a workspace, others wait. */
const LOCK = 4_000_003

/**
 * Makes a workspace where there is none, its Orders block on if it is for a demo. Source: S1-01, design 5.
 * Its key lies in the home before the workspace exists, so that whoever is killed between the two can go on.
 */
export async function ensureFirstWorkspace(
  store: Store,
  { demo, nowMs }: { demo: boolean; nowMs: number },
): Promise<void> {
  const wanted = { name: 'My shop', preset: 'call-centre', ordersEnabledBy: demo ? 'demo' : null } as const
  // a transaction that does nothing but wait and look: the workspace is made in one of its own
  await store.inWorkspace(newId(nowMs), async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`)
    const known = await listWorkspaces(store)
    if (known.length === 0) await createWorkspace(store, wanted, keptKey(), nowMs)
  })
}

function keptKey(): ApiKey {
  const kept = parseApiKey(readPublished(KEY_FILE) ?? '')
  if (kept) return kept
  const key = newApiKey()
  publish(KEY_FILE, formatApiKey(key))
  return key
}
