import { expect, it } from 'vitest'
import { anEvent, openApi } from './client.ts'

const { call } = await openApi()
const at = '/v1/statuses/general/accepted/timeout'

it('C11 tells how many orders a timeout would move at once, and when the first of the others', async () => {
  await call('POST', '/v1/events', [anEvent(), anEvent()])
  const { status, body } = await call('GET', `${at}?after=P14D`)
  expect(status).toBe(200)
  expect(body).toEqual({ waiting: 2, resting: 0, due: 0, nextAt: expect.any(String) })
  const days = (Date.parse(body.nextAt) - Date.now()) / 86_400_000
  expect(days).toBeGreaterThan(13.9)
  expect(days).toBeLessThan(14.1)
})

it.each([
  ['a period that cannot be read', 'soon', 422, 'invalid_request'],
  ['more than ten years', 'P200M', 422, 'timeout_invalid'],
])('refuses %s', async (_, after, status, code) => {
  const answer = await call('GET', `${at}?after=${after}`)
  expect([answer.status, answer.body.code, answer.body.errors[0].field]).toEqual([status, code, 'after'])
})

it('answers 404 for an unknown status', async () => {
  expect((await call('GET', '/v1/statuses/general/nowhere/timeout?after=P1D')).body.code).toBe('unknown_status')
})
