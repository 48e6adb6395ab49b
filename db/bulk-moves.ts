import { sql } from 'drizzle-orm'
import { type ChosenOrders, isChosen } from './chosen-orders.ts'
import { rows, type Store, type Tx } from './client.ts'
import { COHORT_MAX, MOVE_ALL_MAX } from './model/limits.ts'
import { chunks } from './model/lists.ts'
import type { Actor, Move } from './model/moves.ts'
import type { Axis } from './model/status.ts'
import { NO_TALLY, refusedFor, sumOf, type Tally, tallyOf } from './model/tally.ts'
import { moveOrders } from './orders.ts'
import { getStatus } from './statuses.ts'
import { getOpenWorkspace } from './workspaces.ts'

/** Many orders, one status by code. Source: S0-20. */
export interface BulkMove {
  orders: ChosenOrders
  /** Where an earlier call for all of a list ended: its `next`. */
  before?: string | undefined
  type: Axis
  code: string
  /** The person or key that asks. */
  by: string
  /** Changes the customers are not told about: no auto-SMS, no campaign. */
  silent: boolean
}
/** `next`: where to go on when there are more orders than one call moves; null when all had their turn. */
export type BulkMoved = Tally & { next: string | null }

/**
 * Moves many orders to one status, in steps of COHORT_MAX, each its own transaction; safe to repeat. All of a list are
 * those it shows at the moment of the call, MOVE_ALL_MAX at most, the newest first. Each has one turn, also one that is
 * refused, and one that somebody else moves meanwhile is left alone.
 * @throws Refused orders_disabled, unknown_status
 */
export async function moveChosen(store: Store, workspaceId: string, wish: BulkMove, nowMs: number): Promise<BulkMoved> {
  const { toId, found } = await store.inWorkspace(workspaceId, (tx) => prepare(tx, wish))
  let tally = NO_TALLY
  for (const some of chunks(found, COHORT_MAX)) {
    const moves = some.map((order) => moveOf(order, toId, wish))
    const outcomes = await store.inWorkspace(workspaceId, (tx) => moveOrders(tx, moves, nowMs))
    const numbers = some.map((order) => order.number)
    tally = sumOf(tally, tallyOf(numbers, outcomes))
  }
  if (!('numbers' in wish.orders)) return { ...tally, next: found.length < MOVE_ALL_MAX ? null : found.at(-1)!.id }
  const known = new Set(found.map((order) => order.number))
  const unknown = [...new Set(wish.orders.numbers)].filter((number) => !known.has(number))
  if (unknown.length > 0) tally = { ...tally, refused: [...tally.refused, refusedFor('unknown_order', unknown)] }
  return { ...tally, next: null }
}

interface Found {
  id: string
  number: string
  /** Of the type that is to change. */
  seq: number
}

async function prepare(tx: Tx, { orders, before, type, code }: BulkMove): Promise<{ toId: string; found: Found[] }> {
  await getOpenWorkspace(tx)
  const { id: toId } = await getStatus(tx, type, code)
  // ids grow with time, so downwards no call meets an order that came after the first
  const found = await rows<Found>(
    tx,
    sql`select o.id, o.number, o.${sql.raw(`${type}_seq`)} as seq from orders o
        where ${isChosen(orders)} ${before === undefined ? sql`` : sql`and o.id < ${before}`}
        order by o.id desc limit ${MOVE_ALL_MAX}`,
  )
  return { toId, found }
}

function moveOf({ id, seq }: Found, toId: string, { orders, type, by, silent }: BulkMove): Move {
  const actor: Actor = { kind: 'bulk', id: by }
  const fence = 'numbers' in orders ? {} : { expectedSeq: seq }
  return { orderId: id, axis: type, toId, actor, silent, ...fence }
}
