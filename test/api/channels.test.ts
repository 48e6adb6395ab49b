import { describe, expect, it } from 'vitest'
import { addWorkspace, openApi } from './client.ts'

const { app, store, call } = await openApi()
const KANNEL = { url: 'http://127.0.0.1:13013/cgi-bin/sendsms', username: 'tidings', password: 'secret', from: 'Shop' }

describe('channels', () => {
  it('are listed, Kannel with the address for its sms-service and without its password', async () => {
    expect((await call('GET', '/v1/channels')).body.channels).toEqual([
      { kind: 'sandbox', ready: true, inUse: true, settings: null, replyUrl: null },
      { kind: 'kannel', ready: false, inUse: false, settings: null, replyUrl: null },
    ])
    const { status, body } = await call('PUT', '/v1/channels/kannel', KANNEL)
    const { password: _, ...shown } = KANNEL
    expect(status).toBe(200)
    expect(body.channels[1]).toEqual({
      kind: 'kannel',
      ready: true,
      inUse: false,
      settings: { ...shown, passwordSet: true },
      replyUrl: expect.stringMatching(
        /^http:\/\/localhost\/v1\/replies\/kannel\/[\w-]{32}\?id=%I&from=%p&text=%b&charset=%C$/,
      ),
    })
    expect((await call('GET', '/v1/channels')).body).toEqual(body)
  })

  it('are put to use one at a time', async () => {
    await call('PUT', '/v1/channels/kannel', KANNEL)
    const inUse = (body: { channels: { kind: string; inUse: boolean }[] }) =>
      body.channels.filter((c) => c.inUse).map((c) => c.kind)
    expect(inUse((await call('POST', '/v1/channels/kannel/use')).body)).toEqual(['kannel'])
    expect(inUse((await call('POST', '/v1/channels/sandbox/use')).body)).toEqual(['sandbox'])
    expect((await call('POST', '/v1/channels/pigeon/use')).status).toBe(422)
  })

  it('that are not connected, and settings that are not right, are refused with words', async () => {
    const { call: ask } = await addWorkspace(store, app)
    expect(await ask('POST', '/v1/channels/kannel/use')).toMatchObject({
      status: 409,
      body: { code: 'channel_not_ready' },
    })
    const { password: _, ...rest } = KANNEL
    expect(await ask('PUT', '/v1/channels/kannel', rest)).toMatchObject({
      status: 422,
      body: { code: 'channel_invalid', errors: [{ field: 'password', detail: expect.any(String) }] },
    })
    const { body } = await ask('PUT', '/v1/channels/kannel', { ...KANNEL, url: 'nowhere', from: 'x'.repeat(21) })
    expect(body.errors.map((e: { field: string }) => e.field)).toEqual(['url', 'from'])
  })
})
