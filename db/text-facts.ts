import { sql } from 'drizzle-orm'
import { asIds, rows, type Tx } from './client.ts'
import type { TextFacts } from './model/sms.ts'

export interface Recipient {
  orderId: string
  customerId: string | null
  /** E.164; null when no text can reach the customer. */
  phone: string | null
  optedOut: boolean
  facts: TextFacts
}

/** Who a text about each order goes to (the number given with the order), and what it can say; in one statement. */
export async function listRecipients(tx: Tx, orderIds: readonly string[]): Promise<Map<string, Recipient>> {
  const found = await rows<Recipient>(
    tx,
    sql`select o.id as "orderId", c.id as "customerId", o.contact_phone as phone, s.phone is not null as "optedOut", jsonb_build_object(
          'customer', jsonb_build_object('name', n.name, 'first_name', split_part(n.name, ' ', 1),
            'phone', coalesce(o.contact_phone, ''), 'email', coalesce(o.contact_email, c.email, '')),
          'order', jsonb_build_object('number', o.number, 'total', coalesce(o.total::text, ''),
            'currency', coalesce(o.currency, ''), 'status', g.name, 'delivery', d.name, 'payment', p.name),
          'shop', jsonb_build_object('name', w.name)) as facts
        from orders o
        join workspaces w on w.id = o.workspace_id
        left join customers c on c.id = o.customer_id
        cross join lateral (select coalesce(o.contact_name, c.name, '') as name) n
        left join opt_outs s on s.workspace_id = o.workspace_id and s.phone = o.contact_phone
        join order_statuses g on g.id = o.general_status_id
        join order_statuses d on d.id = o.delivery_status_id
        join order_statuses p on p.id = o.payment_status_id
        where o.id = any(${asIds(orderIds)})`,
  )
  return new Map(found.map((recipient) => [recipient.orderId, recipient]))
}
