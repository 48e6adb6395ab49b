import { sql } from 'drizzle-orm'
import { literally, rows, type Tx } from './client.ts'
import { isId } from './ids.ts'
import { toE164 } from './model/phone.ts'
import { Refused } from './model/refusal.ts'
import { getWorkspace } from './workspaces.ts'

/** A customer as lists show one. */
export interface FoundCustomer {
  id: string
  name: string
  phone: string | null
  email: string | null
}

/** Customers whose name, phone or e-mail has this part, the newest first. */
export async function listCustomers(tx: Tx, { q, limit }: { q: string; limit: number }): Promise<FoundCustomer[]> {
  const like = `%${literally(q)}%`
  return rows<FoundCustomer>(
    tx,
    sql`select id, name, phone, email from customers
        where name ilike ${like} or phone ilike ${like} or email ilike ${like} order by id desc limit ${limit}`,
  )
}

/** The customer with this id, or with this phone as people of the workspace write it. @throws Refused unknown_customer */
export async function getCustomer(tx: Tx, idOrPhone: string): Promise<FoundCustomer> {
  const known = isId(idOrPhone)
    ? sql`id = ${idOrPhone}`
    : sql`phone = ${toE164(idOrPhone, (await getWorkspace(tx)).region)}`
  const [customer] = await rows<FoundCustomer>(tx, sql`select id, name, phone, email from customers where ${known}`)
  if (!customer) throw new Refused('unknown_customer')
  return customer
}
