import { sql } from 'drizzle-orm'
import { asJson, asTime, ms, rows, type Tx } from './client.ts'
import { newId } from './ids.ts'
import { groupBy } from './model/lists.ts'
import type { Change } from './model/moves.ts'
import type { Period } from './model/period.ts'
import { mayComeEarly } from './model/place.ts'

/** A status with a timeout, or a wait step of a campaign version: where many wait for one durable timer. */
export interface Place {
  id: string
  statusId: string | null
  versionId: string | null
  nodeId: string | null
  period: Period
  closed: boolean
}

type Row = Omit<Place, 'period'> & Period
const columns = sql.raw(
  `id, status_id as "statusId", version_id as "versionId", node_id as "nodeId", amount, unit, closed_at is not null as closed`,
)
const read = ({ amount, unit, ...place }: Row): Place => ({ ...place, period: { amount, unit } })

/**
 * The place, locked against everybody who adds a deadline and against a second look; undefined when it is gone.
 * Whoever looks takes it before the first read, so that no newcomer falls between the look and `settlePlace`.
 */
export async function lockPlace(tx: Tx, placeId: string): Promise<Place | undefined> {
  const [row] = await rows<Row>(tx, sql`select ${columns} from places where id = ${placeId} for update`)
  return row && read(row)
}

/** The place as it stands; undefined when it is gone. */
export async function findPlace(tx: Tx, placeId: string): Promise<Place | undefined> {
  const [row] = await rows<Row>(tx, sql`select ${columns} from places where id = ${placeId}`)
  return row && read(row)
}

/** Writes when the place is looked at next; part of the transaction that looked. */
export async function settlePlace(tx: Tx, placeId: string, lookAgainAtMs: number): Promise<void> {
  await tx.execute(sql`update places set wake_at = ${asTime(lookAgainAtMs)} where id = ${placeId}`)
}

/** A place that nobody can come to any more; its timer ends. */
export async function closePlace(tx: Tx, placeId: string, nowMs: number): Promise<void> {
  await tx.execute(sql`update places set closed_at = ${asTime(nowMs)} where id = ${placeId}`)
}

/** Makes or changes the place of a status and has its timer look at once; null closes it. Source: S0-22, C11. */
export async function setStatusPlace(tx: Tx, statusId: string, period: Period | null, nowMs: number): Promise<void> {
  if (!period) {
    await tx.execute(sql`update places set closed_at = ${asTime(nowMs)} where status_id = ${statusId}`)
    return
  }
  const [place] = await rows<{ id: string }>(
    tx,
    sql`insert into places (id, workspace_id, status_id, amount, unit, wake_at)
        values (${newId(nowMs)}, tidings_workspace(), ${statusId}, ${period.amount}, ${period.unit}, ${asTime(nowMs)})
        on conflict (status_id) do update set amount = excluded.amount, unit = excluded.unit, closed_at = null,
          wake_at = excluded.wake_at
        returning id`,
  )
  await askForWakes(tx, [{ placeId: place!.id, atMs: nowMs }], nowMs)
}

/** Makes the places of a version's wait steps. Newcomers ask for their first wake. */
export async function addStepPlaces(
  tx: Tx,
  versionId: string,
  waits: readonly { nodeId: string; period: Period }[],
  nowMs: number,
): Promise<void> {
  if (waits.length === 0) return
  const list = waits.map(({ nodeId, period }) => ({ id: newId(nowMs), nodeId, ...period }))
  await tx.execute(sql`
    insert into places (id, workspace_id, version_id, node_id, amount, unit)
    select id, tidings_workspace(), ${versionId}, "nodeId", amount, unit
    from jsonb_to_recordset(${asJson(list)}) as p(id uuid, "nodeId" text, amount int, unit text)`)
}

/**
 * Asks for an earlier look where these changes brought an order that is due before its place looks by itself.
 * With a long fixed period that cannot be, so ordinary traffic neither locks a place nor wakes its timer.
 */
export async function wakeEarly(tx: Tx, changes: readonly Change[], nowMs: number): Promise<void> {
  const entered = [...groupBy(changes, (c) => c.toId)].map(([statusId, group]) => ({
    statusId,
    sinceMs: Math.max(nowMs, Math.min(...group.map((c) => c.changedAtMs))),
  }))
  if (entered.length === 0) return
  const found = await rows<Period & { id: string; due: number; wake: number | null }>(
    tx,
    sql`select p.id, p.amount, p.unit, ${ms(sql`p.wake_at`)} as wake,
          ${ms(sql`due_after(to_timestamp(e."sinceMs" / 1000.0), p.amount, p.unit, w.timezone)`)} as due
        from jsonb_to_recordset(${asJson(entered)}) as e("statusId" uuid, "sinceMs" float8)
        join places p on p.status_id = e."statusId" and p.closed_at is null
        join workspaces w on w.id = p.workspace_id
        where p.unit in ('second', 'minute', 'month') or p.wake_at is null
        for share of p`,
  )
  const early = found.filter((p) => p.wake === null || (mayComeEarly(p) && p.due < p.wake))
  await askForWakes(
    tx,
    early.map((p) => ({ placeId: p.id, atMs: p.due })),
    nowMs,
  )
}

/**
 * Asks for an earlier look where orders come back whose deadlines ran on without them: each place with the earliest of
 * theirs, which may be over already. Source: store.md 5.6.
 */
export async function wakeForReturned(
  tx: Tx,
  returned: readonly { placeId: string; dueMs: number }[],
  nowMs: number,
): Promise<void> {
  if (returned.length === 0) return
  const found = await rows<{ id: string; due: number; wake: number | null }>(
    tx,
    sql`select p.id, r."dueMs" as due, ${ms(sql`p.wake_at`)} as wake
        from jsonb_to_recordset(${asJson(returned)}) as r("placeId" uuid, "dueMs" float8)
        join places p on p.id = r."placeId" and p.closed_at is null
        order by p.id for share of p`,
  )
  const early = found.filter((p) => p.wake === null || p.due < p.wake)
  await askForWakes(
    tx,
    early.map((p) => ({ placeId: p.id, atMs: p.due })),
    nowMs,
  )
}

/** Has the relay tell the places' timers to look no later than `atMs`. */
export async function askForWakes(
  tx: Tx,
  wakes: readonly { placeId: string; atMs: number }[],
  nowMs: number,
): Promise<void> {
  if (wakes.length === 0) return
  await tx.execute(sql`
    insert into outbox (workspace_id, topic, subject_id, payload, created_at)
    select tidings_workspace(), 'place.wake', "placeId", jsonb_build_object('atMs', "atMs"), ${asTime(nowMs)}
    from jsonb_to_recordset(${asJson(wakes)}) as w("placeId" uuid, "atMs" float8)`)
}

/** Notes that the timer was told, before it is told: whoever comes later but is due later need not ask again. */
export async function noteWake(tx: Tx, placeId: string, atMs: number): Promise<void> {
  await tx.execute(sql`
    update places set wake_at = least(wake_at, ${asTime(atMs)}) where id = ${placeId} and closed_at is null`)
}
