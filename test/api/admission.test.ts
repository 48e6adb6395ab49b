import { createHmac } from 'node:crypto'
import { expect, it } from 'vitest'
import { ask, openApi } from './client.ts'

const { app, call } = await openApi({ limits: { admission: { requestsMax: 2, bytesMax: 100 } } })

const CHUNKED = { 'transfer-encoding': 'chunked' }

/** A change whose body is still on its way; answers how to finish it. */
function begin(headers: Record<string, string> = {}) {
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
  const large = begin({ 'content-length': '1000' })
  expect(
    (await call('PUT', '/v1/orders/none/status', { type: 'general', code: 'paid' }, { 'content-length': '31' })).status,
  ).toBe(429)
  large.finish()
  expect((await large.answer).status).toBe(404)
})

it('counts a body that does not tell its length as a large one', async () => {
  const small = begin()
  const untold = await call('PUT', '/v1/orders/none/status', { type: 'general', code: 'paid' }, CHUNKED)
  expect(untold.body.code).toBe('too_busy')
  small.finish()
  expect((await small.answer).status).toBe(404)
})

it('takes in what shops post however much else is under way, as shops stop sending after a few refusals', async () => {
  const shop = (await call('POST', '/v1/integrations', { kind: 'woocommerce', name: 'Shop' })).body
  const signature = (body: string) => createHmac('sha256', shop.secret).update(body).digest('base64')
  const others = [begin(), begin()]
  const body = '{"id":1}'
  const path = new URL(shop.url).pathname
  expect((await ask(app, 'POST', path, body, { 'x-wc-webhook-signature': signature(body) })).status).toBe(200)
  for (const { finish, answer } of others) {
    finish()
    await answer
  }
})
