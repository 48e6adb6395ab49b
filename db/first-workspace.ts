import { sql } from 'drizzle-orm'
import { type ApiKey, formatApiKey, newApiKey, parseApiKey } from './api-keys.ts'
import type { Store } from './client.ts'
import { fillDemo } from './demo.ts'
import { publish, readPublished } from './home.ts'
import { newId } from './ids.ts'
import { createWorkspace } from './new-workspace.ts'
import { listWorkspaces } from './workspaces.ts'

/** The file of the home that holds the key of the first workspace. */
export const KEY_FILE = 'api-key'
/** Any fixed number: whoever holds it looks whether there is a workspace, others wait. */
const LOCK = 4_000_003

/**
 * Makes a workspace where there is none: a demo shop with its Orders block on, or an empty one with it off.
 * Its key lies in the home before the workspace exists, so that whoever is killed between the two can go on.
 * Source: S1-01, design 5.
 */
export async function ensureFirstWorkspace(
  store: Store,
  { demo, nowMs }: { demo: boolean; nowMs: number },
): Promise<void> {
  const wanted = { ...(demo ? DEMO : EMPTY), preset: 'call-centre' } as const
  // a transaction that does nothing but wait and look: the workspace is made in one of its own
  await store.inWorkspace(newId(nowMs), async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`)
    if ((await listWorkspaces(store)).length > 0) return
    await createWorkspace(store, wanted, keptKey(), nowMs, async (tx) => {
      if (demo) await fillDemo(tx, nowMs)
    })
  })
}

const DEMO = { name: 'Demo shop', ordersEnabledBy: 'demo' }
const EMPTY = { name: 'My shop', ordersEnabledBy: null }

function keptKey(): ApiKey {
  const kept = parseApiKey(readPublished(KEY_FILE) ?? '')
  if (kept) return kept
  const key = newApiKey()
  publish(KEY_FILE, formatApiKey(key))
  return key
}
