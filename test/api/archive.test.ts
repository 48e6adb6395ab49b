import { describe, expect, it } from 'vitest'
import { addWorkspace, anEvent, openApi, unique } from './client.ts'

const { app, store, call } = await openApi()

async function anOrder(status = 'processing'): Promise<string> {
  const event = anEvent({ order: { number: unique('order') }, status })
  await call('POST', '/v1/events', event)
  return event.data.order.number
}
const archive = (body: unknown) => call('POST', '/v1/orders/archive', body)
const unarchive = (body: unknown) => call('POST', '/v1/orders/unarchive', body)
const numbersOf = async (query: string) =>
  (await call('GET', `/v1/orders?${query}`)).body.orders.map((o: { number: string }) => o.number)

describe('the archive', () => {
  it('S3-27, S3-28, S3-29 takes all of a status in, lists them there, and brings them back with it', async () => {
    const [paid, other] = [await anOrder('paid'), await anOrder()]
    const { status, body } = await archive({ all: { status: 'paid' } })
    expect([status, body.archived]).toEqual([200, 1])
    expect(await numbersOf('archived=true')).toEqual([paid])
    expect(await numbersOf('archived=true&status=paid')).toEqual([paid])
    expect(await numbersOf('archived=true&status=sent')).toEqual([])
    expect(await numbersOf('archived=false')).toEqual([other])
    expect((await unarchive({ numbers: [paid] })).body).toEqual({ unarchived: 1, overdue: { count: 0, orders: [] } })
    expect(await numbersOf('status=paid')).toEqual([paid])
  })

  it('S3-30 answers 409 order_archived to a change of status until the order is out again', async () => {
    const number = await anOrder()
    const put = () => call('PUT', `/v1/orders/${number}/status`, { type: 'general', code: 'sent' })
    await archive({ numbers: [number] })
    expect(await put()).toMatchObject({ status: 409, body: { code: 'order_archived' } })
    await unarchive({ numbers: [number] })
    expect(await put()).toMatchObject({ status: 200, body: { outcome: 'moved' } })
  })

  it('is undone by the moment of the answer: those come back that went in together', async () => {
    const [early, late] = [await anOrder('spam'), await anOrder('spam')]
    await archive({ numbers: [early] })
    const { body } = await archive({ all: { status: 'spam' } })
    expect(body.archived).toBe(1)
    expect((await unarchive({ archivedAt: body.at })).body.unarchived).toBe(1)
    expect(await numbersOf('status=spam')).toEqual([late])
    expect((await unarchive({ all: { status: 'spam' } })).body.unarchived).toBe(1)
    expect((await numbersOf('status=spam')).sort()).toEqual([early, late].sort())
  })

  it('tells which orders move on at once, as their time is over', async () => {
    const timeout = { after: 'PT1S', to: 'return' }
    await call('PATCH', '/v1/statuses/general/cancelled', { timeout })
    const number = await anOrder('cancelled')
    await archive({ numbers: [number] })
    await expect
      .poll(async () => {
        const { deadlines } = (await call('GET', `/v1/orders/${number}`)).body
        return Date.parse(deadlines[0].at) < Date.now() && deadlines[0].state
      })
      .toBe('suspended')
    expect((await unarchive({ numbers: [number] })).body.overdue).toEqual({ count: 1, orders: [number] })
  })
})

it.each([
  ['archive', {}],
  ['archive', { numbers: ['1'], all: {} }],
  ['archive', { numbers: [] }],
  ['archive', { archivedAt: '2026-01-01T00:00:00Z' }],
  ['unarchive', {}],
  ['unarchive', { archivedAt: 'yesterday' }],
  ['unarchive', { numbers: ['1'], archivedAt: '2026-01-01T00:00:00Z' }],
])('refuses %s with %j', async (verb, body) => {
  const answer = await call('POST', `/v1/orders/${verb}`, body)
  expect([answer.status, answer.body.code]).toEqual([422, 'invalid_request'])
})

it('answers 403 orders_disabled while Orders are off', async () => {
  const off = await addWorkspace(store, app, null)
  const answers = ['archive', 'unarchive'].map((verb) => off.call('POST', `/v1/orders/${verb}`, { numbers: ['1'] }))
  for (const { status } of await Promise.all(answers)) expect(status).toBe(403)
})
