import { percentile } from './figure.ts'
import type { Site } from './site.ts'

/** Texts of the shop; `areReceipted`: only those of which the network told what became of them. */
export async function countTexts({ sql, shop }: Site, areReceipted = false): Promise<number> {
  const [row] = await sql<{ n: number }[]>`
    select count(*)::int as n from sms_messages
    where workspace_id = ${shop.id} ${areReceipted ? sql`and state in ('delivered', 'undelivered')` : sql``}`
  return row!.n
}

/** From a change to the last word before its text goes to the gateway, p95 in ms, of texts queued since `fromMs`. */
export async function waitOfTexts({ sql }: Site, fromMs: number): Promise<number> {
  const waits = await sql<{ ms: number }[]>`
    select (extract(epoch from m.handing_at - c.recorded_at) * 1000)::float8 as ms
    from sms_messages m join enrolments e on e.id = m.enrolment_id join order_status_changes c on c.id = e.change_id
    where m.queued_at > to_timestamp(${fromMs}::float8 / 1000) and m.handing_at is not null`
  return percentile(
    waits.map(({ ms }) => ms),
    0.95,
  )
}
