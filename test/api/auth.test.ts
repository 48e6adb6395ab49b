import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { formatApiKey, newApiKey } from '../../db/api-keys.ts'
import { addSignInLink, signIn } from '../../db/sessions.ts'
import { addWorkspace, anEvent, ask, openApi } from './client.ts'

const { app, key, workspaceId, store } = await openApi()
const get = (authorization?: string) =>
  ask(app, 'GET', '/v1/orders', undefined, authorization === undefined ? {} : { authorization })

/** The cookie of a browser that signed in to a workspace. */
async function browser(id = workspaceId): Promise<string> {
  const link = await store.inWorkspace(id, (tx) => addSignInLink(tx, Date.now()))
  return `other=1; tidings_session=${await signIn(store, link, Date.now())}`
}

it('takes a key as Bearer, whatever the case of the word', async () => {
  for (const scheme of ['Bearer', 'bearer', 'BEARER']) expect((await get(`${scheme} ${key}`)).status).toBe(200)
})

it('answers 401 with WWW-Authenticate to no key, a wrong one, or one in another form', async () => {
  const stranger = formatApiKey(newApiKey())
  const wrongSecret = key.slice(0, -1) + (key.endsWith('0') ? '1' : '0')
  for (const sent of [
    undefined,
    '',
    key,
    `Basic ${key}`,
    `Bearer ${stranger}`,
    `Bearer ${wrongSecret}`,
    'Bearer',
    'Bearer td_x',
  ]) {
    const { status, headers, body } = await get(sent)
    expect([status, body.code], sent).toEqual([401, 'unauthorized'])
    expect(headers.get('www-authenticate')).toMatch(/^Bearer/)
  }
})

it('is asked for before the body is read', async () => {
  expect((await ask(app, 'POST', '/v1/events', '{')).status).toBe(401)
})

describe('the cookie of a session', () => {
  const ours = { 'sec-fetch-site': 'same-origin' }
  const change = (cookie: string, headers: Record<string, string>) =>
    ask(app, 'POST', '/v1/events', anEvent(), { cookie, ...headers })

  it('opens the workspace it was begun in, and no other', async () => {
    const other = await addWorkspace(store, app)
    const cookie = await browser(other.workspaceId)
    const { status, body } = await ask(app, 'GET', '/v1/session', undefined, { cookie })
    expect([status, body.workspace.id, body.actor]).toEqual([200, other.workspaceId, { kind: 'person' }])
  })

  it('makes a person the one who acts', async () => {
    const cookie = await browser()
    const event = anEvent()
    const { number } = event.data.order
    expect((await ask(app, 'POST', '/v1/events', event, { cookie, ...ours })).status).toBe(202)
    const { body } = await ask(app, 'GET', `/v1/orders/${number}`, undefined, { cookie })
    const { id } = (await ask(app, 'GET', '/v1/session', undefined, { cookie })).body.workspace
    expect(id).toBe(workspaceId)
    expect(body.history[0].actor).toMatchObject({ kind: 'person', id: expect.stringMatching(/^[0-9a-f-]{36}$/) })
  })

  it('changes something only for a page of ours, as the browser tells it', async () => {
    const cookie = await browser()
    for (const [headers, expected] of [
      [{ 'sec-fetch-site': 'same-origin' }, 202],
      [{ 'sec-fetch-site': 'same-site' }, 403],
      [{ 'sec-fetch-site': 'cross-site' }, 403],
      [{ 'sec-fetch-site': 'none' }, 403],
      [{ 'sec-fetch-site': 'cross-site', origin: 'http://localhost', host: 'localhost' }, 403],
      [{ origin: 'http://shop.local:4000', host: 'shop.local:4000' }, 202],
      [{ origin: 'http://shop.local:5000', host: 'shop.local:4000' }, 403],
      [{ origin: 'http://evil.example', host: 'shop.local:4000' }, 403],
      [{ origin: 'null', host: 'shop.local:4000' }, 403],
      [{ host: 'shop.local:4000' }, 403],
    ] as const) {
      const { status, body } = await change(cookie, headers)
      expect([status, expected === 403 ? body.code : undefined], JSON.stringify(headers)).toEqual([
        expected,
        expected === 403 ? 'cross_site' : undefined,
      ])
    }
  })

  it('reads from anywhere: nobody else can see the answer', async () => {
    const cookie = await browser()
    const headers = { cookie, 'sec-fetch-site': 'cross-site' }
    const { status, headers: answered } = await ask(app, 'GET', '/v1/orders', undefined, headers)
    expect(status).toBe(200)
    expect(answered.get('access-control-allow-origin')).toBeNull()
  })

  it('gives way to a key that is sent with it, and stands in for what is no key', async () => {
    const cookie = await browser()
    const get = (authorization: string) => ask(app, 'GET', '/v1/session', undefined, { cookie, authorization })
    expect((await get(`Bearer ${key}`)).body.actor.kind).toBe('key')
    expect((await get('Bearer wrong')).status).toBe(401)
    expect((await get('Basic of-a-proxy')).body.actor.kind).toBe('person')
  })

  it('opens nothing once its browser signed out, and the browser is told to drop it', async () => {
    const [cookie, another] = [await browser(), await browser()]
    expect((await ask(app, 'DELETE', '/v1/session', undefined, { cookie })).status).toBe(403)
    const { status, headers } = await ask(app, 'DELETE', '/v1/session', undefined, { cookie, ...ours })
    expect([status, headers.get('set-cookie')]).toEqual([204, 'tidings_session=; Max-Age=0; Path=/'])
    expect((await ask(app, 'GET', '/v1/orders', undefined, { cookie })).status).toBe(401)
    expect((await ask(app, 'GET', '/v1/orders', undefined, { cookie: another })).status).toBe(200)
  })

  it('of a wrong form or a wrong secret answers 401', async () => {
    for (const secret of ['', 'x', 'x'.repeat(43), '%00', 'ї'])
      expect(
        (await ask(app, 'GET', '/v1/orders', undefined, { cookie: `tidings_session=${encodeURI(secret)}` })).status,
      ).toBe(401)
  })

  it('is looked up for each request, and requests at once share a look-up', async () => {
    const cookie = await browser()
    const many = await Promise.all(
      Array.from({ length: 40 }, () => ask(app, 'GET', '/v1/session', undefined, { cookie })),
    )
    expect(many.map((m) => m.status)).toEqual(many.map(() => 200))
    await store.inWorkspace(workspaceId, (tx) => tx.execute(sql`update sessions set ended_at = now()`))
    expect((await ask(app, 'GET', '/v1/session', undefined, { cookie })).status).toBe(401)
  })
})

it('a key is not a session: signing out leaves it as it is', async () => {
  const authorization = `Bearer ${key}`
  expect((await ask(app, 'DELETE', '/v1/session', undefined, { authorization })).status).toBe(204)
  expect((await get(authorization)).status).toBe(200)
})

it('stops taking a key the moment it is revoked', async () => {
  const { key: other } = await openApi()
  expect((await get(`Bearer ${other}`)).status).toBe(401)
  await store.inWorkspace(workspaceId, async (tx) => tx.execute('update api_keys set revoked_at = now()'))
  expect((await get(`Bearer ${key}`)).status).toBe(401)
})
