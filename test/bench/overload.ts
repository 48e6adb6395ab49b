import { setTimeout as sleep } from 'node:timers/promises'
import { until } from '../stack/until.ts'
import { atMost, type Bench, type Figure, percentile, told } from './figure.ts'
import { memoryMb, total } from './gauge.ts'
import { atRate, eventsOf, fill, post, publish, stepsWith } from './load.ts'
import { openSite, type Site, TooMany } from './site.ts'
import { countTexts, waitOfTexts } from './texts.ts'

const SECONDS = 60
/** Changes a second, twice what two cores carry for long, each with a text. */
const RATE = 2_000
const POSTS_PER_SECOND = 20
const PATIENCE_MS = 280_000
const LOOK_EVERY_MS = 1_000
/** Whether it recovered shows in a stream that it carries with ease. */
const AFTERWARDS = { seconds: 10, rate: 200 }

/** `size` seconds of twice the load that can be carried: nothing is lost, memory stays, and afterwards all is as before. */
export const overload: Bench = async ({ size = SECONDS }) => {
  const site = await openSite()
  try {
    await publish(site.shop, stepsWith())
    const changes = RATE * size
    const afterwards = AFTERWARDS.seconds * AFTERWARDS.rate
    await fill(site.shop, 0, changes + afterwards)
    await site.sql`analyze`
    const { result: offered, ...memory } = await watch(site, () => offer(site, 0, changes, RATE))
    const drainMs = await untilReceipted(site, changes)
    const afterwardsMs = Date.now()
    const later = await offer(site, changes, afterwards, AFTERWARDS.rate)
    await untilReceipted(site, changes + afterwards)
    return [
      told(`${RATE} changes a second for ${size} s: answered 429 at first, and taken later`, '', offered.refusals),
      told('longest answer, a wait that was asked for included', 'ms', percentile(offered.answersMs, 1)),
      atMost('memory at most, beside that before', '×', 1.5, memory.mostMb / memory.beforeMb),
      told('until every text had its receipt, after the last change', 's', drainMs / 1_000),
      ...(await lost(site, changes + afterwards)),
      atMost('afterwards, 200 a second: change → gateway, p95', 'ms', 250, await waitOfTexts(site, afterwardsMs)),
      told('afterwards: longest answer', 'ms', percentile(later.answersMs, 1)),
    ]
  } finally {
    await site.end()
  }
}

interface Offered {
  refusals: number
  answersMs: number[]
}

/** Posts at a rate, whatever the answers; what is refused comes again when it was told to. */
async function offer({ shop }: Site, from: number, changes: number, rate: number): Promise<Offered> {
  const each = rate / POSTS_PER_SECOND
  const offered: Offered = { refusals: 0, answersMs: [] }
  await atRate(changes / each, 1_000 / POSTS_PER_SECOND, async (n, dueMs) => {
    const events = eventsOf(from + n * each, each, 'accepted')
    const attempt = (): Promise<unknown> =>
      post(shop, events).catch(async (error) => {
        if (!(error instanceof TooMany)) throw error
        offered.refusals++
        await sleep(error.retryAfterMs)
        return attempt()
      })
    await attempt()
    offered.answersMs.push(performance.now() - dueMs)
  })
  return offered
}

/** The memory of all processes before `work` and at most during it. */
async function watch<T>(site: Site, work: () => Promise<T>) {
  const beforeMb = total(memoryMb(site.home))
  let mostMb = beforeMb
  const looking = setInterval(() => {
    mostMb = Math.max(mostMb, total(memoryMb(site.home)))
  }, LOOK_EVERY_MS)
  const result = await work().finally(() => clearInterval(looking))
  return { beforeMb, mostMb, result }
}

/** Until it is known of so many texts what became of them; answers in ms. */
async function untilReceipted(site: Site, texts: number): Promise<number> {
  const startedMs = performance.now()
  await until(async () => {
    const isOver = (await countTexts(site, true)) >= texts
    if (!isOver) await sleep(LOOK_EVERY_MS)
    return isOver
  }, PATIENCE_MS)
  return performance.now() - startedMs
}

async function lost({ sql, shop }: Site, changes: number): Promise<Figure[]> {
  const [row] = await sql<{ moved: number; enrolled: number; texts: number }[]>`
    select (select count(*)::int from order_status_changes c join order_statuses s on s.id = c.to_status_id
        where c.workspace_id = ${shop.id} and s.code = 'accepted') as moved,
      (select count(*)::int from enrolments where workspace_id = ${shop.id} and end_reason = 'finished') as enrolled,
      (select count(distinct enrolment_id)::int from sms_messages
        where workspace_id = ${shop.id} and state in ('delivered', 'undelivered')) as texts`
  return [
    atMost('changes lost', '', 0, changes - row!.moved),
    atMost('customers lost', '', 0, changes - row!.enrolled),
    atMost('texts lost', '', 0, changes - row!.texts),
  ]
}
