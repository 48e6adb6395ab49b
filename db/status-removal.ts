import { sql } from 'drizzle-orm'
import { asTime, rows, type Store, type Tx } from './client.ts'
import { COHORT_MAX } from './model/limits.ts'
import type { Actor, Move } from './model/moves.ts'
import { type Problem, Refused } from './model/refusal.ts'
import type { Axis, Status } from './model/status.ts'
import { moveOrders } from './orders.ts'
import { setStatusPlace } from './places.ts'
import { refuseCycle } from './status-timeouts.ts'
import { listStatusUses, type StatusUses } from './status-uses.ts'
import { getStatus } from './statuses.ts'
import { getOpenWorkspace } from './workspaces.ts'

/** A status that goes, and what takes its place. Source: C13. */
export interface Removal {
  type: Axis
  code: string
  /** The code of the status that its orders, timeouts and shops' words go to; without one nothing may refer to it. */
  replacement?: string | undefined
  actor: Actor
  /** Whether customers whose orders move are not told. */
  silent: boolean
}

/**
 * Deletes a status; history keeps its name. Its orders move first, in steps that each stand alone: whoever repeats a
 * removal that was cut off goes on with it. Source: S0-06, C13.
 * @throws Refused status_locked, status_in_use, timeout_cycle, unknown_status; orders_disabled where orders stand in it
 */
export async function removeStatus(store: Store, workspaceId: string, wish: Removal, nowMs: number): Promise<void> {
  const inWorkspace = <T>(work: (tx: Tx) => Promise<T>) => store.inWorkspace(workspaceId, work)
  // the last step is the whole removal; those before it take away the bulk, so that it locks the status only shortly
  const { status, to } = await inWorkspace((tx) => readRemoval(tx, wish))
  if (to) while ((await inWorkspace((tx) => moveSome(tx, wish, status, to, COHORT_MAX, nowMs))) === COHORT_MAX);
  await inWorkspace((tx) => deleteStatus(tx, wish, nowMs))
}

/** Deletes a status in the present transaction, with everything that its replacement takes over. */
export async function deleteStatus(tx: Tx, wish: Removal, nowMs: number): Promise<void> {
  // locked before its uses are read; an unknown one is refused there
  await tx.execute(sql`
    select from order_statuses where axis = ${wish.type} and code = ${wish.code} and deleted_at is null for update`)
  const { status, to, uses } = await readRemoval(tx, wish)
  const { id } = status
  if (to) {
    await moveSome(tx, wish, status, to, null, nowMs)
    await redirect(tx, status, to, nowMs)
  }
  await tx.execute(sql`delete from status_timeouts where status_id = ${id}`)
  await tx.execute(sql`delete from status_auto_sms where status_id = ${id}`)
  await setStatusPlace(tx, id, null, nowMs)
  await tx.execute(sql`update order_statuses set deleted_at = ${asTime(nowMs)}, is_initial = false where id = ${id}`)
  if (to && uses.isInitial) await tx.execute(sql`update order_statuses set is_initial = true where id = ${to.id}`)
  if (to) await refuseCycle(tx, wish.type, 'replacement')
}

async function readRemoval(tx: Tx, { type, code, replacement }: Removal) {
  const status = await getStatus(tx, type, code)
  const to = replacement === undefined ? null : await getStatus(tx, type, replacement, 'replacement')
  if (to?.id === status.id)
    throw new Refused('unknown_status', [{ field: 'replacement', detail: 'another status is expected' }])
  const uses = await listStatusUses(tx, status)
  refuseUsed(uses, to !== null)
  return { status, to, uses }
}

/** What a replacement cannot take over stops a removal always, the rest only where none is named. */
function refuseUsed(uses: StatusUses, isReplaced: boolean): void {
  if (uses.isLocked) throw new Refused('status_locked')
  const problems = [...fixed(uses), ...(isReplaced ? [] : movable(uses))]
  if (problems.length > 0) throw new Refused('status_in_use', problems)
}

const told = (detail: string): Problem => ({ field: 'code', detail })

const fixed = ({ campaigns, segments }: StatusUses): Problem[] => [
  ...campaigns.map(({ name }) => told(`the campaign ${name} names it`)),
  ...segments.map(({ name }) => told(`the segment ${name} names it`)),
]

const movable = ({ isInitial, orders, archived, timeouts, integrations }: StatusUses): Problem[] => [
  ...(isInitial ? [told('is the initial status of its type')] : []),
  ...(orders + archived > 0 ? [told('orders stand in it')] : []),
  ...(timeouts.length > 0 ? [told('a timeout leads to it')] : []),
  ...(integrations.length > 0 ? [told('the status map of an integration names it')] : []),
]

/** Moves orders to the replacement, at most `max` of them; archived ones too, as their status goes. Answers how many. */
async function moveSome(
  tx: Tx,
  { type: axis, actor, silent }: Removal,
  status: Status,
  to: Status,
  max: number | null,
  nowMs: number,
): Promise<number> {
  const found = await rows<{ id: string }>(
    tx,
    sql`select id from orders where ${sql.raw(`${axis}_status_id`)} = ${status.id} order by id limit ${max}`,
  )
  const moves = found.map(({ id }): Move => ({ orderId: id, axis, toId: to.id, actor, silent, isForced: true }))
  if (moves.length > 0) await getOpenWorkspace(tx)
  await moveOrders(tx, moves, nowMs)
  return moves.length
}

/** Timeouts and words of shops that led to the status lead to its replacement. */
async function redirect(tx: Tx, status: Status, to: Status, nowMs: number): Promise<void> {
  const own = await rows(
    tx,
    sql`delete from status_timeouts where status_id = ${to.id} and to_status_id = ${status.id} returning status_id`,
  )
  if (own.length > 0) await setStatusPlace(tx, to.id, null, nowMs)
  await tx.execute(sql`update status_timeouts set to_status_id = ${to.id} where to_status_id = ${status.id}`)
  await tx.execute(sql`update integration_status_map set status_id = ${to.id} where status_id = ${status.id}`)
}
