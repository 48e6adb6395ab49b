import { sql } from 'drizzle-orm'
import { createCampaign, publishCampaign } from './campaigns.ts'
import { asTexts, rows, type Tx } from './client.ts'
import {
  DEMO_CAMPAIGN,
  DEMO_DRAFT,
  DEMO_NUMBERS,
  DEMO_SEED,
  DEMO_SOURCE,
  DEMO_TIMEOUTS,
  type DemoOrder,
  demoOrders,
} from './model/demo.ts'
import type { Actor, Move } from './model/moves.ts'
import type { OrderReport } from './model/report.ts'
import { findStatus } from './model/status.ts'
import { moveOrders } from './orders.ts'
import { receiveReports } from './receive.ts'
import { changeStatus, listStatuses } from './statuses.ts'

/** A past that was imported fires nothing and starts no timeouts. */
const IMPORT: Actor = { kind: 'import', id: null }
/** Who published the campaign of the demo. */
const DEMO = 'demo'

/** Fills an empty workspace with two timeouts, orders of three weeks, a campaign that is live, and one that is being drawn. */
export async function fillDemo(tx: Tx, nowMs: number): Promise<void> {
  for (const { code, after, to } of DEMO_TIMEOUTS)
    await changeStatus(tx, 'general', code, { timeout: { after, to } }, nowMs)
  const orders = demoOrders(DEMO_SEED, nowMs)
  const received = await receiveReports(tx, orders.map(reportOf), { actor: IMPORT, nowMs })
  const statuses = await listStatuses(tx)
  const moves = orders.flatMap(({ changes }, i) =>
    changes.map(({ axis, code, atMs }): Move => {
      const to = findStatus(statuses, axis, { code })
      if (!to) throw new Error(`the demo needs a ${axis} status ${code}`)
      return { orderId: received[i]!.orderId!, axis, toId: to.id, actor: IMPORT, occurredAtMs: atMs }
    }),
  )
  await moveOrders(tx, moves, nowMs)
  const live = await createCampaign(tx, DEMO_CAMPAIGN.name, DEMO_CAMPAIGN.draft, nowMs)
  await publishCampaign(tx, live, DEMO, nowMs)
  await createCampaign(tx, DEMO_DRAFT.name, DEMO_DRAFT.draft, nowMs)
}

/** The beginning of an order, as its shop would have told it. */
const reportOf = ({ number, customer, total, paymentMethod, createdAtMs }: DemoOrder): OrderReport => ({
  source: DEMO_SOURCE,
  eventId: number,
  number,
  occurredAtMs: createdAtMs,
  customer,
  order: { total, paymentMethod, createdAtMs },
  wanted: [
    { axis: 'general', status: { code: 'processing' } },
    { axis: 'delivery', status: { code: 'not-shipped' } },
    { axis: 'payment', status: { code: 'unpaid' } },
  ],
})

/** What to try first: this order, moved there, makes this phone ring. */
export interface DemoHint {
  order: string
  type: 'general'
  to: string
  phone: string
  /** The id of the campaign that sends the text. */
  campaign: string
}

/** Null where the workspace is no demo, its campaign is changed or paused, or no such order is left. */
export async function findDemo(tx: Tx): Promise<DemoHint | null> {
  const [hint] = await rows<DemoHint>(
    tx,
    sql`with demo as materialized (
          select k.id, s.id as from_id, t.to_ids from campaigns k
          join campaign_versions v on v.campaign_id = k.id and v.live_until is null and v.published_by = ${DEMO}
          join campaign_triggers t on t.version_id = v.id
          join order_statuses s on s.id = t.from_ids[1]
          where k.state = 'live' limit 1)
        select o.number as "order", 'general' as type, target.code as "to", o.contact_phone as phone, demo.id as campaign
        from demo join order_statuses target on target.id = demo.to_ids[1]
        join orders o on o.general_status_id = demo.from_id and o.source = ${DEMO_SOURCE} and o.archived_at is null
          and o.number = any(${asTexts(DEMO_NUMBERS)}) and o.contact_phone is not null
        where not exists (select from opt_outs x where x.phone = o.contact_phone)
        order by o.created_at desc, o.id limit 1`,
  )
  return hint ?? null
}
