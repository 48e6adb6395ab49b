import { expect, it } from 'vitest'
import { formatApiKey, newApiKey } from '../../db/workspaces.ts'
import { ask, openApi } from './client.ts'

const { app, key, workspaceId, store } = await openApi()
const get = (authorization?: string) =>
  ask(app, 'GET', '/v1/orders', undefined, authorization === undefined ? {} : { authorization })

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

it('stops taking a key the moment it is revoked', async () => {
  const { key: other } = await openApi()
  expect((await get(`Bearer ${other}`)).status).toBe(401)
  await store.inWorkspace(workspaceId, async (tx) => tx.execute('update api_keys set revoked_at = now()'))
  expect((await get(`Bearer ${key}`)).status).toBe(401)
})
