import { type SQL, sql } from 'drizzle-orm'
import { type ChosenOrders, isChosen } from './chosen-orders.ts'
import { asTime, ms, rows, type Tx } from './client.ts'
import { AXES, type Axis } from './model/status.ts'
import { NAMED_MAX } from './model/tally.ts'
import { wakeForReturned } from './places.ts'
import { getOpenWorkspace } from './workspaces.ts'

/** `at`: when, by which the same orders come back. */
export interface Archived {
  archived: number
  at: string
}

/**
 * Puts orders into the archive: lists and counts leave them out, their statuses stand still and so do their timeouts.
 * One that is there already stays as it is. Source: S3-27, S3-30, C5.
 * @throws Refused orders_disabled
 */
export async function archiveOrders(tx: Tx, orders: ChosenOrders, nowMs: number): Promise<Archived> {
  await getOpenWorkspace(tx)
  const [row] = await rows<{ archived: number }>(
    tx,
    sql`with ${put(sql`${isChosen(orders)} and o.archived_at is null`, asTime(nowMs), nowMs)}
        select count(*)::int as archived from put`,
  )
  return { archived: row!.archived, at: new Date(nowMs).toISOString() }
}

/** Orders in the archive: chosen ones, or those that went in together. */
export type ArchivedOrders = ChosenOrders | { archivedAtMs: number }

/** `overdue`: those among them that move on by themselves at once, as their time is over. */
export interface Unarchived {
  unarchived: number
  overdue: { count: number; orders: string[] }
}

/**
 * Takes orders out of the archive, with the statuses and the deadlines they had. One whose deadline is over moves with the
 * next look at its place, for which this asks. Source: S3-29, C5, store.md 5.6.
 * @throws Refused orders_disabled
 */
export async function unarchiveOrders(tx: Tx, orders: ArchivedOrders, nowMs: number): Promise<Unarchived> {
  await getOpenWorkspace(tx)
  const among = 'archivedAtMs' in orders ? sql`o.archived_at = ${asTime(orders.archivedAtMs)}` : isChosen(orders)
  type Row = { unarchived: number; overdue: Unarchived['overdue']; places: { placeId: string; dueMs: number }[] }
  const [row] = await rows<Row>(
    tx,
    sql`with ${put(sql`${among} and o.archived_at is not null`, sql`null`, nowMs)},
        waiting as (
          select put.number, p.id as place_id, due_after(a.due_from, p.amount, p.unit, w.timezone) as due
          from put join workspaces w on w.id = put.workspace_id
          cross join lateral (values ${sql.join(AXES.map(standingOf), sql`, `)}) as a(status_id, seq, due_from, refused_seq)
          join places p on p.status_id = a.status_id and p.closed_at is null
          where a.due_from is not null and a.refused_seq is distinct from a.seq),
        overdue as (select distinct number from waiting where due <= ${asTime(nowMs)}),
        earliest as (select place_id, min(due) as due from waiting group by place_id)
        select (select count(*)::int from put) as unarchived,
          jsonb_build_object('count', (select count(*)::int from overdue), 'orders', (select coalesce(jsonb_agg(number), '[]')
            from (select number from overdue order by number limit ${NAMED_MAX}) n)) as overdue,
          (select coalesce(jsonb_agg(jsonb_build_object('placeId', place_id, 'dueMs', ${ms(sql`due`)})), '[]')
            from earliest) as places`,
  )
  const { places, ...unarchived } = row!
  await wakeForReturned(tx, places, nowMs)
  return unarchived
}

/** Writes when the orders that `where` names as `o` went into the archive, and answers them as `put`; locked as moves lock them. */
const put = (where: SQL, archivedAt: SQL, nowMs: number): SQL => sql`
  chosen as materialized (select o.id from orders o where ${where} order by o.id for no key update),
  put as (
    update orders o set archived_at = ${archivedAt}, version = o.version + 1, updated_at = ${asTime(nowMs)}
    from chosen where o.id = chosen.id returning o.*)`

const standingOf = (axis: Axis): SQL =>
  sql.raw(`(put.${axis}_status_id, put.${axis}_seq, put.${axis}_due_from, put.${axis}_refused_seq)`)
