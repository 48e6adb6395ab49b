import { expect, it } from 'vitest'
import { openApi } from './client.ts'

const { call } = await openApi({ limits: { admission: { requestsMax: 2, bytesMax: 100 } } })

/** A change whose body is still on its way; answers how to finish it. */
function begin(length?: number) {
  let finish = () => {}
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"type":"general",'))
      finish = () => {
        controller.enqueue(new TextEncoder().encode('"code":"paid"}'))
        controller.close()
      }
    },
  })
  const headers = length === undefined ? {} : { 'content-length': `${length}` }
  return { answer: call('PUT', '/v1/orders/none/status', body, headers), finish: () => finish() }
}

it('answers 429 with Retry-After to changes beyond what can be worked on, lets reads in, and recovers', async () => {
  const [first, second] = [begin(), begin()]
  const third = await call('PUT', '/v1/orders/none/status', { type: 'general', code: 'paid' })
  expect([third.status, third.body.code, third.headers.get('retry-after')]).toEqual([429, 'too_busy', '1'])
  expect((await call('GET', '/v1/orders')).status).toBe(200)
  first.finish()
  second.finish()
  expect((await first.answer).status).toBe(404)
  expect((await second.answer).status).toBe(404)
  expect((await call('PUT', '/v1/orders/none/status', { type: 'general', code: 'paid' })).status).toBe(404)
})

it('counts the bytes of bodies, and lets one that is too large by itself in alone', async () => {
  const large = begin(1_000)
  expect(
    (await call('PUT', '/v1/orders/none/status', { type: 'general', code: 'paid' }, { 'content-length': '31' })).status,
  ).toBe(429)
  large.finish()
  expect((await large.answer).status).toBe(404)
})
