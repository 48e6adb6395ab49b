import { consequencesOf } from '../../db/batches.ts'
import type { Store } from '../../db/client.ts'
import { takeBatch } from '../../db/outbox.ts'
import { anEvent, type Call, unique } from './client.ts'

/** Orders with one queued text each, made as the relay and the engine would. Answers the orders' numbers. */
export async function textOrders(
  call: Call,
  store: Store,
  workspaceId: string,
  phones: (string | null)[],
): Promise<string[]> {
  const code = unique('texting')
  const autoSms = { template: 'Order {{ order.number }}', always: true }
  await call('POST', '/v1/statuses', { type: 'general', name: code, code, group: 'sent', autoSms })
  const events = phones.map((phone) =>
    anEvent({ order: { number: unique('order'), customer: phone ? { name: 'Anna', phone } : null }, status: code }),
  )
  await call('POST', '/v1/events', events)
  for (let batch = await takeBatch(store, workspaceId, 500, Date.now()); batch; ) {
    const { id } = batch
    await store.inWorkspace(workspaceId, (tx) => consequencesOf(tx, id, Date.now()))
    batch = await takeBatch(store, workspaceId, 500, Date.now())
  }
  return events.map((e) => e.data.order.number)
}
