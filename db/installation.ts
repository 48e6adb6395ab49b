import { sql } from 'drizzle-orm'
import { asTime, rows, type Store } from './client.ts'

export interface Installation {
  id: string
  /** The engine's namespace that this installation last gave its work to; null before the first time. */
  engineNamespaceId: string | null
}

export async function getInstallation(store: Store): Promise<Installation> {
  const [row] = await rows<Installation>(
    store.across,
    sql`select id, engine_namespace_id as "engineNamespaceId" from installation`,
  )
  return row!
}

export async function setEngineNamespace(store: Store, namespaceId: string): Promise<void> {
  await store.across.execute(sql`update installation set engine_namespace_id = ${namespaceId}`)
}

/** A worker's sign of life; `engineMs` is when the engine last answered it. Forgets workers of yesterday. */
export async function beat(
  store: Store,
  worker: { id: string; seenMs: number; engineMs: number | null },
): Promise<void> {
  const engineAt = worker.engineMs === null ? sql`null` : asTime(worker.engineMs)
  await store.across.execute(sql`
    with old as (delete from workers where seen_at < ${asTime(worker.seenMs)} - interval '1 day')
    insert into workers (id, seen_at, engine_at) values (${worker.id}, ${asTime(worker.seenMs)}, ${engineAt})
    on conflict (id) do update set seen_at = excluded.seen_at, engine_at = coalesce(excluded.engine_at, workers.engine_at)`)
}

/** The last word of a worker that stops: nobody is to take it for alive. */
export async function forgetWorker(store: Store, id: string): Promise<void> {
  await store.across.execute(sql`delete from workers where id = ${id}`)
}
