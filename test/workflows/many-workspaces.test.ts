import postgres from 'postgres'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { chunks } from '../../db/model/lists.ts'
import { type Desk, makeDesk, sms, trigger } from '../factories.ts'
import { until } from '../stack/until.ts'
import { startWorld, type World } from './world.ts'

/** More than a sender claims at once. */
const WORKSPACES = 210
/** Texts of the one that sends very many. */
const FLOOD = 5_000
const SHARD = 0

let world: World
let owner: postgres.Sql
let desks: Desk[] = []
beforeAll(async () => {
  world = await startWorld()
  owner = postgres(world.databaseUrl, { max: 1 })
  await world.reconcile(Date.now())
  desks = await inParts(Array.from({ length: WORKSPACES }), async () => {
    const desk = await makeDesk(world.store)
    await desk.campaign(trigger('accepted', 'text', { includingCreation: true }), sms('text', '{{ order.number }}'))
    return desk
  })
})
afterAll(async () => {
  await owner?.end()
  await world?.end()
})

/** Ten at a time. */
async function inParts<T, R>(list: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const done: R[] = []
  for (const some of chunks(list, 10)) done.push(...(await Promise.all(some.map(work))))
  return done
}
const countSent = async (where = owner`true`) =>
  (await owner<{ n: number }[]>`select count(*)::int as n from sms_messages where state = 'sent' and ${where}`)[0]!.n

it('each of very many workspaces gets the text of its campaign out, once', async () => {
  const orders = await inParts(desks, (desk) => {
    desk.nowMs = Date.now()
    return desk.order({ status: 'accepted' })
  })
  await until(async () => (await countSent()) === WORKSPACES, 30_000)
  expect(world.recorder.texts.map((t) => t.text).sort()).toEqual(orders.map((o) => o.number).sort())
}, 60_000)

it('each gets a text out soon, though one of the same shard had thousands queued before', async () => {
  const [flooding] = desks.map((desk) => desk.id).sort()
  const copies = (count: number, which: postgres.PendingQuery<postgres.Row[]>) => owner`
    insert into sms_messages (id, workspace_id, channel_id, dedupe_key, order_id, phone, text, parts, state, priority,
      shard, not_before, queued_at)
    select gen_random_uuid(), workspace_id, channel_id, gen_random_uuid(), order_id, phone, 'Copy', 1, 'queued', 1,
      ${SHARD}, not_before, queued_at from sms_messages, generate_series(1, ${count}::int) where ${which}`
  await copies(FLOOD, owner`workspace_id = ${flooding!} and text <> 'Copy'`)
  await copies(1, owner`workspace_id <> ${flooding!}`)
  const ofOthers = owner`text = 'Copy' and workspace_id <> ${flooding!}`
  await until(async () => (await countSent(ofOthers)) === WORKSPACES - 1)
  const ofFlood = await countSent(owner`text = 'Copy' and workspace_id = ${flooding!}`)
  expect(ofFlood).toBeLessThan(FLOOD / 2)
})
