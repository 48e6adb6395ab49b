import { expect, it } from 'vitest'
import { addWorkspace, openApi } from './client.ts'
import { textOrders } from './messages.ts'

const { app, store, call, workspaceId } = await openApi()

it('lists texts newest first, by order and state, with the total', async () => {
  const [first, second, third] = await textOrders(call, store, workspaceId, ['+380671000001', '+380671000002', null])
  const all = (await call('GET', '/v1/messages?limit=2')).body
  expect([all.total, all.messages.length]).toEqual([3, 2])
  expect((await call('GET', '/v1/messages?limit=2&offset=2')).body.messages).toHaveLength(1)
  const { body } = await call('GET', `/v1/messages?order=${first}`)
  expect(body).toMatchObject({
    total: 1,
    messages: [
      {
        order: first,
        phone: '+380671000001',
        text: `Order ${first}`,
        parts: 1,
        state: 'queued',
        reason: null,
        sentAt: null,
      },
    ],
  })
  expect((await call('GET', '/v1/messages?state=suppressed')).body.messages).toMatchObject([
    { order: third, reason: 'no_phone' },
  ])
  expect((await call('GET', `/v1/messages?order=${second}&state=suppressed`)).body.total).toBe(0)
})

it('finds texts by phone, channel, campaign and words taken literally, and says why one was suppressed', async () => {
  const phone = '+380671000099'
  const [order, silent] = await textOrders(call, store, workspaceId, [phone, null])
  const find = async (query: string) => {
    const { body } = await call('GET', `/v1/messages?${query}`)
    expect(body.total).toBe(body.messages.length)
    return body.messages.map((m: { order: string }) => m.order)
  }
  expect(await find(`phone=${encodeURIComponent(phone)}`)).toEqual([order])
  // a plus in an address means a space
  expect(await find(`phone=${phone}`)).toEqual([order])
  expect(await find(`channel=sandbox&order=${order}`)).toEqual([order])
  expect(await find(`channel=kannel&order=${order}`)).toEqual([])
  expect(await find('q=71000099')).toEqual([order])
  expect(await find(`q=${encodeURIComponent(`ORDER ${order}`)}`)).toEqual([order])
  expect(await find(`q=${encodeURIComponent('%%')}`)).toEqual([])
  expect(await find(`campaign=${crypto.randomUUID()}`)).toEqual([])
  const [message] = (await call('GET', `/v1/messages?order=${silent}`)).body.messages
  expect(await find(`id=${message.id}`)).toEqual([silent])
  expect(message).toMatchObject({ channel: 'sandbox', campaign: null, campaignId: null, reason: 'no_phone' })
  expect(message.why).toMatch(/no phone number/)
  for (const query of ['channel=pigeon', 'campaign=x', 'phone=anna'])
    expect((await call('GET', `/v1/messages?${query}`)).body.errors[0].field).toBe(query.split('=')[0])
})

it('stands on the timeline of its order', async () => {
  const [number] = await textOrders(call, store, workspaceId, ['+380671000003'])
  const { timeline } = (await call('GET', `/v1/orders/${number}`)).body
  expect(timeline.at(-1)).toMatchObject({ kind: 'message', data: { text: `Order ${number}`, state: 'queued' } })
})

it('refuses an unknown state', async () => {
  expect((await call('GET', '/v1/messages?state=lost')).body.errors[0].field).toBe('state')
})

it('shows nothing of another workspace', async () => {
  expect((await (await addWorkspace(store, app)).call('GET', '/v1/messages')).body).toEqual({ total: 0, messages: [] })
})
