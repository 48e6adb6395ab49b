import { describe, expect, it } from 'vitest'
import { addWorkspace, anEvent, openApi } from './client.ts'

const { app, store } = await openApi()
const shop = () => addWorkspace(store, app)
const ACCEPTED = [
  ['By post', 'by-post'],
  ['By courier service', 'by-courier'],
  ['Self-pickup', 'self-pickup'],
] as const

describe('containers of statuses', () => {
  it('S0-30, S0-33 hold three ways to accept an order together, with the sum of their orders', async () => {
    const { call } = await shop()
    expect((await call('POST', '/v1/status-containers', { name: 'Accepted orders' })).status).toBe(201)
    for (const [name, code] of ACCEPTED) {
      const wish = { type: 'general', group: 'accepted', name, code, container: 'Accepted orders' }
      expect((await call('POST', '/v1/statuses', wish)).body).toMatchObject({ container: 'Accepted orders' })
    }
    await call('POST', '/v1/events', [
      anEvent({ status: 'by-post' }),
      anEvent({ status: 'by-courier' }),
      anEvent({ status: 'by-courier' }),
      anEvent({ status: 'sent' }),
    ])
    const within = (await call('GET', '/v1/statuses')).body.statuses.filter(
      (s: { container: string | null }) => s.container === 'Accepted orders',
    )
    expect(within.map((s: { orders: number }) => s.orders)).toEqual([1, 2, 0])
    const { body } = await call('GET', '/v1/orders?container=accepted%20orders')
    expect(body.total).toBe(3)
    expect((await call('GET', '/v1/orders?container=accepted%20orders&status=by-post')).body.total).toBe(1)
    expect((await call('GET', '/v1/orders?container=accepted%20orders&type=payment')).body.total).toBe(0)
  })

  it('S0-32 a status form takes only one that exists', async () => {
    const { call } = await shop()
    const { status, body } = await call('PATCH', '/v1/statuses/general/accepted', { container: 'Nowhere' })
    expect([status, body.code]).toEqual([404, 'unknown_container'])
    expect(body.errors).toEqual([{ field: 'container', detail: 'no container is called Nowhere' }])
  })

  it('S0-31 are made, renamed and taken away', async () => {
    const { call } = await shop()
    const { body: made } = await call('POST', '/v1/status-containers', { name: ' Mine ' })
    expect(made).toEqual({ id: expect.any(String), name: 'Mine', statuses: 0 })
    expect((await call('POST', '/v1/status-containers', { name: 'mine' })).body.code).toBe('container_exists')
    const at = `/v1/status-containers/${made.id}`
    expect((await call('PATCH', at, { name: 'Ours' })).body).toEqual({ ...made, name: 'Ours' })
    expect((await call('GET', '/v1/status-containers')).body.containers).toHaveLength(1)
    expect((await call('DELETE', at)).status).toBe(204)
    expect((await call('DELETE', at)).body.code).toBe('unknown_container')
  })

  it('refuse an empty name, and an id that is none', async () => {
    const { call } = await shop()
    for (const name of ['', ' ', 'x'.repeat(81), 5])
      expect((await call('POST', '/v1/status-containers', { name })).status).toBe(422)
    expect((await call('DELETE', '/v1/status-containers/7')).status).toBe(422)
  })
})
