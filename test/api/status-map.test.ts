import { describe, expect, it } from 'vitest'
import { openApi, unique } from './client.ts'

const { call } = await openApi()
const check = (body: object) => call('POST', '/v1/statuses/check', body)
const accepted = { type: 'general', code: 'accepted' }
const text = { template: 'Hi', always: true }

describe('the map of statuses', () => {
  it('is told with its findings, which an example path explains', async () => {
    await call('PATCH', '/v1/statuses/general/processing', { timeout: { after: 'P2D', to: 'call-back' } })
    const { status, body } = await call('GET', '/v1/status-map')
    expect([status, body.nodes.length, body.campaigns]).toEqual([200, 24, []])
    expect(body.edges).toEqual([{ type: 'general', from: 'processing', to: 'call-back', after: 'P2D' }])
    expect(body.findings).toEqual([
      {
        ...{ kind: 'dead_end', level: 'warning', type: 'general', statuses: ['call-back'] },
        path: [
          { code: 'processing', name: 'Processing', after: null, texts: [] },
          { code: 'call-back', name: 'Call back', after: 'P2D', texts: [] },
        ],
      },
    ])
  })
})

describe('the check of a status', () => {
  it('answers what saving would bring, and saves nothing', async () => {
    const before = await call('GET', '/v1/statuses')
    const { status, body } = await check({ ...accepted, timeout: { after: 'P1W', to: 'sent' }, autoSms: text })
    expect([status, body.findings.map((f: { kind: string }) => f.kind)]).toEqual([200, ['dead_end']])
    const code = unique('new')
    expect((await check({ type: 'general', code, name: code, group: 'paid', autoSms: text })).body).toEqual({
      findings: [],
    })
    expect((await call('GET', '/v1/statuses')).body).toEqual(before.body)
  })

  it('calls a circle an error, which saving refuses with its path', async () => {
    const timeout = { after: 'P1D', to: 'processing' }
    const { body } = await check({ type: 'general', code: 'call-back', timeout })
    expect(body.findings).toMatchObject([{ kind: 'loop', level: 'error', statuses: ['processing', 'call-back'] }])
    const refused = await call('PATCH', '/v1/statuses/general/call-back', { timeout })
    expect([refused.body.code, refused.body.errors]).toEqual([
      'timeout_cycle',
      [{ field: 'timeout/to', detail: expect.stringMatching(/Processing → Call back|Call back → Processing/) }],
    ])
  })

  it.each([
    ['an unknown type', { type: 'colour' }, 'type'],
    ['a code with spaces', { code: 'a b' }, 'code'],
    ['a timeout in words', { timeout: { after: 'two weeks', to: 'paid' } }, 'timeout/after'],
  ])('refuses %s, naming the field', async (_, part, field) => {
    const { status, body } = await check({ ...accepted, ...part })
    expect([status, body.code, body.errors?.[0].field]).toEqual([422, 'invalid_request', field])
  })
})
