import { expect, it } from 'vitest'
import { fillDemo } from '../../db/demo.ts'
import { addWorkspace, openApi } from './client.ts'

const { app, store, call, workspaceId } = await openApi()

it('says which workspace it is and who asks', async () => {
  const { status, body } = await call('GET', '/v1/session')
  expect(status).toBe(200)
  expect(body).toEqual({
    workspace: {
      id: workspaceId,
      name: 'Shop',
      timezone: 'UTC',
      region: 'UA',
      currency: 'UAH',
      preset: 'call-centre',
      ordersEnabled: true,
    },
    actor: { kind: 'key' },
    demo: null,
  })
})

it('is there while Orders are off, and says so', async () => {
  const { call } = await addWorkspace(store, app, null)
  expect((await call('GET', '/v1/session')).body.workspace.ordersEnabled).toBe(false)
})

it('names an order to try in a demo, and the next once that was moved', async () => {
  const demo = await addWorkspace(store, app)
  await store.inWorkspace(demo.workspaceId, (tx) => fillDemo(tx, Date.now()))
  const first = (await demo.call('GET', '/v1/session')).body.demo
  expect(first).toEqual({
    order: expect.stringMatching(/^T-10\d\d$/),
    type: 'general',
    to: 'sent',
    phone: expect.stringMatching(/^\+\d+$/),
    campaign: expect.stringMatching(/^[0-9a-f-]{36}$/),
  })
  const order = (await demo.call('GET', `/v1/orders/${first.order}`)).body
  expect([order.statuses.general.code, order.customer.phone]).toEqual(['accepted', first.phone])
  await demo.call('PUT', `/v1/orders/${first.order}/status`, { type: first.type, code: first.to })
  expect((await demo.call('GET', '/v1/session')).body.demo.order).not.toBe(first.order)
})
