import { writeFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { it } from 'vitest'
import { claimMessages, nextMessageAt, takeShard } from '../../db/hand-over.ts'
import { newId } from '../../db/ids.ts'
import { countWork, listStuck } from '../../db/system.ts'
import { queueTexts } from '../../db/messages.ts'
import { freshStore, makeDesk } from '../factories.ts'
it('perf', { timeout: 500_000 }, async () => {
  const { store, url } = await freshStore()
  const desk = await makeDesk(store)
  const { id } = await desk.order({ customer: { phone: '+380671112233' } })
  await desk.run((tx) => queueTexts(tx, [{ dedupeKey: 'k', orderId: id, template: 'Hi', priority: 2 }], desk.nowMs))
  const o = postgres(url, { max: 1 })
  const n = 300000
  await o.unsafe(`insert into sms_messages (id, workspace_id, channel_id, dedupe_key, order_id, phone, text, parts, state, priority, shard, not_before, queued_at)
    select gen_random_uuid(), workspace_id, channel_id, 'x' || g, order_id, phone, repeat('some words ', 10), 1, 'queued', 2, 0, now() - interval '1 hour' + g * interval '1 ms', now() - interval '1 hour' + g * interval '1 ms'
    from sms_messages, generate_series(1, ${n}) g where dedupe_key = 'k'`)
  await o.unsafe(`insert into sms_messages (id, workspace_id, channel_id, dedupe_key, order_id, phone, text, parts, state, priority, shard, not_before, queued_at)
    select gen_random_uuid(), workspace_id, channel_id, 'y' || g, order_id, phone, repeat('some words ', 10), 1, 'delivered', 2, 0, now(), now() - g * interval '1 second'
    from sms_messages, generate_series(1, ${2 * n}) g where dedupe_key = 'k'`)
  await o.unsafe(`insert into batches (id, workspace_id, size, created_at, consequences_at) select gen_random_uuid(), (select workspace_id from sms_messages limit 1), 1, now() - g * interval '1 second', now() from generate_series(1, ${2 * n}) g`)
  await o.unsafe('vacuum analyze sms_messages'); await o.unsafe('vacuum analyze batches')
  const [{ channel_id: ch }] = (await o.unsafe('select channel_id from sms_messages limit 1')) as any
  const holder = newId()
  await takeShard(store, 0, holder, [], Date.now())
  const out: string[] = []
  const time = async (what: string, f: () => Promise<any>) => { for (let i = 0; i < 4; i++) { const t = performance.now(); const r = await f(); out.push(`${what} ${(performance.now() - t).toFixed(1)} ms ${JSON.stringify(r).slice(0, 60)}`) } }
  await time('next, resting', () => nextMessageAt(store, 0, [ch]))
  await time('next', () => nextMessageAt(store, 0, []))
  await time('claim, resting', () => claimMessages(store, 0, holder, 200, Date.now(), [ch]))
  await time('claim', async () => (await claimMessages(store, 0, holder, 200, Date.now(), [])).length)
  await time('work', () => desk.run((tx) => countWork(tx, Date.now())))
  await time('stuck', () => desk.run((tx) => listStuck(tx, Date.now())))
  const explain = async (q: string) => out.push(...(await o.unsafe('explain (analyze, buffers) ' + q)).map((r: any) => r['QUERY PLAN']))
  const ws = (await o.unsafe('select workspace_id from sms_messages limit 1') as any)[0].workspace_id
  const failed = `select count(*) from batches b where b.workspace_id = '${ws}' and b.failed_at is not null and b.created_at > now() - interval '7 days'`
  const unknown = `select count(*) from sms_messages m where m.workspace_id = '${ws}' and m.state = 'unknown' and m.queued_at > now() - interval '7 days'`
  await explain(failed); await explain(unknown)
  await o.unsafe(`create index on batches (workspace_id, failed_at) where failed_at is not null`)
  await o.unsafe(`create index on sms_messages (workspace_id, queued_at) where state = 'unknown'`)
  await explain(failed); await explain(unknown)
  await time('work with', () => desk.run((tx) => countWork(tx, Date.now())))
  await time('stuck with', () => desk.run((tx) => listStuck(tx, Date.now())))
  writeFileSync('/tmp/perf.txt', out.join('\n'))
})
