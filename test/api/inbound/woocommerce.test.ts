import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createApp } from '../../../api/app.ts'
import { ask, openApi } from '../client.ts'

const { app, store, call } = await openApi()

/** As PHP writes it: slashes and letters escaped. */
const BODY = String.raw`{"id":4711,"number":"4711","status":"processing","currency":"UAH","total":"120.00","date_created_gmt":"2026-03-01T08:00:00","date_modified_gmt":"2026-03-02T09:30:15","payment_method":"cod","billing":{"first_name":"\u0406\u0432\u0430\u043d","last_name":"\u041a\u043e\u0432\u0430\u043b\u044c","country":"UA","phone":"0671234567"},"payment_url":"https:\/\/shop.example\/pay\/4711"}`
// made with: printf %s "$BODY" | openssl dgst -sha256 -hmac "$SECRET" -binary | base64
const SIGNED_PLAIN = 'nvAV+zmUbbkfT00POlCBgbHfOhWt3nf+aw6DofOvhsI='
/** By the secret `it's "a" <b> & c`. */
const SIGNED_SPECIAL = 'PRBXuHChdmhpsH+sWSTnSS8EBCnRf/bnLvMWew+7qvc='

async function connect(secret: string): Promise<{ id: string; path: string }> {
  const { body } = await call('POST', '/v1/integrations', { kind: 'woocommerce', name: 'Shop', secret })
  return { id: body.id, path: `/v1/inbound/woocommerce/${body.id}` }
}
const deliver = (path: string, body: string | Uint8Array, headers: Record<string, string>) =>
  ask(app, 'POST', path, body, { 'x-wc-webhook-topic': 'order.updated', 'x-wc-webhook-id': '5', ...headers })
const signed = (body: string | Uint8Array, secret = 'plain') => ({
  'x-wc-webhook-signature': createHmac('sha256', secret).update(body).digest('base64'),
})
const stored = async (id: string) => (await call('GET', `/v1/inbound-events?integration=${id}`)).body.events

const shop = await connect('plain')

describe('the signature', () => {
  it('is checked over the bytes as they came, escapes and all (P25)', async () => {
    expect((await deliver(shop.path, BODY, { 'x-wc-webhook-signature': SIGNED_PLAIN })).status).toBe(200)
    const rewritten = JSON.stringify(JSON.parse(BODY))
    expect((await deliver(shop.path, rewritten, { 'x-wc-webhook-signature': SIGNED_PLAIN })).status).toBe(401)
  })

  it.each([
    'it&#039;s &quot;a&quot; &lt;b&gt; &amp; c',
    'it&#39;s &#034;a&#x22; &#60;b&#0062; &#38; c',
    'it&#x27;s &#x022;a&#X22; &lt;b&gt; &#x26; c',
    `it's "a" <b> & c`,
  ])('is made with the secret as WordPress reads it: %s', async (secret) => {
    const { path } = await connect(secret)
    expect((await deliver(path, BODY, { 'x-wc-webhook-signature': SIGNED_SPECIAL })).status).toBe(200)
  })

  it('reads an escaped secret back once, not twice', async () => {
    const { path } = await connect('a&amp;quot;b')
    expect((await deliver(path, BODY, signed(BODY, 'a&quot;b'))).status).toBe(200)
    expect((await deliver(path, BODY, signed(BODY, 'a"b'))).status).toBe(401)
  })

  it('that is missing, wrong, cut or of another secret answers 401 and stores nothing', async () => {
    const { id, path } = await connect('plain')
    const wrong = [
      {},
      { 'x-wc-webhook-signature': '' },
      { 'x-wc-webhook-signature': SIGNED_PLAIN.slice(0, -5) },
      signed(BODY, 'x'),
    ]
    for (const headers of wrong) {
      const { status, body, headers: answered } = await deliver(path, BODY, headers as Record<string, string>)
      expect([status, body.code]).toEqual([401, 'wrong_signature'])
      expect(answered.get('www-authenticate')).toBeTruthy()
    }
    expect(await stored(id)).toEqual([])
  })
})

describe('a delivery', () => {
  it('is answered at once and kept, to be processed after', async () => {
    const { id, path } = await connect('plain')
    const { status, body } = await deliver(path, BODY, signed(BODY))
    expect([status, body]).toEqual([200, { received: true }])
    expect(await stored(id)).toMatchObject([{ integrationId: id, topic: 'order.updated', outcome: null, error: null }])
  })

  it('is kept once however often it comes; two bodies under one delivery id are two (P1, P2)', async () => {
    const { id, path } = await connect('plain')
    const sameSecond = { 'x-wc-webhook-delivery-id': 'same' }
    await Promise.all(Array.from({ length: 10 }, () => deliver(path, BODY, { ...signed(BODY), ...sameSecond })))
    expect(await stored(id)).toHaveLength(1)
    const other = BODY.replace('processing', 'completed')
    await deliver(path, other, { ...signed(other), ...sameSecond })
    await deliver(path, BODY, { ...signed(BODY), 'x-wc-webhook-delivery-id': 'later' })
    expect(await stored(id)).toHaveLength(3)
  })

  it('with a right signature is kept whatever it holds: lists, wrappers, broken JSON, bytes', async () => {
    const { id, path } = await connect('plain')
    const bodies = [
      '[]',
      '{"order":{"id":1}}',
      '{broken',
      '',
      new Uint8Array([0, 255, 216]),
      '[]'.padStart(70_000, '['),
    ]
    for (const body of bodies) expect((await deliver(path, body, signed(body))).status).toBe(200)
    expect(await stored(id)).toHaveLength(bodies.length)
  })

  it('may be larger than other bodies, up to 8 MiB: 413 above', async () => {
    const { path } = await connect('plain')
    const large = `{"note":"${'x'.repeat(2_000_000)}"}`
    expect((await deliver(path, large, signed(large))).status).toBe(200)
    const tooLarge = new Uint8Array(8 * 1024 * 1024 + 1)
    expect(await deliver(path, tooLarge, signed(tooLarge))).toMatchObject({
      status: 413,
      body: { code: 'body_too_large' },
    })
  })

  it('while the database is away answers 503, so that the shop knows', async () => {
    const lost = createApp({
      store: {
        ...store,
        inWorkspace: () => Promise.reject(Object.assign(new Error('gone'), { code: 'CONNECTION_CLOSED' })),
      },
    })
    expect((await ask(lost, 'POST', shop.path, BODY, signed(BODY))).status).toBe(503)
  })
})

it('answers the ping of a new webhook, which is not signed', async () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  expect((await deliver(shop.path, 'webhook_id=12', form)).status).toBe(200)
  expect((await deliver(shop.path, 'webhook_id=12&x=1', form)).status).toBe(401)
  expect((await deliver(shop.path, 'webhook_id=12', {})).status).toBe(401)
  expect(await stored(shop.id)).toHaveLength(1)
})

it('answers 404 to an unknown integration', async () => {
  for (const id of [crypto.randomUUID(), 'x', '1; drop table orders'])
    expect(await deliver(`/v1/inbound/woocommerce/${encodeURIComponent(id)}`, BODY, signed(BODY))).toMatchObject({
      status: 404,
      body: { code: 'unknown_integration' },
    })
})
