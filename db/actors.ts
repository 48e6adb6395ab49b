import { type SQL, sql } from 'drizzle-orm'

/** The name of who did something, by the kind and id that were noted; null where nobody has a name. */
export const actorName = (kind: SQL, id: SQL): SQL => sql`case ${kind}
  when 'key' then (select a.name from api_keys a where a.id::text = ${id})
  when 'bulk' then (select a.name from api_keys a where a.id::text = ${id})
  when 'integration' then (select a.name from integrations a where a.id::text = ${id})
  when 'campaign' then (select a.name from campaigns a where a.id::text = ${id})
  when 'timeout' then (select a.name from order_statuses a where a.id::text = ${id}) end`
