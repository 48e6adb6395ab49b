import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { expect, it } from 'vitest'
import { halveBatch } from '../../db/batches.ts'
import { takeShard } from '../../db/hand-over.ts'
import { newId } from '../../db/ids.ts'
import { listInbound, processInbound, storeInbound } from '../../db/inbound-events.ts'
import { addIntegration } from '../../db/integrations.ts'
import { queueTexts } from '../../db/messages.ts'
import { listControls, markCarried } from '../../db/outbox.ts'
import { changeStatus } from '../../db/statuses.ts'
import { freshStore, makeDesk } from '../factories.ts'

/** Pages that were read for each statement, the functions in it included. */
async function pagesOf(owner: postgres.Sql, statements: readonly string[]): Promise<number[]> {
  // the first time catalogs are read too; the last time a plan for any values may be in use
  let pages: number[] = []
  for (let n = 0; n < 7; n++) {
    pages = []
    for (const statement of statements) {
      const [row] = await owner.unsafe(`explain (analyze, buffers, format json) ${statement}`)
      const [{ Plan: plan }] = row!['QUERY PLAN']
      pages.push(plan['Shared Hit Blocks'] + plan['Shared Read Blocks'])
    }
  }
  return pages
}

it('works on behind the two thousand millionth row', async () => {
  const { store, url } = await freshStore()
  const owner = postgres(url, { max: 1 })
  const sequences = await owner`select sequencename as name from pg_sequences where schemaname = 'public'`
  expect(sequences.length).toBeGreaterThan(2)
  for (const { name } of sequences) await owner`select setval(${name}, ${5_000_000_000})`
  await owner.end()

  const desk = await makeDesk(store)
  await desk.watch()
  await desk.order()
  const batch = (await desk.batch())!
  await desk.run((tx) => halveBatch(tx, batch, { id: 'run/0', error: 'Bad' }, desk.nowMs))
  expect(await desk.query(sql`select size from batches order by size`)).toEqual([{ size: 1 }, { size: 2 }])

  const timeout = { after: { amount: 1, unit: 'day' as const }, to: 'paid' }
  await desk.run((tx) => changeStatus(tx, 'general', 'sent', { timeout }, desk.nowMs))
  const [control] = await listControls(store, 10)
  expect(control!.id).toBeGreaterThan(5_000_000_000)
  await markCarried(store, [control!.id], desk.nowMs)
  expect(await listControls(store, 10)).toEqual([])

  const shop = { kind: 'woocommerce', name: 'Shop', secret: 's', statusMap: {} } as const
  const integrationId = await desk.run((tx) => addIntegration(tx, shop, desk.nowMs))
  const body = Buffer.from(JSON.stringify({ id: 1, status: 'processing', total: '1' }))
  await desk.run((tx) => storeInbound(tx, { integrationId, deliveryKey: 'k', topic: undefined, body }, desk.nowMs))
  expect(await processInbound(store, { integrationId, workspaceId: desk.id }, desk.nowMs)).toBe(1)
  const [event] = await desk.run((tx) => listInbound(tx, { limit: 10 }))
  expect(event).toMatchObject({ outcome: 'moved' })
  expect(event!.id).toBeGreaterThan(5_000_000_000)
})

it('reads of a long queue what it takes, and nothing of a channel that rests', async () => {
  const { store, url } = await freshStore()
  const desk = await makeDesk(store)
  const { id: orderId } = await desk.order()
  await desk.run((tx) => queueTexts(tx, [{ dedupeKey: 'first', orderId, template: 'Hi', priority: 2 }], desk.nowMs))
  const owner = postgres(url, { max: 1 })
  await owner`
    insert into sms_messages (id, workspace_id, channel_id, dedupe_key, order_id, phone, text, parts, state, priority,
      shard, not_before, queued_at)
    select gen_random_uuid(), workspace_id, channel_id, n, order_id, phone, repeat('Hi ', 50), 1, 'queued', 2, 50,
      queued_at - n * interval '1 second', queued_at from sms_messages, generate_series(1, 20000) n`
  await owner`vacuum analyze sms_messages`
  const holder = newId()
  await takeShard(store, 50, holder, [], desk.nowMs)
  const all = `'{}'::uuid[]`
  const resting = `(select array_agg(id) from channels)`
  const claim = (channels: string) => `select * from claim_messages(50, '${holder}', 20, ${channels}, now())`
  const asked = [
    `select next_message_at(50, ${all})`,
    `select next_message_at(50, ${resting})`,
    claim(resting),
    claim(all),
  ]
  const pages = await pagesOf(owner, asked)
  await owner.end()
  const [next, nextOfOthers, nothing, twenty] = pages
  expect([next! < 100, nextOfOthers! < 100, nothing! < 100], `${pages}`).toEqual([true, true, true])
  // each of the twenty is read, written and put into some indexes
  expect(twenty).toBeLessThan(2_000)
})

it('reads of a long outbox what it takes: while it waits, and when it has just been carried', async () => {
  const { store, url } = await freshStore()
  const [busy, small] = [await makeDesk(store), await makeDesk(store)]
  const owner = postgres(url, { max: 1 })
  const wait = (count: number) => owner`
    insert into outbox (workspace_id, topic, subject_id, created_at)
    select ${busy.id}, 'order.status_changed', gen_random_uuid(), now() from generate_series(1, ${count}::int)`
  await wait(100_000)
  await owner`vacuum analyze outbox`
  await small.order()
  const take = `select take_batch('${busy.id}', gen_random_uuid(), 20, now())`
  const asked = [`select * from open_changes(500)`, take]
  const waiting = await pagesOf(owner, asked)
  expect(Math.max(...waiting), `${waiting}`).toBeLessThan(1_000)

  // the planner still believes that all of it waits
  await owner`update outbox set batch_id = gen_random_uuid() where batch_id is null`
  await wait(1_000)
  const carried = await pagesOf(owner, [...asked, `select * from figures(now())`])
  await owner.end()
  // what is left of the index of what waited, until it is cleaned, and nothing of the table
  expect(Math.max(...carried), `${carried}`).toBeLessThan(2_000)
})
