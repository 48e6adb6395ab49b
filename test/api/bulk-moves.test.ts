import { expect, it } from 'vitest'
import { addWorkspace, anEvent, openApi, unique } from './client.ts'

const { app, store, call } = await openApi()

/** Orders whose numbers begin with a word that no other's does. */
async function some(count: number, status = 'processing') {
  const word = unique('many')
  const numbers = Array.from({ length: count }, (_, i) => `${word}/${i}`)
  const answer = await call(
    'POST',
    '/v1/events',
    numbers.map((number) => anEvent({ order: { number }, status })),
    { 'content-type': 'application/cloudevents-batch+json' },
  )
  expect(answer.status).toBe(202)
  return { word, numbers }
}
const move = (body: unknown) => call('POST', '/v1/orders/move', body)
const get = async (number: string) => (await call('GET', `/v1/orders/${encodeURIComponent(number)}`)).body
const TO_SENT = { type: 'general', code: 'sent' }

it('S0-20 moves the orders that are named and tells what came of each', async () => {
  const { numbers } = await some(2)
  await call('POST', '/v1/orders/archive', { numbers: [numbers[1]] })
  expect(await move({ numbers: [...numbers, 'none'], ...TO_SENT })).toMatchObject({
    status: 200,
    body: {
      moved: 1,
      unchanged: 0,
      stale: 0,
      refused: [
        { code: 'order_archived', detail: expect.stringContaining('archive'), count: 1, orders: [numbers[1]] },
        { code: 'unknown_order', count: 1, orders: ['none'] },
      ],
      next: null,
    },
  })
  const { history } = await get(numbers[0]!)
  expect(history.at(-1)).toMatchObject({ to: 'sent', actor: { kind: 'bulk', name: 'first' } })
})

it('moves all that the list with the same filters shows, silently where asked', async () => {
  const { word, numbers } = await some(3)
  await call('PUT', `/v1/orders/${encodeURIComponent(numbers[0]!)}/status`, { type: 'payment', code: 'paid' })
  const all = { q: word, type: 'payment', status: 'paid' }
  const query = new URLSearchParams(all)
  expect((await call('GET', `/v1/orders?${query}`)).body.total).toBe(1)
  expect((await move({ all, ...TO_SENT, silent: true })).body).toMatchObject({ moved: 1, next: null })
  expect((await move({ all, ...TO_SENT })).body).toMatchObject({ moved: 0, unchanged: 1 })
  const { timeline } = await get(numbers[0]!)
  expect(timeline.at(-1).data).toMatchObject({ toCode: 'sent', silent: true })
})

it.each([
  ['neither numbers nor all', TO_SENT, 422, 'invalid_request'],
  ['both', { numbers: ['1'], all: {}, ...TO_SENT }, 422, 'invalid_request'],
  ['no number at all', { numbers: [], ...TO_SENT }, 422, 'invalid_request'],
  ['more numbers than 500', { numbers: Array(501).fill('1'), ...TO_SENT }, 422, 'invalid_request'],
  ['no status', { numbers: ['1'], type: 'general' }, 422, 'invalid_request'],
  ['a place to go on from that is none', { all: {}, before: 'x', ...TO_SENT }, 422, 'invalid_request'],
  ['an unknown status', { all: {}, type: 'payment', code: 'sent' }, 404, 'unknown_status'],
])('refuses %s', async (_, body, status, code) => {
  const answer = await move(body)
  expect([answer.status, answer.body.code]).toEqual([status, code])
})

it('answers 403 orders_disabled while Orders are off', async () => {
  const off = await addWorkspace(store, app, null)
  expect((await off.call('POST', '/v1/orders/move', { all: {}, ...TO_SENT })).status).toBe(403)
})
