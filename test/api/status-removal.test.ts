import { expect, it } from 'vitest'
import { anEvent, openApi, unique } from './client.ts'

const { call } = await openApi()
const add = async (part: Record<string, unknown> = {}) => {
  const wish = { type: 'general', name: unique('Status'), code: unique('status'), group: 'sent', ...part }
  return (await call('POST', '/v1/statuses', wish)).body.code as string
}
const at = (code: string) => `/v1/statuses/general/${code}`
const orderIn = async (code: string) => {
  const event = anEvent({ status: code })
  await call('POST', '/v1/events', event)
  return event.data.order.number as string
}
const statusOf = async (number: string) => (await call('GET', `/v1/orders/${number}`)).body

it('C13 tells what refers to a status, and deletes it once a replacement takes over', async () => {
  const [code, other] = [await add(), await add()]
  const from = await add({ timeout: { after: 'P1D', to: code } })
  const number = await orderIn(code)
  const { body: uses } = await call('GET', `${at(code)}/uses`)
  expect(uses).toMatchObject({ orders: 1, archived: 0, timeouts: [expect.any(String)], campaigns: [], segments: [] })
  expect((await call('DELETE', `${at(code)}?replacement=${other}`)).status).toBe(204)
  const order = await statusOf(number)
  expect(order.statuses.general.code).toBe(other)
  expect(order.history.at(-1)).toMatchObject({ actor: { kind: 'bulk' }, to: expect.any(String) })
  const { body } = await call('GET', '/v1/statuses')
  expect(body.statuses.find((s: { code: string }) => s.code === from).timeout).toEqual({ after: 'P1D', to: other })
  expect((await call('GET', `${at(code)}/uses`)).status).toBe(404)
})

it.each([
  ['?replacement=nowhere', 404, 'unknown_status'],
  ['?replacement=', 422, 'invalid_request'],
  ['?silent=perhaps', 422, 'invalid_request'],
  ['', 409, 'status_in_use'],
])('refuses %s, and the order stays', async (query, status, code) => {
  const standing = await add()
  const number = await orderIn(standing)
  const answer = await call('DELETE', `${at(standing)}${query}`)
  expect([answer.status, answer.body.code]).toEqual([status, code])
  expect((await statusOf(number)).statuses.general.code).toBe(standing)
})
