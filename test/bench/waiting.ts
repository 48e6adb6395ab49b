import type { TransactionSql } from 'postgres'
import { until } from '../stack/until.ts'
import { eventOf, fill, post, publish, stepsWith } from './load.ts'
import type { Site } from './site.ts'

/** Many who wait at one place. They are numbered; nobody is moved by the benchmark itself. */
export interface Waiting {
  name: string
  /** Gives numbers `from` to `from + count - 1` their deadlines, and has the place's timer told. */
  setDue(from: number, count: number, firstMs: number, everyMs: number): Promise<void>
  /** How many of these numbers have left. */
  left(from: number, count: number): Promise<number>
}

const HOUR_MS = 3_600_000

/** Fills a status with orders, and a wait step with their customers: copies of one that came there by itself. */
export async function stockWaiting(site: Site, size: number): Promise<{ places: Waiting[]; megabytes: number }> {
  const { shop, sql } = site
  await shop.call('PATCH', '/v1/statuses/general/sent', { timeout: { after: 'PT1H', to: 'cancelled' } })
  await publish(shop, stepsWith('PT1H'))
  await fill(shop, 0, 1)
  await post(shop, [eventOf(0, 'accepted')])
  const model = await until(async () => {
    const [row] = await sql<{ order: string; enrolment: string; place: string }[]>`
      select order_id as order, id as enrolment, place_id as place from enrolments
      where workspace_id = ${shop.id} and state = 'waiting'`
    return row
  })
  await post(shop, [eventOf(0, 'sent')])
  await copy(site, model, size)
  const [status] = await sql<{ place: string; status: string }[]>`
    select p.id as place, s.id as status from places p join order_statuses s on s.id = p.status_id
    where p.workspace_id = ${shop.id} and s.code = 'sent'`
  const [whole] = await sql<{ megabytes: number }[]>`
    select (pg_database_size(current_database()) / 1048576)::float8 as megabytes`
  return { places: [orders(site, status!), members(site, model.place)], megabytes: whole!.megabytes }
}

/** Without triggers and keys, or a million rows would take an hour; what they guard holds, as all are copies. */
async function copy({ sql }: Site, model: { order: string; enrolment: string }, size: number): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`
    await tx`create table bench_waiting as
      select n::int, uuidv7() as order_id, uuidv7() as change_id, uuidv7() as enrolment_id from generate_series(0, ${size - 1}) n`
    const columns = await listWritten(tx, 'orders')
    await tx`insert into orders (${tx(columns)}) select ${tx(columns)}
      from (select x.* from orders o, bench_waiting w, jsonb_populate_record(o, jsonb_build_object('id', w.order_id,
          'number', 'W-' || w.n, 'general_changed_at', now(), 'general_due_from', now())) x
        where o.id = ${model.order}) x`
    await tx`insert into order_status_changes select (jsonb_populate_record(c, jsonb_build_object('id', w.change_id,
        'order_id', w.order_id, 'source_event_id', 'W-' || w.n))).*
      from orders o join order_status_changes c on c.order_id = o.id and c.axis = 'general' and c.seq = o.general_seq, bench_waiting w
      where o.id = ${model.order}`
    await tx`insert into enrolments select (jsonb_populate_record(e, jsonb_build_object('id', w.enrolment_id,
        'change_id', w.change_id, 'order_id', w.order_id, 'due_at', now() + interval '1 hour'))).*
      from enrolments e, bench_waiting w where e.id = ${model.enrolment}`
    await tx`create unique index on bench_waiting (n) include (order_id, enrolment_id)`
  })
  await sql`vacuum analyze`
}

/** The columns of a table that can be written; a generated one cannot. */
async function listWritten(tx: TransactionSql, table: string): Promise<string[]> {
  const columns = await tx<{ name: string }[]>`
    select column_name as name from information_schema.columns where table_name = ${table} and is_generated = 'NEVER'`
  return columns.map(({ name }) => name)
}

const orders = ({ sql, shop }: Site, { place, status }: { place: string; status: string }): Waiting => ({
  name: 'orders',
  async setDue(from, count, firstMs, everyMs) {
    await sql`update orders o set general_due_from = to_timestamp((${firstMs - HOUR_MS}::float8 + (w.n - ${from}) * ${everyMs}::float8) / 1000)
      from bench_waiting w where o.id = w.order_id and w.n >= ${from} and w.n < ${from + count}`
    await tellTimer(sql, shop.id, place, firstMs)
  },
  async left(from, count) {
    const [row] = await sql<{ n: number }[]>`
      select count(*)::int as n from bench_waiting w join orders o on o.id = w.order_id
      where w.n >= ${from} and w.n < ${from + count} and o.general_status_id <> ${status}`
    return row!.n
  },
})

const members = ({ sql, shop }: Site, place: string): Waiting => ({
  name: 'customers',
  async setDue(from, count, firstMs, everyMs) {
    await sql`update enrolments e set due_at = to_timestamp((${firstMs}::float8 + (w.n - ${from}) * ${everyMs}::float8) / 1000)
      from bench_waiting w where e.id = w.enrolment_id and w.n >= ${from} and w.n < ${from + count}`
    await tellTimer(sql, shop.id, place, firstMs)
  },
  async left(from, count) {
    const [row] = await sql<{ n: number }[]>`
      select count(*)::int as n from bench_waiting w join enrolments e on e.id = w.enrolment_id
      where w.n >= ${from} and w.n < ${from + count} and e.state <> 'waiting'`
    return row!.n
  },
})

/** As the verbs do that add somebody who is due early. */
const tellTimer = (sql: Site['sql'], workspaceId: string, placeId: string, atMs: number) => sql`
  insert into outbox (workspace_id, topic, subject_id, payload, created_at)
  values (${workspaceId}, 'place.wake', ${placeId}, ${sql.json({ atMs })}, now())`
