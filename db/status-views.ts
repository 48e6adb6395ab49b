import { sql } from 'drizzle-orm'
import { rows, type Tx } from './client.ts'
import { formatPeriod, type Period } from './model/period.ts'
import type { Axis, Meaning } from './model/status.ts'
import { TIMEOUT } from './status-timeouts.ts'

/** A status as admins see it. */
export interface StatusView {
  type: Axis
  name: string
  code: string
  group: Meaning | null
  kind: Meaning | null
  /** The name of the container it stands in. Source: S0-32. */
  container: string | null
  isLocked: boolean
  isInitial: boolean
  includeInAnalytics: boolean
  timeout: { after: string; to: string } | null
  autoSms: { template: string; always: boolean } | null
  /** Orders that stand in it, archived ones not counted. Source: S0-18. */
  orders: number
}

/** Every status by type, general ones by their group, then in the order they were put in. Source: S0-11, S0-18. */
export async function viewStatuses(tx: Tx): Promise<StatusView[]> {
  type Row = Omit<StatusView, 'timeout'> & { timeout: { after: Period; to: string } | null }
  const found = await rows<Row>(
    tx,
    sql`select s.axis as type, s.name, s.code, s.group_code as "group", coalesce(s.delivery_kind, s.payment_kind) as kind,
          k.name as container,
          s.is_locked as "isLocked", s.is_initial as "isInitial", s.include_in_analytics as "includeInAnalytics",
          ${TIMEOUT} as timeout,
          (select jsonb_build_object('template', a.template, 'always', a.always)
           from status_auto_sms a where a.status_id = s.id) as "autoSms",
          coalesce(c.orders, 0) as orders
        from order_statuses s left join (
          select coalesce(general_status_id, delivery_status_id, payment_status_id) as id, count(*)::int as orders
          from orders where archived_at is null
          group by grouping sets (general_status_id, delivery_status_id, payment_status_id)) c on c.id = s.id
        left join status_containers k on k.id = s.container_id
        left join status_groups g on g.code = s.group_code
        where deleted_at is null
        order by array_position(array['general', 'delivery', 'payment'], s.axis), g.position, s.position, s.created_at`,
  )
  return found.map((row) => ({
    ...row,
    timeout: row.timeout && { ...row.timeout, after: formatPeriod(row.timeout.after) },
  }))
}
