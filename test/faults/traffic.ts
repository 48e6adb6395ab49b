import { setTimeout as sleep } from 'node:timers/promises'
import type { Rig } from './rig.ts'
import type { Seeded } from './seeded.ts'

/** How long a round's traffic lasts, in lanes that go side by side. */
const TRAFFIC_MS = 14_000
const LANES = 4
const ORDERS_PER_ROUND = 150
const STATUSES = ['processing', 'accepted', 'processing', 'accepted', 'sent', 'call-back', 'paid']

interface Sent {
  id: string
  [field: string]: unknown
}

/** Reports changes of old and new orders, some twice, alone and in batches, each until it is answered; and edits meanwhile. */
export async function drive(rig: Rig, round: number, dice: Seeded): Promise<{ events: number }> {
  const endsAt = Date.now() + TRAFFIC_MS
  const lanes = Array.from({ length: LANES }, (_, lane) => report(rig, `${round}-${lane}`, round, dice, endsAt))
  const [counts] = await Promise.all([Promise.all(lanes), edit(rig, dice, endsAt)])
  return { events: counts.reduce((sum, count) => sum + count, 0) }
}

async function report(rig: Rig, lane: string, round: number, dice: Seeded, endsAt: number): Promise<number> {
  let count = 0
  let last: Sent[] = []
  while (Date.now() < endsAt) {
    const isRepeat = last.length > 0 && dice.chance(0.2)
    const batch = isRepeat
      ? last
      : Array.from({ length: dice.pick([1, 1, 5, 40]) }, () => eventOf(`${lane}-${++count}`, round, dice))
    const answer = await rig.insist('POST', '/v1/events', batch.length === 1 ? batch[0] : batch)
    if (answer.status === 202) for (const { id } of batch) rig.acknowledged.add(id)
    last = batch
    await sleep(dice.between(0, 150))
  }
  return count
}

function eventOf(id: string, round: number, dice: Seeded): Sent {
  const n = dice.between(Math.max(0, round - 3) * ORDERS_PER_ROUND, round * ORDERS_PER_ROUND)
  const customer = { name: `Customer ${n}`, phone: `+38050${String(1_000_000 + n)}` }
  return {
    specversion: '1.0',
    id,
    source: 'faults',
    type: 'order.status_changed',
    data: {
      order: { number: `F-${n}`, total: `${(n * 7) % 100}.00`, customer },
      type: 'general',
      status: dice.pick(STATUSES),
    },
  }
}

/** What people do meanwhile: pause and resume, publish again, change a rule. Nobody insists; a refusal is an answer. */
async function edit(rig: Rig, dice: Seeded, endsAt: number): Promise<void> {
  const campaign = `/v1/campaigns/${rig.campaignId}`
  const edits: (() => Promise<unknown>)[] = [
    () => rig.call('POST', `${campaign}/pause`),
    () => rig.call('POST', `${campaign}/resume`),
    () => rig.call('POST', `${campaign}/publish`),
    () =>
      rig.call('PATCH', '/v1/statuses/general/call-back', {
        timeout: { after: dice.pick(['PT1M', 'PT2M']), to: 'cancelled' },
      }),
  ]
  while (Date.now() < endsAt) {
    await dice.pick(edits)()
    await sleep(dice.between(500, 2_500))
  }
  await rig.insist('POST', `${campaign}/resume`)
}
