import { expect, it } from 'vitest'
import { beat } from '../../db/installation.ts'
import { ask, openApi } from './client.ts'

const { app, store } = await openApi()
const ready = () => ask(app, 'GET', '/health/ready')
const id = crypto.randomUUID()

it('is live without a key and says which installation it is', async () => {
  const { status, body } = await ask(app, 'GET', '/health/live')
  expect(status).toBe(200)
  expect(body).toEqual({ ok: true, product: 'tidings', installation: expect.stringMatching(/^[0-9a-f-]{36}$/) })
})

it('is ready while a worker beats and the engine answers it, and else says which part is missing', async () => {
  const now = Date.now()
  expect(await ready()).toMatchObject({ status: 503, body: { ok: false, missing: ['worker'] } })
  await beat(store, { id, seenMs: now, engineMs: null })
  expect(await ready()).toMatchObject({ status: 503, body: { missing: ['engine'] } })
  await beat(store, { id, seenMs: now, engineMs: now - 20_000 })
  expect(await ready()).toMatchObject({ status: 503, body: { missing: ['engine'] } })
  await beat(store, { id, seenMs: now, engineMs: now })
  expect(await ready()).toMatchObject({ status: 200, body: { ok: true, missing: [] } })
  await beat(store, { id, seenMs: now - 20_000, engineMs: now })
  expect(await ready()).toMatchObject({ status: 503, body: { missing: ['worker'] } })
})

it('believes the engine only by a worker that lives', async () => {
  await beat(store, { id, seenMs: Date.now() - 20_000, engineMs: Date.now() })
  await beat(store, { id: crypto.randomUUID(), seenMs: Date.now(), engineMs: null })
  expect((await ready()).body.missing).toEqual(['engine'])
})
