import { sql } from 'drizzle-orm'
import { asColumns, asTime, type Tx } from './client.ts'
import type { Change, Folded } from './model/moves.ts'
import { AXES } from './model/status.ts'

/** Writes what `moveOrders` decided: where the orders stand, their history, and the outbox; nobody else calls it. */
export async function writeChanges(tx: Tx, changes: Change[], folded: Folded[], nowMs: number): Promise<void> {
  const moved = folded.filter((f) => f.changes.length > 0)
  const set = AXES.flatMap((axis) =>
    STANDING.map((column) =>
      sql.raw(
        `${axis}_${column} = case when f.${axis}_status_id is null then o.${axis}_${column} else f.${axis}_${column} end`,
      ),
    ),
  )
  await tx.execute(sql`
    with c as (select * from ${asColumns(changes, CHANGE_COLUMNS)}),
    moved as (
      update orders o set ${sql.join(set, sql`, `)}, version = o.version + f.n, updated_at = ${asTime(nowMs)}
      from (select * from ${asColumns(moved, MOVED_COLUMNS)}) f
      where o.id = f.id),
    history as (
      insert into order_status_changes (workspace_id, recorded_at, ${HISTORY})
      select tidings_workspace(), ${asTime(nowMs)}, ${HISTORY} from c)
    insert into outbox (workspace_id, topic, subject_id, created_at)
    select tidings_workspace(), 'order.status_changed', id, ${asTime(nowMs)} from c
    where actor_kind <> 'import'`)
}

const CHANGE_COLUMNS: Parameters<typeof asColumns<Change>>[1] = {
  id: ['uuid', (c) => c.id],
  order_id: ['uuid', (c) => c.orderId],
  axis: ['text', (c) => c.axis],
  seq: ['int', (c) => c.seq],
  from_status_id: ['uuid', (c) => c.fromId],
  to_status_id: ['uuid', (c) => c.toId],
  changed_at: ['timestamptz', (c) => timeOf(c.changedAtMs)],
  actor_kind: ['text', (c) => c.actor.kind],
  actor_id: ['text', (c) => c.actor.id],
  reason: ['text', (c) => c.reason],
  cause_change_id: ['uuid', (c) => c.cause?.changeId],
  source: ['text', (c) => c.source],
  source_event_id: ['text', (c) => c.sourceEventId],
  depth: ['int', (c) => c.depth],
  silent: ['bool', (c) => c.silent ?? false],
}
const HISTORY = sql.raw(Object.keys(CHANGE_COLUMNS).join(', '))

/** How an order stands on an axis, as columns; all null on an axis that did not move. */
const STANDING = ['status_id', 'seq', 'changed_at', 'due_from'] as const
const MOVED_COLUMNS: Parameters<typeof asColumns<Folded>>[1] = {
  id: ['uuid', (f) => f.after.id],
  n: ['int', (f) => f.changes.length],
  ...Object.assign(
    {},
    ...AXES.map((axis) => {
      const standing = ({ after, changes }: Folded) => (changes.some((c) => c.axis === axis) ? after.axes[axis] : null)
      return {
        [`${axis}_status_id`]: ['uuid', (f: Folded) => standing(f)?.statusId],
        [`${axis}_seq`]: ['int', (f: Folded) => standing(f)?.seq],
        [`${axis}_changed_at`]: ['timestamptz', (f: Folded) => timeOf(standing(f)?.changedAtMs)],
        [`${axis}_due_from`]: ['timestamptz', (f: Folded) => timeOf(standing(f)?.dueFromMs)],
      }
    }),
  ),
}

const timeOf = (ms: number | null | undefined): string | null => (ms == null ? null : new Date(ms).toISOString())
