import { setTimeout as sleep } from 'node:timers/promises'
import { atMost, type Bench, type Figure, told } from './figure.ts'
import { handles, memoryMb, total } from './gauge.ts'
import { atRate, eventOf, fill, post, publish, stepsWith } from './load.ts'
import { openSite, type Site } from './site.ts'
import { waitOfTexts } from './texts.ts'

const MINUTES = 30
/** Changes a second, about half of what two cores carry for long. */
const RATE = 500
const POSTS_PER_SECOND = 10
const ORDERS = 30_000
const MINUTE_MS = 60_000

/** Whether anything creeps in `size` minutes of half the load: what is looked at each minute may not grow at the end. */
export const soak: Bench = async ({ size = MINUTES }) => {
  const site = await openSite()
  try {
    await publish(site.shop, stepsWith())
    await fill(site.shop, 0, ORDERS)
    await site.sql`vacuum analyze`
    const seconds = size * 60
    const loading = atRate(seconds * POSTS_PER_SECOND, 1_000 / POSTS_PER_SECOND, (n) => change(site, n))
    const looks = await lookEachMinute(site, size)
    await loading
    return figures(looks)
  } finally {
    await site.end()
  }
}

/** Each order goes back and forth; half of the changes start the campaign. */
async function change({ shop }: Site, n: number): Promise<void> {
  const each = RATE / POSTS_PER_SECOND
  const list = Array.from({ length: each }, (_, i) => {
    const at = n * each + i
    const order = at % ORDERS
    const isOnward = (Math.floor(at / ORDERS) + order) % 2 === 0
    return eventOf(order, isOnward ? 'accepted' : 'processing')
  })
  await post(shop, list)
}

interface Look {
  memoryMb: number
  handles: number
  changes: number
  bytes: number
  deadShare: number
  latencyMs: number
}

async function lookEachMinute(site: Site, minutes: number): Promise<Look[]> {
  const looks: Look[] = []
  for (let minute = 1; minute <= minutes; minute++) {
    await sleep(MINUTE_MS)
    looks.push(await look(site))
    console.log(`minute ${minute}: ${JSON.stringify(looks.at(-1))}`)
  }
  return looks
}

async function look(site: Site): Promise<Look> {
  const { sql, home } = site
  const [row] = await sql<Omit<Look, 'memoryMb' | 'handles' | 'latencyMs'>[]>`
    select (select count(*)::int from order_status_changes) as changes, pg_database_size(current_database())::float8 as bytes,
      (select sum(n_dead_tup)::float8 / greatest(sum(n_live_tup + n_dead_tup), 1) from pg_stat_user_tables) as "deadShare"`
  const latencyMs = await waitOfTexts(site, Date.now() - MINUTE_MS)
  return { ...row!, latencyMs, memoryMb: total(memoryMb(home)), handles: total(handles(home)) }
}

/** The first looks find caches that fill; the middle and the end are compared. */
function figures(looks: readonly Look[]): Figure[] {
  const third = Math.max(1, Math.floor(looks.length / 3))
  const mean = (part: readonly Look[], of: (look: Look) => number) =>
    part.reduce((sum, l) => sum + of(l), 0) / part.length
  const parts = [looks.slice(0, third), looks.slice(third, -third), looks.slice(-third)] as const
  const perChange = (part: readonly Look[]) =>
    (part.at(-1)!.bytes - part[0]!.bytes) / Math.max(1, part.at(-1)!.changes - part[0]!.changes)
  const row = (name: string, unit: string, values: readonly number[], growth: number) => [
    told(`${name}: start`, unit, values[0]!),
    told(`${name}: middle`, unit, values[1]!),
    atMost(`${name}: end`, unit, Number((values[1]! * growth).toFixed(2)), values[2]!),
  ]
  const means = (of: (look: Look) => number) => parts.map((part) => mean(part.length > 0 ? part : looks, of))
  return [
    ...row(
      'memory',
      'MB',
      means((l) => l.memoryMb),
      1.1,
    ),
    ...row(
      'open files',
      '',
      means((l) => l.handles),
      1.1,
    ),
    ...row(
      'bytes of database a change',
      '',
      parts.map((part) => perChange(part.length > 1 ? part : looks)),
      1.25,
    ),
    ...row(
      'share of dead rows',
      '',
      means((l) => l.deadShare),
      1.25,
    ),
    ...row(
      'change → gateway, p95',
      'ms',
      means((l) => l.latencyMs),
      1.5,
    ),
  ]
}
