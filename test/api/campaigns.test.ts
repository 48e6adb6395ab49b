import { describe, expect, it } from 'vitest'
import { NODE_OUTPUTS } from '../../db/model/node-outputs.ts'
import { addWorkspace, openApi, unique } from './client.ts'

const { app, store, call } = await openApi()

const next = (kind: keyof typeof NODE_OUTPUTS, ...ids: (string | null)[]) =>
  Object.fromEntries(NODE_OUTPUTS[kind].map((output, i) => [output, ids[i] ?? null]))
const trigger = (part: Record<string, unknown> = {}) => ({
  id: 'start',
  kind: 'order_status_changed',
  type: 'general',
  from: 'any',
  to: { statuses: ['sent'] },
  next: next('order_status_changed', 'text'),
  ...part,
})
const text = (message = 'Hello {{ customer.first_name }}') => ({
  id: 'text',
  kind: 'send_sms',
  message,
  next: next('send_sms'),
})
const whole = { steps: [trigger(), text()] }

const create = async (draft: unknown = whole) =>
  (await call('POST', '/v1/campaigns', { name: unique('Campaign'), draft })).body
const putDraft = (id: string, body: unknown, ifMatch?: string) =>
  call('PUT', `/v1/campaigns/${id}/draft`, body, ifMatch === undefined ? {} : { 'if-match': ifMatch })
const act = (id: string, verb: string) => call('POST', `/v1/campaigns/${id}/${verb}`)

describe('a draft', () => {
  it('is made with its campaign and answers its ETag', async () => {
    const { status, headers, body } = await call('POST', '/v1/campaigns', { name: 'Sent', draft: whole })
    expect([status, headers.get('etag')]).toEqual([201, '"1"'])
    expect(body).toMatchObject({ name: 'Sent', state: 'draft', draftVersion: 1, version: null, entered: 0 })
    expect(body.draft.steps).toHaveLength(2)
    const read = await call('GET', `/v1/campaigns/${body.id}`)
    expect([read.headers.get('etag'), read.body]).toEqual(['"1"', body])
    expect((await call('GET', '/v1/campaigns')).body.campaigns).toContainEqual(body)
  })

  it('may be empty or incomplete, but must be a campaign', async () => {
    expect((await create({ steps: [] })).draft).toEqual({ steps: [] })
    expect((await create({ steps: [text()] })).state).toBe('draft')
    expect((await create({ steps: [trigger({ to: { statuses: [] } }), text('')] })).state).toBe('draft')
    const { status, body } = await call('POST', '/v1/campaigns', {
      name: 'x',
      draft: { steps: [{ id: 'a', kind: 'fly' }] },
    })
    expect([status, body.code, body.errors[0].field]).toEqual([422, 'invalid_request', 'draft/steps/0/kind'])
  })

  it('is saved over the one that was opened, and answers the new ETag', async () => {
    const { id } = await create()
    const first = await putDraft(id, { draft: { steps: [] }, name: 'Renamed' }, '"1"')
    expect([first.status, first.headers.get('etag'), first.body.name]).toEqual([200, '"2"', 'Renamed'])
    // the draft alone is taken as well
    const second = await putDraft(id, whole, '"2"')
    expect([second.headers.get('etag'), second.body.name, second.body.draft.steps.length]).toEqual([
      '"3"',
      'Renamed',
      2,
    ])
  })

  it('that somebody saved meanwhile is not overwritten: 412 draft_stale', async () => {
    const { id } = await create()
    await putDraft(id, { steps: [] }, '"1"')
    for (const etag of ['"1"', 'W/"1"', '"0"', '"x"', '"99999999999999999999"']) {
      const { status, body } = await putDraft(id, whole, etag)
      expect([status, body.code], etag).toEqual([412, 'draft_stale'])
    }
    const tries = await Promise.all(Array.from({ length: 8 }, () => putDraft(id, whole, '"2"')))
    expect(tries.filter((t) => t.status === 200)).toHaveLength(1)
  })

  it('is only saved by who says which one he opened: 428 draft_unmatched', async () => {
    const { id } = await create()
    for (const etag of [undefined, '*']) {
      const { status, body } = await putDraft(id, whole, etag)
      expect([status, body.code]).toEqual([428, 'draft_unmatched'])
    }
  })

  it('names what is wrong by path, in unions that of the nearest form', async () => {
    const fieldOf = async (step: Record<string, unknown>) => {
      const { body } = await call('POST', '/v1/campaigns', { name: 'x', draft: { steps: [trigger(step)] } })
      return body.errors?.[0].field
    }
    expect(await fieldOf({ to: { group: 'mine' } })).toBe('draft/steps/0/to/group')
    expect(await fieldOf({ to: { statuses: [''] } })).toBe('draft/steps/0/to/statuses/0')
    expect(await fieldOf({ type: 'colour' })).toBe('draft/steps/0/type')
    const filter = { id: 'f', kind: 'filter_customers', next: next('filter_customers') }
    const rules = [{ field: 'customer.shoe', operator: 'equals', value: '1' }]
    const where = { combinator: 'and', rules: [{ combinator: 'or', rules }] }
    const { body } = await call('POST', '/v1/campaigns', { name: 'x', draft: { steps: [{ ...filter, where }] } })
    expect(body.errors[0].field).toBe('draft/steps/0/where/rules/0/rules/0/field')
  })

  it('with filters nested far is refused, not overflowing', async () => {
    let where: object = { combinator: 'and', rules: [] }
    for (let n = 0; n < 500; n++) where = { combinator: 'and', rules: [where] }
    const step = { id: 'f', kind: 'filter_customers', where, next: next('filter_customers') }
    expect((await call('POST', '/v1/campaigns', { name: 'x', draft: { steps: [step] } })).body.code).toBe(
      'invalid_json',
    )
  })
})

describe('publishing', () => {
  it('makes the draft the live version; each time the next number', async () => {
    const { id } = await create()
    expect((await act(id, 'publish')).body).toMatchObject({ state: 'live', version: 1 })
    expect((await act(id, 'publish')).body).toMatchObject({ state: 'live', version: 2 })
  })

  it('reports every problem at once: 422 campaign_invalid', async () => {
    const { id } = await create({
      steps: [trigger({ to: { statuses: ['nope'] } }), text('{{ order.colour }} {{ x }}')],
    })
    const { status, body } = await act(id, 'publish')
    expect([status, body.code]).toEqual([422, 'campaign_invalid'])
    expect(body.errors.map((e: { field: string }) => e.field)).toEqual(
      expect.arrayContaining(['steps/1/message', 'steps/0/to']),
    )
    expect((await call('GET', `/v1/campaigns/${id}`)).body.state).toBe('draft')
  })

  it('refuses an empty campaign', async () => {
    const { id } = await create({ steps: [] })
    expect((await act(id, 'publish')).body.errors).toEqual([{ field: 'steps', detail: 'a trigger is expected' }])
  })
})

describe('pausing and resuming', () => {
  it('changes the state of a published campaign, and may be repeated', async () => {
    const { id } = await create()
    await act(id, 'publish')
    for (const [verb, state] of [
      ['pause', 'paused'],
      ['pause', 'paused'],
      ['resume', 'live'],
      ['resume', 'live'],
    ] as const)
      expect(await act(id, verb)).toMatchObject({ status: 200, body: { state } })
  })

  it('of one that was never published answers 409 campaign_not_live', async () => {
    const { id } = await create()
    for (const verb of ['pause', 'resume'])
      expect(await act(id, verb)).toMatchObject({ status: 409, body: { code: 'campaign_not_live' } })
  })
})

it('answers 404 unknown_campaign to an id that is none, or of another workspace', async () => {
  const { id } = await create()
  const other = await addWorkspace(store, app)
  for (const [by, which] of [
    [call, crypto.randomUUID()],
    [call, 'x'],
    [other.call, id],
  ] as const) {
    const answers = [
      await by('GET', `/v1/campaigns/${which}`),
      await by('PUT', `/v1/campaigns/${which}/draft`, whole, { 'if-match': '"1"' }),
      ...(await Promise.all(
        ['publish', 'pause', 'resume'].map((verb) => by('POST', `/v1/campaigns/${which}/${verb}`)),
      )),
    ]
    for (const { status, body } of answers) expect([status, body.code]).toEqual([404, 'unknown_campaign'])
  }
})
