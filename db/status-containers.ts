import { sql } from 'drizzle-orm'
import { asTime, rows, sqlState, type Tx } from './client.ts'
import { newId } from './ids.ts'
import { nameKey } from './model/name.ts'
import { Refused } from './model/refusal.ts'

/** Statuses that are shown as one item, with their sum. A status stands in one at most. Source: S0-30 to S0-33. */
export interface StatusContainer {
  id: string
  name: string
  /** How many statuses stand in it. */
  statuses: number
}

/** Every container, in the order they were made. */
export const listContainers = (tx: Tx): Promise<StatusContainer[]> =>
  rows<StatusContainer>(
    tx,
    sql`select k.id, k.name,
          (select count(*)::int from order_statuses s where s.container_id = k.id and s.deleted_at is null) as statuses
        from status_containers k order by k.position, k.created_at`,
  )

/** Makes an empty container; statuses are put into it one by one. @throws Refused container_exists. Source: S0-31 */
export async function addContainer(tx: Tx, name: string, nowMs: number): Promise<string> {
  const id = newId(nowMs)
  const made = await rows(
    tx,
    sql`insert into status_containers (id, workspace_id, name, name_key, position, created_at)
        select ${id}, tidings_workspace(), ${name}, ${nameKey(name)}, (select coalesce(max(position), 0) + 1
          from status_containers), ${asTime(nowMs)}
        on conflict do nothing returning id`,
  )
  if (made.length === 0) throw taken()
  return id
}

const taken = () => new Refused('container_exists', [{ field: 'name', detail: 'choose another name' }])

/** @throws Refused unknown_container, container_exists */
export async function renameContainer(tx: Tx, id: string, name: string): Promise<void> {
  const renaming = rows(
    tx,
    sql`update status_containers set name = ${name}, name_key = ${nameKey(name)} where id = ${id} returning id`,
  )
  const renamed = await renaming.catch((error) => {
    throw sqlState(error) === '23505' ? taken() : error
  })
  if (renamed.length === 0) throw new Refused('unknown_container')
}

/** Takes a container away; its statuses stay and stand alone. @throws Refused unknown_container */
export async function deleteContainer(tx: Tx, id: string): Promise<void> {
  await tx.execute(sql`update order_statuses set container_id = null where container_id = ${id}`)
  const deleted = await rows(tx, sql`delete from status_containers where id = ${id} returning id`)
  if (deleted.length === 0) throw new Refused('unknown_container')
}

/** The id of the container with this name, whatever its case. @throws Refused unknown_container. Source: S0-32 */
export async function findContainer(tx: Tx, name: string): Promise<string> {
  // a container cannot be taken away while a status is put into it
  const [found] = await rows<{ id: string }>(
    tx,
    sql`select id from status_containers where name_key = ${nameKey(name)} for key share`,
  )
  if (found) return found.id
  throw new Refused('unknown_container', [{ field: 'container', detail: `no container is called ${name}` }])
}
