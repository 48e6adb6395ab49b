import { setTimeout as sleep } from 'node:timers/promises'
import type { Shop } from './site.ts'

/** The most events that one request takes. */
export const BATCH_MAX = 500

let events = 0
/** The event that an order of this number came to a general status; its customer has a phone of his own. */
export function eventOf(n: number, status: string): object {
  const phone = `+38067${String(n % 10_000_000).padStart(7, '0')}`
  return {
    specversion: '1.0',
    id: `${++events}`,
    source: 'bench',
    type: 'order.status_changed',
    data: {
      order: { number: `B-${n}`, total: '120.00', customer: { name: `Customer ${n}`, phone } },
      type: 'general',
      status,
    },
  }
}

/** The events that orders `from` to `from + count - 1` came to a general status. */
export const eventsOf = (from: number, count: number, status: string): object[] =>
  Array.from({ length: count }, (_, i) => eventOf(from + i, status))

export const post = (shop: Shop, events: object): Promise<unknown> => shop.call('POST', '/v1/events', events)

/** Orders `from` to `from + count - 1`, in Processing. */
export async function fill(shop: Shop, from: number, count: number): Promise<void> {
  await inParallel(4, chunksOf(count, BATCH_MAX), ({ start, count }) =>
    post(shop, eventsOf(from + start, count, 'processing')),
  )
}

/** A number of things in pieces of at most `max`. */
export const chunksOf = (count: number, max: number): { start: number; count: number }[] =>
  Array.from({ length: Math.ceil(count / max) }, (_, i) => ({ start: i * max, count: Math.min(max, count - i * max) }))

/** Does all pieces, so many at a time. */
export async function inParallel<T>(lanes: number, pieces: readonly T[], work: (piece: T) => Promise<unknown>) {
  const left = pieces.values()
  const lane = async () => {
    for (const piece of left) await work(piece)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}

/** Calls `fire` every `everyMs`, whether or not the earlier calls have come back; ends when all have. */
export async function atRate(times: number, everyMs: number, fire: (n: number, dueMs: number) => Promise<void>) {
  const startedMs = performance.now()
  const under: Promise<void>[] = []
  for (let n = 0; n < times; n++) {
    const dueMs = startedMs + n * everyMs
    const early = dueMs - performance.now()
    if (early > 0) await sleep(early)
    under.push(fire(n, dueMs))
  }
  await Promise.all(under)
}

/** Publishes a campaign of these steps on Processing → Accepted; answers its id. */
export async function publish(shop: Shop, steps: readonly object[]): Promise<string> {
  const start = {
    id: 'start',
    kind: 'order_status_changed',
    type: 'general',
    from: { statuses: ['processing'] },
    to: { statuses: ['accepted'] },
    next: { out: (steps[0] as { id: string }).id },
  }
  const draft = { name: 'Measured', draft: { steps: [start, ...steps] } }
  const { id } = (await shop.call('POST', '/v1/campaigns', draft)) as { id: string }
  await shop.call('POST', `/v1/campaigns/${id}/publish`)
  return id
}

/** Filter, perhaps a wait, and a text. */
export function stepsWith(wait?: string): object[] {
  const rule = { field: 'order.total', operator: 'atLeast', value: 10 }
  const filter = (yes: string) => ({
    id: 'filter',
    kind: 'filter_customers',
    where: { combinator: 'and', rules: [rule] },
    next: { yes, no: null },
  })
  const text = {
    id: 'text',
    kind: 'send_sms',
    message: 'Hi {{ customer.first_name }}, order {{ order.number }} is accepted.',
    next: { out: null },
  }
  if (wait === undefined) return [filter('text'), text]
  return [filter('wait'), { id: 'wait', kind: 'wait', for: wait, next: { out: 'text' } }, text]
}
