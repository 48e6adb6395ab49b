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

it('renames a shop and replaces what its words mean; what is not said stays', async () => {
  const { id } = (await add({ statusMap: { packed: { delivery: 'preparing' } } })).body
  const change = (part: object) => call('PATCH', `/v1/integrations/${id}`, part)
  expect((await change({ name: 'Our shop' })).body).toMatchObject({
    id,
    name: 'Our shop',
    url: expect.stringContaining(id),
    statusMap: { packed: { delivery: 'preparing' } },
    received: 0,
    invalid: 0,
    lastReceivedAt: null,
  })
  const statusMap = { 'on-hold': { general: 'call-back', payment: 'held' } }
  expect((await change({ statusMap })).body).toMatchObject({ name: 'Our shop', statusMap })
  expect((await change({ statusMap: {} })).body.statusMap).toEqual({})
})

it.each([
  [
    'a status that does not exist',
    { statusMap: { odd: { payment: 'nope' } } },
    'unknown_status',
    'statusMap/odd/payment',
  ],
  ['an empty name', { name: ' ' }, 'invalid_request', 'name'],
  [
    'too many words',
    { statusMap: Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`s${i}`, {}])) },
    'invalid_request',
    'statusMap',
  ],
])('refuses to change a shop to %s, and keeps it as it was', async (_, part, code, field) => {
  const statusMap = { packed: { delivery: 'preparing' } }
  const { id } = (await add({ statusMap })).body
  const { body } = await call('PATCH', `/v1/integrations/${id}`, { name: 'Changed', ...part })
  expect([body.code, body.errors[0].field]).toEqual([code, field])
  const { integrations } = (await call('GET', '/v1/integrations')).body
  expect(integrations.find((i: { id: string }) => i.id === id)).toMatchObject({ name: 'My shop', statusMap })
})

it('changes no shop of another workspace', async () => {
  const { id } = (await add()).body
  const { status, body } = await (await addWorkspace(store, app)).call('PATCH', `/v1/integrations/${id}`, {
    name: 'Mine',
  })
  expect([status, body.code]).toEqual([404, 'unknown_integration'])
})

it('belongs to its workspace', async () => {
  expect((await (await addWorkspace(store, app)).call('GET', '/v1/integrations')).body.integrations).toEqual([])
})
