import { sql } from 'drizzle-orm'
import { asIds, asTexts, rows, type Tx } from './client.ts'

/** The line of the sandbox network that a workspace's texts come on; it is a part of the address of their replies. */
export async function getSandboxLine(tx: Tx): Promise<string | null> {
  const [channel] = await rows<{ token: string }>(tx, sql`select token from channels where kind = 'sandbox'`)
  return channel?.token ?? null
}

export interface PhoneOwner {
  number: string
  /** The customer's; null when no customer has this number, or none of this name. */
  name: string | null
  optedOut: boolean
}

/** Whose these numbers are, in E.164, each of them once. */
export const listPhoneOwners = (tx: Tx, numbers: readonly string[]) =>
  rows<PhoneOwner>(
    tx,
    sql`select n.number, nullif(c.name, '') as name, s.phone is not null as "optedOut"
        from unnest(${asTexts(numbers)}) as n(number)
        left join customers c on c.workspace_id = tidings_workspace() and c.phone = n.number
        left join opt_outs s on s.workspace_id = tidings_workspace() and s.phone = n.number`,
  )

/** What the ledger knows of a text that a phone got. */
export interface TextOrigin {
  id: string
  order: string
  campaign: string | null
  campaignId: string | null
  state: string
}

/** The ledger's words on those of these ids that are texts of ours. */
export const listTextOrigins = (tx: Tx, ids: readonly string[]) =>
  rows<TextOrigin>(
    tx,
    sql`select m.id, o.number as "order", k.name as campaign, k.id as "campaignId", m.state
        from sms_messages m join orders o on o.id = m.order_id
        left join enrolments e on e.id = m.enrolment_id left join campaigns k on k.id = e.campaign_id
        where m.id = any(${asIds(ids)})`,
  )
