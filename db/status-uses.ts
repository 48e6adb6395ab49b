import { sql } from 'drizzle-orm'
import { rows, type Tx } from './client.ts'
import type { Status } from './model/status.ts'

interface Named {
  id: string
  name: string
}

/** Everything that refers to a status. Source: C13. */
export interface StatusUses {
  isLocked: boolean
  /** New orders get it when nobody states another. */
  isInitial: boolean
  /** Orders that stand in it; archived ones apart. */
  orders: number
  archived: number
  /** Names of the statuses whose timeout leads to it. */
  timeouts: string[]
  integrations: Named[]
  /** Live campaigns whose trigger or conditions name it; campaigns that are paused are live too. */
  campaigns: Named[]
  segments: Named[]
}

const list = (query: ReturnType<typeof sql>) =>
  sql`coalesce((select jsonb_agg(x order by x.name) from (${query}) x), '[]')`

export async function listStatusUses(tx: Tx, { id, axis, code }: Status): Promise<StatusUses> {
  const stands = sql.raw(`o.${axis}_status_id`)
  const [uses] = await rows<StatusUses>(
    tx,
    sql`select s.is_locked as "isLocked", s.is_initial as "isInitial",
          (select count(*)::int from orders o where ${stands} = s.id and archived_at is null) as orders,
          (select count(*)::int from orders o where ${stands} = s.id and archived_at is not null) as archived,
          coalesce((select jsonb_agg(f.name order by f.name) from status_timeouts t
            join order_statuses f on f.id = t.status_id where t.to_status_id = s.id), '[]') as timeouts,
          ${list(sql`select i.id, i.name from integrations i where exists (
            select from integration_status_map m where m.integration_id = i.id and m.status_id = ${id})`)} as integrations,
          ${list(sql`select c.id, c.name from campaigns c
            join campaign_versions v on v.campaign_id = c.id and v.live_until is null
            join campaign_triggers t on t.version_id = v.id
            where ${id} = any(t.from_ids) or ${id} = any(t.to_ids)
              or jsonb_path_exists(v.document, '$.steps[*].where.** ? (@.field == $field && @.value == $code)',
                jsonb_build_object('field', ${`order.${axis}`}::text, 'code', ${code}::text))`)} as campaigns,
          ${list(sql`select g.id, g.name from segments g
            where jsonb_path_exists(g.rule, 'strict $.** ? (@.type == $type && @.statuses[*] == $code)',
              jsonb_build_object('type', ${axis}::text, 'code', ${code}::text), true)`)} as segments
        from order_statuses s where s.id = ${id}`,
  )
  return uses!
}
