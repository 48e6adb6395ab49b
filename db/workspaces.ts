import { sql } from 'drizzle-orm'
import { asTime, rows, type Store, type Tx } from './client.ts'
import { Refused } from './model/refusal.ts'

export interface Workspace {
  id: string
  name: string
  timezone: string
  region: string
  currency: string
  preset: string
  ordersEnabled: boolean
}

/** The workspace of the transaction. @throws Refused orders_disabled while its Orders block is off. */
export async function getOpenWorkspace(tx: Tx): Promise<Workspace> {
  const workspace = await getWorkspace(tx)
  if (!workspace.ordersEnabled) throw new Refused('orders_disabled')
  return workspace
}

export async function getWorkspace(tx: Tx): Promise<Workspace> {
  const [row] = await rows<Workspace>(
    tx,
    sql`select id, name, timezone, region, currency, preset, orders_enabled as "ordersEnabled" from workspaces`,
  )
  if (!row) throw new Error('the workspace of this transaction does not exist')
  return row
}

/** The workspace, and who last switched its Orders block and when. A key is told by its name. Source: S1-02. */
export interface WorkspaceView extends Omit<Workspace, 'id'> {
  /** Null while they are off. */
  enabledAt: string | null
  enabledBy: string | null
  /** Null while they are on, and where nobody ever switched them. */
  disabledAt: string | null
  disabledBy: string | null
  /** Bodies of shops that are kept and not looked at yet; while Orders are off none is. */
  keptBodies: number
}

export async function viewWorkspace(tx: Tx): Promise<WorkspaceView> {
  const { id: _, ...workspace } = await getWorkspace(tx)
  const [last] = await rows<{ at: string | null; by: string | null; kept: number }>(
    tx,
    sql`select w.orders_enabled_at as at, coalesce(k.name, w.orders_enabled_by) as by,
          (select count(*)::int from inbound_events where processed_at is null) as kept
        from workspaces w left join api_keys k on k.id::text = w.orders_enabled_by`,
  )
  const { at, by, kept: keptBodies } = last!
  return workspace.ordersEnabled
    ? { ...workspace, keptBodies, enabledAt: at, enabledBy: by, disabledAt: null, disabledBy: null }
    : { ...workspace, keptBodies, enabledAt: null, enabledBy: null, disabledAt: at, disabledBy: by }
}

/**
 * Switches the Orders block on or off, tells open pages, and has kept bodies of shops looked at. What is as wanted
 * already stays, with who made it so. An operator's act. Source: S1-01, S1-02.
 */
export async function switchOrders(tx: Tx, enabled: boolean, by: string, nowMs: number): Promise<void> {
  await tx.execute(sql`
    with switched as (
      update workspaces set orders_enabled = ${enabled}, orders_enabled_at = ${asTime(nowMs)}, orders_enabled_by = ${by}
      where orders_enabled <> ${enabled} returning id)
    select pg_notify('tidings_changes', id || ' workspace'), pg_notify('tidings_inbound', '') from switched`)
}

export async function listWorkspaces(store: Store) {
  return rows<{ id: string; name: string; preset: string; orders_enabled: boolean }>(
    store.across,
    sql`select * from list_workspaces()`,
  )
}
