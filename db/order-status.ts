import { sql } from 'drizzle-orm'
import { rows, type Tx } from './client.ts'
import { type Actor, type ChoiceRefusal, type Outcome, refusalToChoose } from './model/moves.ts'
import { Refused } from './model/refusal.ts'
import { AXES, type Axis, findStatus, type Meaning } from './model/status.ts'
import type { OrderView } from './order-views.ts'
import { moveOrders } from './orders.ts'
import { getStatus, listStatuses } from './statuses.ts'
import { getOpenWorkspace } from './workspaces.ts'

/** One order by number, one status by code: the wish of a person or another system. Source: S1-13. */
export interface StatusOfOrderWish {
  number: string
  type: Axis
  code: string
  actor: Actor
  /** A change the customer is not told about: no auto-SMS, no campaign. */
  silent?: boolean
}

/** @throws Refused orders_disabled, unknown_order, unknown_status, or why the order may not move */
export async function setOrderStatus(tx: Tx, wish: StatusOfOrderWish, nowMs: number): Promise<Outcome> {
  await getOpenWorkspace(tx)
  const status = await getStatus(tx, wish.type, wish.code)
  const [order] = await rows<{ id: string }>(
    tx,
    sql`select id from orders where workspace_id = tidings_workspace() and number = ${wish.number}`,
  )
  if (!order) throw new Refused('unknown_order')
  const { type: axis, actor, silent = false } = wish
  const [outcome] = await moveOrders(tx, [{ orderId: order.id, axis, toId: status.id, actor, silent }], nowMs)
  return outcome!
}

/** A status as a choice for one order; `refusal` says why it cannot be chosen now. */
export interface StatusChoice {
  code: string
  name: string
  meaning: Meaning
  refusal: ChoiceRefusal | null
}

/** What `setOrderStatus` would answer for every status of each type, in their order. */
export async function listChoices(
  tx: Tx,
  { archived, statuses }: OrderView,
  nowMs: number,
): Promise<Record<Axis, StatusChoice[]>> {
  const all = await listStatuses(tx)
  const choices = AXES.map((axis) => {
    const statusId = findStatus(all, axis, { code: statuses[axis].code })?.id ?? null
    return all
      .filter((status) => status.axis === axis)
      .sort((a, b) => a.position - b.position)
      .map(({ id, code, name, meaning }): StatusChoice => {
        return { code, name, meaning, refusal: refusalToChoose({ archived, statusId }, id, nowMs) }
      })
  })
  return Object.fromEntries(AXES.map((axis, i) => [axis, choices[i]])) as Record<Axis, StatusChoice[]>
}
