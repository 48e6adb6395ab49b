import { expect, it } from 'vitest'
import { addWorkspace, openApi } from './client.ts'

const { app, store, call } = await openApi()
const add = (part: Record<string, unknown> = {}) =>
  call('POST', '/v1/integrations', { kind: 'woocommerce', name: 'My shop', ...part })

it('connects a shop and answers where it posts; a secret of ours is shown once, the shop’s own never', async () => {
  const { status, body } = await add()
  expect(status).toBe(201)
  expect(body).toEqual({
    id: expect.any(String),
    url: `http://localhost/v1/inbound/woocommerce/${body.id}`,
    secret: expect.stringMatching(/^[\w-]{32}$/),
  })
  expect((await add({ secret: 'known to the shop' })).body.secret).toBeUndefined()
  const { integrations } = (await call('GET', '/v1/integrations')).body
  expect(integrations).toHaveLength(2)
  expect(integrations[0]).toMatchObject({
    id: body.id,
    url: body.url,
    kind: 'woocommerce',
    name: 'My shop',
    statusMap: {},
  })
  expect(JSON.stringify(integrations)).not.toContain('secret')
})

it('keeps what the shop’s words mean', async () => {
  const statusMap = { 'wc-packed': { delivery: 'preparing' }, 'on-hold': { general: 'call-back', payment: 'held' } }
  const { id } = (await add({ statusMap })).body
  const { integrations } = (await call('GET', '/v1/integrations')).body
  expect(integrations.find((i: { id: string }) => i.id === id).statusMap).toEqual(statusMap)
})

it.each([
  ['another kind of shop', { kind: 'shopify' }, 'integration_kind', 'kind'],
  ['no name', { name: '' }, 'invalid_request', 'name'],
  ['an empty secret', { secret: '' }, 'invalid_request', 'secret'],
  [
    'a map of an unknown status',
    { statusMap: { odd: { payment: 'nope' } } },
    'unknown_status',
    'statusMap/odd/payment',
  ],
  ['a map that is a list', { statusMap: [] }, 'invalid_request', 'statusMap'],
])('refuses %s', async (_, part, code, field) => {
  const { status, body } = await add(part)
  expect([body.code, body.errors[0].field]).toEqual([code, field])
  expect(status).toBeLessThan(500)
})

it('belongs to its workspace', async () => {
  expect((await (await addWorkspace(store, app)).call('GET', '/v1/integrations')).body.integrations).toEqual([])
})
