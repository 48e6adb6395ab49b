import { hc } from 'hono/client'
import { expect, it } from 'vitest'
import type { App } from '../../../api/app.ts'
import { ask } from '../../../editor/shell/api.ts'

const HEADERS = { 'content-type': 'application/json' }
/** A call that is answered like this. */
const answered = (fetch: () => Promise<Response>) => hc<App>('http://127.0.0.1', { fetch }).v1.session.$get()
const withBody = (body: string, status: number) => async () => new Response(body, { status, headers: HEADERS })

it.each([
  ['is not there', () => Promise.reject(new TypeError('failed to fetch'))],
  ['breaks off', withBody('{"id": 1, "na', 200)],
  ['breaks off while it says no', withBody('{"code": "unkn', 404)],
])('an answer that %s is a lost connection', async (_, fetch) => {
  await expect(ask(answered(fetch))).rejects.toMatchObject({ name: 'Problem', code: 'offline', status: 0 })
})

it('a refusal is a problem with its code, its fields and its status', async () => {
  const errors = [{ field: 'name', detail: 'choose another name' }]
  const body = JSON.stringify({ code: 'status_exists', detail: 'It exists.', errors })
  await expect(ask(answered(withBody(body, 409)))).rejects.toMatchObject({
    code: 'status_exists',
    status: 409,
    message: 'It exists.',
    errors,
  })
})
