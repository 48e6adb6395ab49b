import { sql } from 'drizzle-orm'
import { asJson, asTime, rows, type Store, type Tx } from './client.ts'
import { newId } from './ids.ts'
import { type Problem, Refused } from './model/refusal.ts'
import type { StatusMap } from './model/shops/woocommerce.ts'
import { type Axis, findStatus } from './model/status.ts'
import { listStatuses } from './statuses.ts'

export interface Integration {
  workspaceId: string
  kind: string
  secret: string
}

/** Connects a shop. @throws Refused unknown_status for codes of the map that the workspace does not have */
export async function addIntegration(
  tx: Tx,
  wish: { kind: 'woocommerce'; name: string; secret: string; statusMap: StatusMap },
  nowMs: number,
): Promise<string> {
  const id = newId(nowMs)
  await tx.execute(sql`
    insert into integrations (id, workspace_id, kind, name, secret, created_at)
    values (${id}, tidings_workspace(), ${wish.kind}, ${wish.name}, ${wish.secret}, ${asTime(nowMs)})`)
  await addMap(tx, id, wish.statusMap)
  return id
}

/** Renames a shop, or gives its words other meanings: a map replaces the whole one before it.
 *  @throws Refused unknown_integration, unknown_status */
export async function changeIntegration(
  tx: Tx,
  id: string,
  wish: { name?: string | undefined; statusMap?: StatusMap | undefined },
): Promise<void> {
  const found = await rows(
    tx,
    sql`update integrations set name = coalesce(${wish.name ?? null}, name) where id = ${id} returning id`,
  )
  if (found.length === 0) throw new Refused('unknown_integration')
  if (!wish.statusMap) return
  await tx.execute(sql`delete from integration_status_map where integration_id = ${id}`)
  await addMap(tx, id, wish.statusMap)
}

async function addMap(tx: Tx, id: string, map: StatusMap): Promise<void> {
  const entries = await readMap(tx, map)
  await tx.execute(sql`
    insert into integration_status_map (workspace_id, integration_id, slug, axis, status_id)
    select tidings_workspace(), ${id}, slug, axis, "statusId"
    from jsonb_to_recordset(${asJson(entries)}) as m(slug text, axis text, "statusId" uuid)`)
}

async function readMap(tx: Tx, map: StatusMap) {
  const statuses = await listStatuses(tx)
  const problems: Problem[] = []
  const entries = Object.entries(map).flatMap(([slug, axes]) =>
    (Object.entries(axes) as [Axis, string | undefined][]).flatMap(([axis, code]) => {
      if (code === undefined) return []
      const status = findStatus(statuses, axis, { code })
      if (status) return [{ slug, axis, statusId: status.id }]
      problems.push({ field: `statusMap/${slug}/${axis}`, detail: `no ${axis} status has the code ${code}` })
      return []
    }),
  )
  if (problems.length > 0) throw new Refused('unknown_status', problems)
  return entries
}

export interface IntegrationView {
  id: string
  kind: string
  name: string
  statusMap: StatusMap
  /** Bodies received, and of them those that could not be used. */
  received: number
  invalid: number
  lastReceivedAt: string | null
  createdAt: string
}

export const listIntegrations = (tx: Tx) =>
  rows<IntegrationView>(
    tx,
    sql`select i.id, i.kind, i.name, i.created_at as "createdAt",
          coalesce((select jsonb_object_agg(slug, axes) from (
            select m.slug, jsonb_object_agg(m.axis, s.code) as axes from integration_status_map m
            join order_statuses s on s.id = m.status_id where m.integration_id = i.id group by m.slug) x), '{}') as "statusMap",
          b.received, b.invalid, b."lastReceivedAt"
        from integrations i cross join lateral (
          select count(*)::int as received, count(*) filter (where e.outcome = 'invalid')::int as invalid,
            max(e.received_at) as "lastReceivedAt"
          from inbound_events e where e.integration_id = i.id) b
        order by i.created_at, i.id`,
  )

/** What one integration's words for states mean here. */
export async function getStatusMap(tx: Tx, integrationId: string): Promise<StatusMap> {
  const found = await rows<{ slug: string; axis: Axis; code: string }>(
    tx,
    sql`select m.slug, m.axis, s.code from integration_status_map m join order_statuses s on s.id = m.status_id
        where m.integration_id = ${integrationId}`,
  )
  const map: StatusMap = {}
  for (const { slug, axis, code } of found) map[slug] = { ...map[slug], [axis]: code }
  return map
}

/** Whose integration this is, found without a key: its requests prove themselves by their signature. */
export async function findIntegration(store: Store, id: string): Promise<Integration | undefined> {
  const [found] = await rows<Integration>(
    store.across,
    sql`select workspace_id as "workspaceId", kind, secret from find_integration(${id})`,
  )
  return found
}
