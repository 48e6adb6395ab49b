import { chunks } from '../../db/model/lists.ts'
import { inParallel, post } from '../bench/load.ts'
import type { Site } from '../bench/site.ts'
import { Seeded } from '../faults/seeded.ts'
import { readOlist, type Told } from './olist.ts'

const SEED = 7
const DUPLICATES = 0.2
const LANES = 8
const BATCH = 100

interface Event extends Told {
  id: string
}

/**
 * Real orders reported in time, out of order, and with repeats from eight senders at once: each must end in the same
 * statuses. Source: pitfalls P4, replay.
 * @throws with the first order that does not
 */
export async function replay(site: Site, folder: string): Promise<string> {
  const orders = readOlist(folder)
  const events = orders.flat().map((told, i): Event => ({ ...told, id: `${i}` }))
  const dice = new Seeded(SEED)
  await send(
    site,
    'in-order',
    [...events].sort((a, b) => a.at.localeCompare(b.at)),
  )
  await send(site, 'shuffled', shuffled(events, dice))
  const repeated = events.filter(() => dice.chance(DUPLICATES))
  await send(site, 'repeated', shuffled([...events, ...repeated], dice), LANES)
  const expected = new Map(orders.flat().map((told) => [`${told.order} ${told.type}`, told]))
  await compare(site, expected)
  await refuseGaps(site)
  return `${orders.length} orders, ${events.length} reports three ways (${repeated.length} repeats): all end alike`
}

function shuffled<T>(items: readonly T[], dice: Seeded): T[] {
  return items
    .map((item) => ({ item, at: dice.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)
}

async function send({ shop }: Site, way: string, events: readonly Event[], lanes = 1): Promise<void> {
  await inParallel(lanes, chunks(events, BATCH), (batch) =>
    post(
      shop,
      batch.map(({ id, order, type, status, at }) => ({
        specversion: '1.0',
        id,
        source: way,
        type: 'order.status_changed',
        data: { order: { number: `${way}-${order}` }, type, status, occurredAt: at },
      })),
    ),
  )
}

/** The last report of each axis is what an order must stand on; without one it stands where orders begin. */
async function compare({ sql, shop }: Site, expected: ReadonlyMap<string, Told>): Promise<void> {
  const found = await sql<{ number: string; axis: string; code: string; isInitial: boolean }[]>`
    select o.number, s.axis, s.code, s.is_initial as "isInitial" from orders o join order_statuses s
    on s.id in (o.general_status_id, o.delivery_status_id, o.payment_status_id) where o.workspace_id = ${shop.id}`
  if (found.length < 3 * 8_000 * 3) throw new Error(`only ${found.length} statuses of orders stand`)
  for (const { number, axis, code, isInitial } of found) {
    const order = number.replace(/^(in-order|shuffled|repeated)-/, '')
    const last = expected.get(`${order} ${axis}`)
    if (last ? last.status !== code : !isInitial)
      throw new Error(`order ${number} stands on ${axis} ${code}; ${last?.status ?? 'the initial one'} was told last`)
  }
}

/** The history of each order has every number once, its times never go back, and the counts are the recount. */
async function refuseGaps({ sql, shop }: Site): Promise<void> {
  const [broken] = await sql<{ number: string }[]>`
    select o.number from (
      select order_id, axis, seq, row_number() over w as n, changed_at, lag(changed_at) over w as before
      from order_status_changes where workspace_id = ${shop.id} and source is not null
      window w as (partition by order_id, axis order by seq)) h join orders o on o.id = h.order_id
    where h.before > h.changed_at limit 1`
  if (broken) throw new Error(`the history of order ${broken.number} goes back in time`)
  const { statuses } = (await shop.call('GET', '/v1/statuses')) as { statuses: Count[] }
  const recount = await sql<Count[]>`
    select s.axis as type, s.code, count(o.id)::int as orders from order_statuses s left join orders o
    on s.id in (o.general_status_id, o.delivery_status_id, o.payment_status_id) and o.archived_at is null
    where s.workspace_id = ${shop.id} group by 1, 2`
  for (const { type, code, orders } of recount) {
    const told = statuses.find((s) => s.type === type && s.code === code)?.orders
    if (told !== orders) throw new Error(`${type} ${code}: ${told} are told, ${orders} stand there`)
  }
}

interface Count {
  type: string
  code: string
  orders: number
}
