import { sql } from 'drizzle-orm'
import { asIds, asTime, rows, type Store } from './client.ts'
import { newId } from './ids.ts'

/** Everything but changes, which go in batches. */
export interface Control {
  id: number
  workspaceId: string
  topic: 'place.wake' | 'cohort.go'
  subjectId: string
  payload: { atMs?: number }
}
export interface Ref {
  workspaceId: string
  id: string
}

/** Workspaces with changes that are in no batch yet; `waiting` is counted up to `max`. */
export const listOpenChanges = (store: Store, max: number) =>
  rows<{ workspaceId: string; waiting: number; underWay: number }>(
    store.across,
    sql`select workspace_id as "workspaceId", waiting, under_way as "underWay" from open_changes(${max})`,
  )

export interface Taken extends Ref {
  /** The ids of its changes. */
  changeIds: string[]
  /** Whether nothing can come of them: no campaign and no status's text looks at what they entered. The batch is done. */
  isIdle: boolean
}

/** Puts the oldest `max` changes of a workspace into a batch; null when there are none. */
export async function takeBatch(store: Store, workspaceId: string, max: number, nowMs: number): Promise<Taken | null> {
  const id = newId(nowMs)
  const [row] = await store.inWorkspace(workspaceId, (tx) =>
    rows<{ taken: Omit<Taken, keyof Ref> }>(
      tx,
      sql`select take_batch(${workspaceId}, ${id}, ${max}, ${asTime(nowMs)}) as taken`,
    ),
  )
  const { taken } = row!
  return taken.changeIds.length > 0 ? { workspaceId, id, ...taken } : null
}

/** Batches that the engine was not told of yet. */
export const listUnstarted = (store: Store, max: number) =>
  rows<Ref>(store.across, sql`select id, workspace_id as "workspaceId" from unstarted_batches(${max})`)

export async function markStarted(store: Store, batchIds: readonly string[], nowMs: number): Promise<void> {
  await store.across.execute(sql`select batches_started(${asIds(batchIds)}, ${asTime(nowMs)})`)
}

export const listControls = (store: Store, max: number) =>
  rows<Control>(
    store.across,
    sql`select id::float8, workspace_id as "workspaceId", topic, subject_id as "subjectId", payload from open_controls(${max})`,
  )

export async function markCarried(store: Store, ids: readonly number[], nowMs: number): Promise<void> {
  await store.across.execute(sql`select controls_done(${`{${ids.join(',')}}`}::bigint[], ${asTime(nowMs)})`)
}

export interface Still extends Ref {
  kind: 'batch' | 'cohort' | 'place'
  /** How often it was started again already without getting on. */
  restarts: number
}

/** Batches, cohorts and places that have not moved since `beforeMs`; with null, all that are open. */
export const listStoodStill = (store: Store, beforeMs: number | null, max: number) =>
  rows<Still>(
    store.across,
    sql`select kind, workspace_id as "workspaceId", id, restarts
        from stood_still(${beforeMs === null ? sql`'infinity'` : asTime(beforeMs)}, ${max})`,
  )

/** Counts that something which stood still had to be started again. */
export async function noteRestart(store: Store, { kind, workspaceId, id }: Still): Promise<void> {
  if (kind === 'place') return
  await store.inWorkspace(workspaceId, (tx) =>
    tx.execute(
      kind === 'batch'
        ? sql`update batches set restarts = restarts + 1, started_at = now() where id = ${id} and consequences_at is null`
        : sql`update cohorts set restarts = restarts + 1, progress_at = now() where id = ${id} and state = 'walking'`,
    ),
  )
}

/** Puts aside what was started again in vain, for people to look at. */
export async function putAside(store: Store, { kind, workspaceId, id }: Still): Promise<void> {
  await store.inWorkspace(workspaceId, (tx) =>
    tx.execute(
      kind === 'batch'
        ? sql`update batches set failed_at = now(), error = coalesce(error, 'stood still')
            where id = ${id} and consequences_at is null`
        : sql`update cohorts set state = 'stuck', error = coalesce(error, 'stood still')
            where id = ${id} and state = 'walking'`,
    ),
  )
}
