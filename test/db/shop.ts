import { sql } from 'drizzle-orm'
import type { Store } from '../../db/client.ts'
import { listInbound, processInbound, storeInbound } from '../../db/inbound-events.ts'
import { addIntegration } from '../../db/integrations.ts'
import type { StatusMap } from '../../db/model/shops/woocommerce.ts'
import { type Desk, NOON, unique } from '../factories.ts'

/** A shop connected to a workspace. */
export class Shop {
  readonly desk: Desk
  readonly id: string
  constructor(desk: Desk, id: string) {
    this.desk = desk
    this.id = id
  }

  /** The shop posts a body; texts go as they are. */
  async post(body: unknown, { topic = 'order.updated', key = unique('delivery') } = {}): Promise<void> {
    const bytes =
      body instanceof Uint8Array
        ? Buffer.from(body)
        : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
    await this.desk.run((tx) =>
      storeInbound(tx, { integrationId: this.id, deliveryKey: key, topic, body: bytes }, this.desk.nowMs),
    )
  }

  process(max?: number, through: Store = this.desk.store): Promise<number> {
    return processInbound(through, { integrationId: this.id, workspaceId: this.desk.id }, this.desk.nowMs, max)
  }

  /** Everything that waits, in transactions of at most `max`; a body set aside counts too. */
  async drain(max?: number): Promise<void> {
    while ((await this.process(max)) > 0);
  }

  /** What came of each body, in the order they came. */
  async outcomes(): Promise<string[]> {
    const found = await this.desk.run((tx) => listInbound(tx, { integrationId: this.id, limit: 200 }))
    return found.reverse().map(({ outcome, error }) => [outcome, error?.code].filter(Boolean).join(' '))
  }
}

export async function connect(desk: Desk, statusMap: StatusMap = {}): Promise<Shop> {
  const wish = { kind: 'woocommerce', name: unique('Shop'), secret: 'secret', statusMap } as const
  return new Shop(desk, await desk.run((tx) => addIntegration(tx, wish, desk.nowMs)))
}
export const minutesAgo = (minutes: number) => new Date(NOON - minutes * 60_000).toISOString().slice(0, 19)
/** An order as WooCommerce tells it; changed `ago` minutes before NOON. */
export const woo = ({
  id = 727,
  ago = 0,
  status = 'processing',
  ...more
}: Record<string, unknown> & { ago?: number } = {}) => ({
  id,
  status,
  number: String(id),
  currency: 'UAH',
  total: '29.35',
  date_modified_gmt: minutesAgo(ago),
  billing: { first_name: 'Olha', phone: '067 123 45 67' },
  ...more,
})
export const orders = (desk: Desk) =>
  desk.query<{ number: string; codes: string; total: string }>(
    sql`select o.number, g.code || ' ' || d.code || ' ' || p.code as codes, o.total::text from orders o
        join order_statuses g on g.id = o.general_status_id join order_statuses d on d.id = o.delivery_status_id
        join order_statuses p on p.id = o.payment_status_id order by o.created_at, o.number`,
  )
export const historyLength = async (desk: Desk) =>
  (await desk.query(sql`select from order_status_changes where axis = 'general'`)).length
