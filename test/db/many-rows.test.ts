import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { expect, it } from 'vitest'
import { halveBatch } from '../../db/batches.ts'
import { listInbound, processInbound, storeInbound } from '../../db/inbound-events.ts'
import { addIntegration } from '../../db/integrations.ts'
import { listControls, markCarried } from '../../db/outbox.ts'
import { changeStatus } from '../../db/statuses.ts'
import { freshStore, makeDesk } from '../factories.ts'

it('works on behind the two thousand millionth row', async () => {
  const { store, url } = await freshStore()
  const owner = postgres(url, { max: 1 })
  const sequences = await owner`select sequencename as name from pg_sequences where schemaname = 'public'`
  expect(sequences.length).toBeGreaterThan(2)
  for (const { name } of sequences) await owner`select setval(${name}, ${5_000_000_000})`
  await owner.end()

  const desk = await makeDesk(store)
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
