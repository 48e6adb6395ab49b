import { describe, expect, it } from 'vitest'
import { createApp } from '../../api/app.ts'
import { formatApiKey, newApiKey } from '../../db/api-keys.ts'
import { openStore } from '../../db/client.ts'
import { freePort } from '../../db/daemon.ts'
import { anEvent, ask, Log, openApi, unique } from './client.ts'

const { app, store, call, key, log, workspaceId } = await openApi({ limits: { bodyMaxBytes: 10_000 } })
const auth = { authorization: `Bearer ${key}` }

describe('a refused request', () => {
  it('is answered as RFC 9457 asks: type, title, status, detail, and a stable code', async () => {
    const { status, headers, body } = await call('GET', '/v1/orders/none')
    expect(status).toBe(404)
    expect(headers.get('content-type')).toBe('application/problem+json')
    expect(body).toEqual({
      type: 'urn:tidings:problem:unknown_order',
      title: 'Unknown order',
      status: 404,
      detail: 'No order has this number.',
      code: 'unknown_order',
    })
  })

  it('to an address that does not exist answers 404 not_found', async () => {
    expect(await call('GET', '/v1/nothing')).toMatchObject({ status: 404, body: { code: 'not_found' } })
    expect(await ask(app, 'GET', '/nothing')).toMatchObject({ status: 404, body: { code: 'not_found' } })
  })

  it('with a method that the address does not take answers 405 and those it takes', async () => {
    const { status, headers, body } = await call('DELETE', '/v1/system')
    expect([status, body.code, headers.get('allow')]).toEqual([405, 'method_not_allowed', 'GET'])
    expect((await ask(app, 'POST', '/health/live')).status).toBe(405)
  })
})

describe('a body', () => {
  it('that is no JSON answers 400 invalid_json', async () => {
    for (const broken of ['{', '{"a":1}}', "{'a':1}", 'NaN', '\ufeff{', '[1,]'])
      expect(await call('POST', '/v1/events', broken), broken).toMatchObject({
        status: 400,
        body: { code: 'invalid_json' },
      })
  })

  it('that is no UTF-8 answers 400 invalid_json', async () => {
    const { status, body } = await call('POST', '/v1/events', new Uint8Array([0x22, 0xff, 0x22]))
    expect([status, body.code]).toEqual([400, 'invalid_json'])
  })

  it('of another type answers 415 wrong_content_type', async () => {
    for (const contentType of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'jsonx', '']) {
      const { status, body } = await call('POST', '/v1/statuses', '{}', { 'content-type': contentType })
      expect([status, body.code], contentType).toEqual([415, 'wrong_content_type'])
    }
  })

  it('that is missing where one is needed answers 4xx', async () => {
    expect((await call('POST', '/v1/events')).status).toBe(422)
    expect((await call('POST', '/v1/statuses')).status).toBe(422)
  })

  it('over the limit answers 413 body_too_large, by its told length', async () => {
    const { status, body } = await call('POST', '/v1/events', 'x', { 'content-length': '10001' })
    expect([status, body.code]).toEqual([413, 'body_too_large'])
  })

  it('over the limit answers 413 when it comes in pieces of untold length, before all of it is read', async () => {
    let pieces = 0
    const endless = new ReadableStream({
      pull(controller) {
        pieces++
        controller.enqueue(new Uint8Array(1_000))
      },
    })
    const { status, body } = await call('POST', '/v1/events', endless)
    expect([status, body.code]).toEqual([413, 'body_too_large'])
    expect(pieces).toBeLessThan(20)
  })

  it('nested deeper than 64 answers 400 and overflows nothing', async () => {
    const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
    expect((await call('POST', '/v1/events', deep(60))).status).toBe(422)
    expect(await call('POST', '/v1/events', deep(65))).toMatchObject({ status: 400, body: { code: 'invalid_json' } })
    const big = createApp({ store })
    for (const levels of [150_000, 170_000]) {
      const { status, body } = await ask(big, 'POST', '/v1/campaigns', deep(levels), auth)
      expect([status, body.code]).toEqual([400, 'invalid_json'])
    }
  })

  it('with more than 100,000 values answers 413', async () => {
    const zeros = `[${'0,'.repeat(200_000)}0]`
    expect((await ask(createApp({ store }), 'POST', '/v1/events', zeros, auth)).status).toBe(413)
  })
})

describe('a text that Postgres cannot hold', () => {
  const half = '\ud83d'
  it.each([
    ['NUL in an event', 'POST', '/v1/events', anEvent({ order: { number: 'a\0b' } }), 'data/order/number'],
    ['a half pair in a batch', 'POST', '/v1/events', [anEvent(), anEvent({ status: half })], '1/data/status'],
    ['NUL in what is ignored', 'POST', '/v1/events', { ...anEvent(), extra: { deep: ['\0'] } }, 'extra/deep/0'],
    ['NUL in a status', 'POST', '/v1/statuses', { type: 'general', name: 'a\0', code: 'a', group: 'paid' }, 'name'],
    [
      'a half pair in a draft',
      'POST',
      '/v1/campaigns',
      { name: 'x', draft: { steps: [{ id: half }] } },
      'draft/steps/0/id',
    ],
    [
      'NUL as a key',
      'POST',
      '/v1/integrations',
      { kind: 'woocommerce', name: 'x', statusMap: { 'a\0': {} } },
      'statusMap/a\ufffd',
    ],
    ['NUL in a path', 'GET', '/v1/orders/a%00b', undefined, 'number'],
    ['NUL in a query', 'GET', '/v1/orders?q=%00', undefined, 'q'],
    ['NUL in a token', 'POST', '/v1/receipts/sandbox/%00', { receipts: [] }, 'token'],
    ['NUL in an id', 'POST', '/v1/inbound/woocommerce/%00', 'x', 'id'],
  ])('is refused naming the field: %s', async (_, method, path, body, field) => {
    const answer = await call(method, path, body)
    expect([answer.status, answer.body.code, answer.body.errors?.[0].field]).toEqual([422, 'invalid_request', field])
  })

  it('is not an emoji', async () => {
    const number = unique('order-🧶')
    expect((await call('POST', '/v1/events', anEvent({ order: { number } }))).status).toBe(202)
    expect((await call('GET', `/v1/orders/${encodeURIComponent(number)}`)).body.number).toBe(number)
  })
})

describe('every answer', () => {
  it('carries the request id that was sent, else one of ours', async () => {
    const sent = await call('GET', '/v1/orders', undefined, { 'x-request-id': 'shop:42' })
    expect(sent.headers.get('x-request-id')).toBe('shop:42')
    for (const odd of ['x'.repeat(101), 'a b', 'a"b']) {
      const { headers } = await call('GET', '/v1/nothing', undefined, { 'x-request-id': odd })
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    }
    expect((await ask(app, 'GET', '/health/live')).headers.get('x-request-id')).toBeTruthy()
    expect((await ask(app, 'GET', '/v1/orders')).headers.get('x-request-id')).toBeTruthy()
  })

  it('leaves one line in the log: id, method, path, status, ms and workspace, but no query', async () => {
    log.lines.length = 0
    await call('GET', '/v1/orders?q=Anna', undefined, { 'x-request-id': 'one' })
    expect(log.lines).toEqual([
      {
        requestId: 'one',
        method: 'GET',
        path: '/v1/orders',
        status: 200,
        ms: expect.any(Number),
        workspace: workspaceId,
        message: undefined,
      },
    ])
  })

  it('keeps secret paths out of the log', async () => {
    log.lines.length = 0
    await ask(app, 'POST', '/v1/receipts/sandbox/secret-token', { receipts: [] })
    expect(JSON.stringify(log.lines)).not.toContain('secret-token')
  })
})

describe('what goes wrong on our side', () => {
  it('answers 500 internal with an id under which the log tells more, and without parameters', async () => {
    const broken = {
      ...store,
      inWorkspace: () => Promise.reject(new Error('Failed query', { cause: new Error('a bug') })),
    }
    const ownLog = new Log()
    const bad = createApp({ store: broken as never, logger: ownLog.logger })
    const { status, body } = await ask(bad, 'GET', '/v1/orders', undefined, auth)
    expect([status, body.code]).toEqual([500, 'internal'])
    expect(JSON.stringify(body)).not.toContain('a bug')
    expect(ownLog.lines[0]).toMatchObject({ requestId: body.requestId, fault: 'Error: a bug', message: 'internal' })
  })

  it('answers 503 unavailable with Retry-After while the database is away; the process itself stays alive', async () => {
    const away = openStore(`postgres://nobody@127.0.0.1:${await freePort()}/nothing`)
    const lost = createApp({ store: away })
    const authorization = `Bearer ${formatApiKey(newApiKey())}`
    const { status, headers, body } = await ask(lost, 'POST', '/v1/events', anEvent(), { authorization })
    expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'unavailable', '2'])
    expect(await ask(lost, 'GET', '/health/live')).toMatchObject({
      status: 200,
      body: { ok: true, installation: null },
    })
    expect(await ask(lost, 'GET', '/health/ready')).toMatchObject({ status: 503, body: { missing: ['database'] } })
    await away.close()
  })
})
