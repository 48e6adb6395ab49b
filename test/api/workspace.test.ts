import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { addKey, formatApiKey, newApiKey } from '../../db/api-keys.ts'
import { addSignInLink, signIn } from '../../db/sessions.ts'
import { addWorkspace, anEvent, openApi } from './client.ts'

const { app, store } = await openApi()
const ORDERS = '/v1/workspace/orders'

/** A workspace whose Orders are off, how its admin calls, and how an operator of it does. */
async function anOffWorkspace() {
  const { workspaceId, call } = await addWorkspace(store, app, null)
  const key = newApiKey()
  await store.inWorkspace(workspaceId, (tx) => addKey(tx, { name: 'Support', role: 'operator' }, key, Date.now()))
  const operator: typeof call = (method, path, body) =>
    call(method, path, body, { authorization: `Bearer ${formatApiKey(key)}` })
  return { workspaceId, call, operator }
}

describe('the workspace', () => {
  it('S1-01 tells what it is, and that its Orders are off until somebody switches them on', async () => {
    const { call } = await anOffWorkspace()
    expect((await call('GET', '/v1/workspace')).body).toEqual({
      name: 'Shop',
      preset: 'call-centre',
      timezone: 'UTC',
      currency: 'UAH',
      region: 'UA',
      ordersEnabled: false,
      enabledAt: null,
      enabledBy: null,
      disabledAt: null,
      disabledBy: null,
      keptBodies: 0,
    })
  })

  it('S1-02 has its Orders switched on and off by a key of the operator role, whose name and time are kept', async () => {
    const { call, operator } = await anOffWorkspace()
    const beganAt = new Date().toISOString()
    const on = await operator('PUT', ORDERS, { enabled: true })
    expect([on.status, on.body.ordersEnabled, on.body.enabledBy, on.body.disabledAt]).toEqual([
      200,
      true,
      'Support',
      null,
    ])
    expect(on.body.enabledAt >= beganAt).toBe(true)
    expect((await call('POST', '/v1/events', anEvent())).status).toBe(202)
    const off = await operator('PUT', ORDERS, { enabled: false })
    expect([off.body.ordersEnabled, off.body.enabledAt, off.body.disabledBy]).toEqual([false, null, 'Support'])
    expect((await call('GET', '/v1/orders')).body.code).toBe('orders_disabled')
  })

  it('S1-02 refuses an admin: another key, and people who are signed in', async () => {
    const { workspaceId, call } = await anOffWorkspace()
    const refused = { status: 403, body: { code: 'operator_required' } }
    expect(await call('PUT', ORDERS, { enabled: true })).toMatchObject(refused)
    const link = await store.inWorkspace(workspaceId, (tx) => addSignInLink(tx, Date.now()))
    const session = await signIn(store, link, Date.now())
    const browser = await app.request(ORDERS, {
      method: 'PUT',
      headers: {
        cookie: `tidings_session=${session}`,
        'sec-fetch-site': 'same-origin',
        'content-type': 'application/json',
      },
      body: '{"enabled": true}',
    })
    expect({ status: browser.status, body: await browser.json() }).toMatchObject(refused)
    expect((await call('GET', '/v1/workspace')).body.ordersEnabled).toBe(false)
  })

  it('refuses a wish that says neither on nor off', async () => {
    const { operator } = await anOffWorkspace()
    for (const body of [{}, { enabled: 'yes' }])
      expect(await operator('PUT', ORDERS, body)).toMatchObject({ status: 422, body: { code: 'invalid_request' } })
  })
})

/** A campaign that greets whose order comes to a status. */
const helloOn = (code: string) => ({
  steps: [
    {
      id: 'start',
      kind: 'order_status_changed',
      type: 'general',
      from: 'any',
      to: { statuses: [code] },
      next: { out: 'text' },
    },
    { id: 'text', kind: 'send_sms', message: 'Hello', next: { out: null } },
  ],
})

describe('while Orders are off', () => {
  it('S1-01 statuses and drafts can be prepared, but no campaign goes live', async () => {
    const { call, operator } = await anOffWorkspace()
    const status = { type: 'general', name: 'Agreed', code: 'agreed', group: 'accepted' }
    expect((await call('POST', '/v1/statuses', status)).status).toBe(201)
    const { id } = (await call('POST', '/v1/campaigns', { name: 'Agreed', draft: helloOn('agreed') })).body
    const publish = () => call('POST', `/v1/campaigns/${id}/publish`)
    const { problems } = (await call('GET', `/v1/campaigns/${id}/publication`)).body
    expect(problems).toEqual([expect.objectContaining({ field: 'orders', level: 'error' })])
    expect(await publish()).toMatchObject({ status: 403, body: { code: 'orders_disabled' } })
    await operator('PUT', ORDERS, { enabled: true })
    expect((await publish()).status).toBe(200)
  })
  it('S1-01 what was on before stands still: no campaign goes on, no order moves with a status that is deleted', async () => {
    const { call, operator } = await anOffWorkspace()
    await operator('PUT', ORDERS, { enabled: true })
    await call('POST', '/v1/events', anEvent({ status: 'sent' }))
    const { id } = (await call('POST', '/v1/campaigns', { name: 'Paid', draft: helloOn('paid') })).body
    await call('POST', `/v1/campaigns/${id}/publish`)
    await call('POST', `/v1/campaigns/${id}/pause`)
    await operator('PUT', ORDERS, { enabled: false })

    const refused = { status: 403, body: { code: 'orders_disabled' } }
    expect(await call('POST', `/v1/campaigns/${id}/resume`)).toMatchObject(refused)
    expect(await call('DELETE', '/v1/statuses/general/sent?replacement=accepted')).toMatchObject(refused)
    expect((await call('DELETE', '/v1/statuses/general/spam')).status).toBe(204)
  })

  it('S1-02 tells how many bodies of shops wait to be taken in', async () => {
    const { workspaceId, call } = await anOffWorkspace()
    const shop = { kind: 'woocommerce', name: 'Shop', secret: 'x'.repeat(32) }
    const { id } = (await call('POST', '/v1/integrations', shop)).body
    await store.inWorkspace(workspaceId, (tx) =>
      tx.execute(sql`insert into inbound_events (workspace_id, integration_id, delivery_key, topic, body, received_at)
        values (tidings_workspace(), ${id}, 'd-1', 'order.created', '{}', now())`),
    )
    expect((await call('GET', '/v1/workspace')).body.keptBodies).toBe(1)
  })
})
