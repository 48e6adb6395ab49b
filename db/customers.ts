import { sql } from 'drizzle-orm'
import { asJson, asTexts, asTime, rows, type Tx } from './client.ts'
import { newId } from './ids.ts'
import { type CustomerIdentity, type KnownCustomer, matchCustomers } from './model/customer.ts'

/**
 * The customer of each identity, made or brought up to date; null for an identity that says nothing at all.
 * Found by phone, else e-mail, else the source's id; never merged. `held` are keys that customers hold already, see
 * `listHeldKeys`. Source: design 5.
 */
export async function ensureCustomers(
  tx: Tx,
  identities: readonly CustomerIdentity[],
  held: ReadonlySet<string>,
  nowMs: number,
): Promise<(string | null)[]> {
  if (identities.every((i) => i.key === null && !i.name)) return identities.map(() => null)
  await lockUnknown(tx, identities, held)
  const known = await findKnown(tx, identities, sql`for no key update`)
  const { customers, ids } = matchCustomers(identities, known, () => newId(nowMs))
  await insertCustomers(
    tx,
    customers.filter((c) => c.isNew),
    nowMs,
  )
  await updateCustomers(
    tx,
    customers.filter((c) => c.isChanged),
    nowMs,
  )
  return ids
}

/** Those of the identities' keys that customers hold. */
export const listHeldKeys = async (tx: Tx, identities: readonly CustomerIdentity[]): Promise<Set<string>> =>
  new Set((await findKnown(tx, identities)).flatMap(keysOf))

/** Two events of one unknown person at once must not make two customers; a key that a customer holds makes none. Taken
 *  in one order by everybody; 256 locks for all, as one for each person would fill the database's table of locks. */
async function lockUnknown(tx: Tx, identities: readonly CustomerIdentity[], held: ReadonlySet<string>): Promise<void> {
  const keys = [...new Set(identities.flatMap(keysOf))].filter((key) => !held.has(key)).sort()
  if (keys.length === 0) return
  await tx.execute(sql`
    select pg_advisory_xact_lock(k) from (
      select distinct (hashtextextended(tidings_workspace()::text, 0) & ~255::bigint) | (hashtext(key) & 255) as k
      from unnest(${asTexts(keys)}) as u(key) order by 1) locks`)
}

const keysOf = ({ phone, email, externalKey }: Pick<KnownCustomer, 'phone' | 'email' | 'externalKey'>): string[] =>
  [phone, email, externalKey].filter((key) => key !== null)

/** Before they are changed they are locked: one customer can be known by two keys, and two events that share none would
 *  undo each other's words. */
async function findKnown(tx: Tx, identities: readonly CustomerIdentity[], lock = sql``): Promise<KnownCustomer[]> {
  if (identities.every((i) => keysOf(i).length === 0)) return []
  const of = (key: 'phone' | 'email' | 'externalKey') =>
    asTexts([...new Set(identities.map((i) => i[key]).filter((k) => k !== null))])
  return rows<KnownCustomer>(
    tx,
    sql`select id, name, phone, phone_given as "phoneGiven", email, country, external_key as "externalKey"
        from customers where phone = any(${of('phone')})
        or (email is not null and email = any(${of('email')}))
        or (external_key is not null and external_key = any(${of('externalKey')}))
        order by created_at, id ${lock}`,
  )
}

const COLUMNS = sql.raw(
  `id uuid, name text, phone text, "phoneGiven" text, email text, country text, "externalKey" text`,
)

async function insertCustomers(tx: Tx, list: readonly KnownCustomer[], nowMs: number): Promise<void> {
  if (list.length === 0) return
  await tx.execute(sql`
    with c as (select * from jsonb_to_recordset(${asJson(list)}) as c(${COLUMNS})),
    made as (
      insert into customers (id, workspace_id, name, phone, phone_given, email, country, external_key, created_at, updated_at)
      select id, tidings_workspace(), name, phone, "phoneGiven", email, country, "externalKey", ${asTime(nowMs)}, ${asTime(nowMs)}
      from c)
    insert into customer_revisions (workspace_id, customer_id, recorded_at, name, phone, email, country)
    select tidings_workspace(), id, ${asTime(nowMs)}, name, phone, email, country from c`)
}

async function updateCustomers(tx: Tx, list: readonly KnownCustomer[], nowMs: number): Promise<void> {
  if (list.length === 0) return
  await tx.execute(sql`
    with c as (select * from jsonb_to_recordset(${asJson(list)}) as c(${COLUMNS})),
    changed as (
      update customers k set name = c.name, phone = c.phone, phone_given = c."phoneGiven", email = c.email,
        country = c.country, external_key = c."externalKey", updated_at = ${asTime(nowMs)}
      from c where k.id = c.id)
    insert into customer_revisions (workspace_id, customer_id, recorded_at, name, phone, email, country)
    select tidings_workspace(), id, ${asTime(nowMs)}, name, phone, email, country from c`)
}
