import { describe, expect, it } from 'vitest'
import { addWorkspace, openApi, unique } from './client.ts'

const { app, store, call } = await openApi()
const steps = [
  {
    id: 'start',
    kind: 'order_status_changed',
    type: 'general',
    from: 'any',
    to: { statuses: ['sent'] },
    next: { out: 'text' },
  },
  { id: 'text', kind: 'send_sms', message: 'Hello', next: { out: null } },
]
const create = async (name = unique('Campaign')) =>
  (await call('POST', '/v1/campaigns', { name, draft: { steps } })).body.id as string
const act = (id: string, verb: string, body?: unknown, headers?: Record<string, string>) =>
  call('POST', `/v1/campaigns/${id}/${verb}`, body, headers)

describe('a campaign', () => {
  it('is renamed; its draft keeps its version', async () => {
    const id = await create()
    const { status, headers, body } = await call('PATCH', `/v1/campaigns/${id}`, { name: ' Anew ' })
    expect([status, headers.get('etag'), body.name, body.draftVersion]).toEqual([200, '"1"', 'Anew', 1])
    for (const wish of [{}, { name: '' }, { name: 'x'.repeat(81) }, { name: 'x', state: 'live' }])
      expect((await call('PATCH', `/v1/campaigns/${id}`, wish)).status).toBe(422)
  })

  it('is copied as a draft with a name that still fits', async () => {
    const id = await create('x'.repeat(80))
    await act(id, 'publish')
    const { status, headers, body } = await act(id, 'copy')
    expect([status, headers.get('etag')]).toEqual([201, '"1"'])
    expect(body).toMatchObject({ name: `${'x'.repeat(73)} (copy)`, state: 'draft', version: null, hasChanges: true })
    expect([body.id === id, body.draft]).toEqual([false, (await call('GET', `/v1/campaigns/${id}`)).body.draft])
  })

  it('is deleted while it was never published, then refused: 409 campaign_published', async () => {
    const id = await create()
    expect((await call('DELETE', `/v1/campaigns/${id}`)).status).toBe(204)
    expect((await call('GET', `/v1/campaigns/${id}`)).body.code).toBe('unknown_campaign')
    const live = await create()
    await act(live, 'publish')
    const { status, body } = await call('DELETE', `/v1/campaigns/${live}`)
    expect([status, body.code, body.detail]).toEqual([409, 'campaign_published', expect.stringContaining('Pause it')])
  })

  it('is published as the draft that was looked at, by number or ETag: 412 draft_stale for another', async () => {
    const id = await create()
    await call('PUT', `/v1/campaigns/${id}/draft`, { steps }, { 'if-match': '"1"' })
    const stale = [
      await act(id, 'publish', { draftVersion: 1 }),
      await act(id, 'publish', undefined, { 'if-match': '"1"' }),
    ]
    for (const { status, body } of stale) expect([status, body.code]).toEqual([412, 'draft_stale'])
    expect((await act(id, 'publish', { draftVersion: 2 })).body.version).toBe(1)
    expect((await act(id, 'publish', undefined, { 'if-match': '"2"' })).body.version).toBe(2)
    expect((await act(id, 'publish', {})).body.version).toBe(3)
    expect((await act(id, 'publish', { draftVersion: 'x' })).body.errors[0].field).toBe('draftVersion')
  })
})

describe('what pages read of a campaign', () => {
  it('is its publication, versions, figures and the customers at a step', async () => {
    const id = await create()
    const read = async (path: string) => (await call('GET', `/v1/campaigns/${id}/${path}`)).body
    expect(await read('publication')).toMatchObject({ draftVersion: 1, problems: [], inside: { version: null } })
    expect(await read('counts')).toMatchObject({ version: null, entered: 0, steps: {} })
    await act(id, 'publish')
    expect((await read('versions')).versions).toMatchObject([{ number: 1, publishedBy: 'first', liveUntil: null }])
    expect((await read('versions/1')).document.steps).toHaveLength(2)
    expect((await read('counts?version=1')).steps.text).toMatchObject({ entered: 0, left: { out: 0 }, ended: 0 })
    expect(await read('steps/text/customers?limit=5')).toEqual({ total: 0, customers: [] })
    expect([(await read('versions/2')).code, (await read('counts?version=2')).code]).toEqual([
      'unknown_version',
      'unknown_version',
    ])
    expect((await read('steps/nowhere/customers')).code).toBe('unknown_step')
    expect((await read('counts?version=x')).errors[0].field).toBe('version')
  })

  it('is 404 unknown_campaign for an id that is none, or of another workspace', async () => {
    const id = await create()
    const other = await addWorkspace(store, app)
    for (const [by, which] of [
      [call, 'x'],
      [other.call, id],
    ] as const) {
      const answers = [
        await by('PATCH', `/v1/campaigns/${which}`, { name: 'x' }),
        await by('POST', `/v1/campaigns/${which}/copy`),
        await by('DELETE', `/v1/campaigns/${which}`),
      ]
      for (const path of ['publication', 'versions', 'versions/1', 'counts', 'steps/text/customers'])
        answers.push(await by('GET', `/v1/campaigns/${which}/${path}`))
      for (const { status, body } of answers) expect([status, body.code]).toEqual([404, 'unknown_campaign'])
    }
  })
})
