import { sql } from 'drizzle-orm'
import { asIds, asJson, asTime, ms, rows, type Tx } from './client.ts'
import { newId } from './ids.ts'
import { groupBy } from './model/lists.ts'
import {
  type Folded,
  foldMoves,
  type Move,
  type OrderStanding,
  type Outcome,
  readWordKey,
  wordKey,
} from './model/moves.ts'
import { Refused } from './model/refusal.ts'
import type { Axis } from './model/status.ts'
import { wakeEarly } from './places.ts'
import { writeChanges } from './status-changes.ts'

/**
 * Moves orders to the statuses asked for, whoever asks: the one write path. Source: store.md 4.
 * One outcome per move, in the order of the moves; moves of one order apply one after the other.
 * Orders are locked in the order of their ids, so that two calls never wait for each other in a circle.
 * @throws when an order does not exist in this workspace.
 */
export async function moveOrders(tx: Tx, moves: readonly Move[], nowMs: number): Promise<Outcome[]> {
  if (moves.length === 0) return []
  const byOrder = groupBy(moves, (move) => move.orderId)
  // what does not need the other's answer goes in one trip, in this order
  const [, standings] = await Promise.all([
    holdTargets(tx, [...new Set(moves.map((move) => move.toId))]),
    lockOrders(tx, [...byOrder.keys()], moves),
  ])
  const folded = standings.map((order) => foldMoves(order, byOrder.get(order.id)!, nowMs, () => newId(nowMs)))
  const changes = folded.flatMap((f) => f.changes)
  const outcomes = outcomesInOrder(moves, folded)
  await Promise.all([
    changes.length > 0 && writeChanges(tx, changes, folded, nowMs),
    writeWords(tx, standings, folded),
    recordRefusals(tx, moves, outcomes, nowMs),
    wakeEarly(tx, changes, nowMs),
  ])
  return outcomes
}

/** A status cannot be deleted while an order moves to it. @throws Refused unknown_status when it just was */
async function holdTargets(tx: Tx, ids: string[]): Promise<void> {
  const held = await rows(
    tx,
    sql`select from order_statuses where id = any(${asIds(ids)}) and deleted_at is null order by id for key share`,
  )
  if (held.length < ids.length) throw new Refused('unknown_status')
}

/** Whether the order of a change `c` moved on that axis since; leaving and coming back counts too. Source: design 4, leaving. */
export const MOVED_ON = sql`exists (
  select from order_status_changes later
  where later.order_id = c.order_id and later.axis = c.axis and later.seq > c.seq)`

function outcomesInOrder(moves: readonly Move[], folded: readonly Folded[]): Outcome[] {
  const queues = new Map(folded.map((f) => [f.after.id, f.outcomes.values()]))
  return moves.map((move) => queues.get(move.orderId)!.next().value!)
}

async function lockOrders(tx: Tx, ids: string[], moves: readonly Move[]): Promise<OrderStanding[]> {
  type Row = { id: string; archived: boolean; axes: OrderStanding['axes'] }
  const axis = (name: Axis) => sql`jsonb_build_object(
    'statusId', ${sql.raw(name)}_status_id, 'seq', ${sql.raw(name)}_seq,
    'changedAtMs', ${ms(sql.raw(`${name}_changed_at`))}, 'dueFromMs', ${ms(sql.raw(`${name}_due_from`))})`
  const locking = rows<Row>(
    tx,
    sql`select id, archived_at is not null as archived, jsonb_build_object(
          'general', ${axis('general')}, 'delivery', ${axis('delivery')}, 'payment', ${axis('payment')}) as axes
        from orders where id = any(${asIds(ids)}) order by id for no key update`,
  )
  const [found, words] = await Promise.all([locking, readWords(tx, moves)])
  if (found.length < ids.length)
    throw new Error(`${ids.length - found.length} of ${ids.length} orders do not exist here`)
  return found.map((row) => ({ ...row, words: words.get(row.id) ?? {} }))
}

/** A statement after the lock, for one that waits for a lock still sees other tables as they were before. */
async function readWords(tx: Tx, moves: readonly Move[]): Promise<Map<string, Record<string, number>>> {
  const told = moves.filter((m) => m.occurredAtMs != null && m.source !== undefined)
  const words = new Map<string, Record<string, number>>()
  if (told.length === 0) return words
  const found = await rows<{ order_id: string; axis: Axis; source: string; said: number }>(
    tx,
    sql`select order_id, axis, source, ${ms(sql`said_at`)} as said from order_words
        where order_id = any(${asIds([...new Set(told.map((m) => m.orderId))])})`,
  )
  for (const { order_id, axis, source, said } of found) {
    words.set(order_id, { ...words.get(order_id), [wordKey(axis, source)]: said })
  }
  return words
}

async function writeWords(tx: Tx, before: readonly OrderStanding[], folded: readonly Folded[]): Promise<void> {
  const told = folded.flatMap(({ after }, i) =>
    Object.entries(after.words)
      .filter(([key, saidMs]) => before[i]!.words[key] !== saidMs)
      .map(([key, saidMs]) => ({ orderId: after.id, ...readWordKey(key), saidMs })),
  )
  if (told.length === 0) return
  await tx.execute(sql`
    insert into order_words (workspace_id, order_id, axis, source, said_at)
    select tidings_workspace(), "orderId", axis, source, to_timestamp("saidMs" / 1000.0)
    from jsonb_to_recordset(${asJson(told)}) as w("orderId" uuid, axis text, source text, "saidMs" float8)
    on conflict (order_id, axis, source) do update set said_at = excluded.said_at`)
}

/** A person reads the answer; nobody reads a timeout's, so it stays with the order. Source: pitfall P13. */
async function recordRefusals(tx: Tx, moves: readonly Move[], outcomes: Outcome[], nowMs: number): Promise<void> {
  const refused = moves.flatMap(({ orderId, axis, toId, actor }, i) => {
    const outcome = outcomes[i]!
    if (outcome.outcome !== 'refused' || actor.kind === 'person') return []
    return [{ id: newId(nowMs), orderId, axis, toId, kind: actor.kind, actor: actor.id, code: outcome.code }]
  })
  if (refused.length === 0) return
  await tx.execute(sql`
    insert into status_change_refusals
      (id, workspace_id, order_id, axis, wanted_status_id, actor_kind, actor_id, code, recorded_at)
    select id, tidings_workspace(), "orderId", axis, "toId", kind, actor, code, ${asTime(nowMs)}
    from jsonb_to_recordset(${asJson(refused)})
      as r(id uuid, "orderId" uuid, axis text, "toId" uuid, kind text, actor text, code text)`)
}
