import type { Logger } from 'pino'
import type { Store } from '../db/client.ts'
import { getInstallation, setEngineNamespace } from '../db/installation.ts'
import { ATTEMPTS_MAX, SEND_SHARDS } from '../db/model/limits.ts'
import { chunks } from '../db/model/lists.ts'
import { listStoodStill, noteRestart, putAside, type Still } from '../db/outbox.ts'
import type { Engine, Started } from './engine.ts'

interface Parts {
  store: Store
  engine: Engine
  limits: { reconcileAfterSeconds: number; reconcileMax: number }
  logger: Logger
}

/** Everything that is open, when the engine has lost all of it. */
const EVERYTHING_MAX = 1_000_000
const AT_ONCE_MAX = 50

const RESTARTS: { [K in Still['kind']]: (engine: Engine, still: Still) => Promise<Started> } = {
  batch: (engine, still) => engine.startBatch(still),
  cohort: (engine, still) => engine.startCohort(still),
  place: async (engine, still) => {
    await engine.wakePlace(still, 0)
    return true
  },
}

/**
 * Starts again what has stood still, so that neither side's loss lasts: a run the engine forgot, a step that failed.
 * A run that is still there is left alone. A new namespace means a new engine: everything open is started once.
 */
export async function reconcile(parts: Parts, nowMs: number): Promise<void> {
  const { store, engine, limits, logger } = parts
  const namespaceId = await engine.namespaceId()
  const { engineNamespaceId } = await getInstallation(store)
  const isNew = namespaceId !== engineNamespaceId
  const still = isNew
    ? await listStoodStill(store, null, EVERYTHING_MAX)
    : await listStoodStill(store, nowMs - limits.reconcileAfterSeconds * 1000, limits.reconcileMax)
  await Promise.all(Array.from({ length: SEND_SHARDS }, (_, shard) => engine.startSender(shard)))
  if (still.length > 0) logger.warn({ isNew, count: still.length }, 'starting again what stood still')
  for (const some of chunks(still, AT_ONCE_MAX)) await Promise.all(some.map((s) => restart(parts, s, isNew)))
  if (isNew) await setEngineNamespace(store, namespaceId)
}

async function restart({ store, engine }: Parts, still: Still, isNew: boolean): Promise<void> {
  if (!isNew && still.restarts >= ATTEMPTS_MAX) return putAside(store, still)
  const started = await RESTARTS[still.kind](engine, still)
  // a lost engine is not the work's own failure
  if (started && !isNew) await noteRestart(store, still)
}
