import { describe, expect, it } from 'vitest'
import { addWorkspace, anEvent, openApi, unique } from './client.ts'

const { app, store, call } = await openApi()

const EVERYBODY = { combinator: 'and', rules: [] }
const count = (statuses: string[], value: unknown = 1) => ({
  combinator: 'and',
  rules: [{ metric: { measure: 'count', of: 'were_in', type: 'general', statuses }, operator: 'atLeast', value }],
})
const add = async (rule: object = EVERYBODY, name = unique('Segment')) =>
  (await call('POST', '/v1/segments', { name, rule })).body
const NOBODY = '00000000-0000-7000-8000-000000000000'

describe('segments', () => {
  it('S1-23 are added, read, changed and deleted', async () => {
    const name = unique('Segment')
    const made = await call('POST', '/v1/segments', { name, rule: count(['accepted']) })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ name, rule: count(['accepted']), version: 1, problems: [] })
    const path = `/v1/segments/${made.body.id}`
    expect((await call('GET', path)).body).toEqual(made.body)
    expect((await call('GET', '/v1/segments')).body.segments).toContainEqual(made.body)
    const changed = await call('PATCH', path, { rule: EVERYBODY, version: 1 })
    expect(changed.body).toMatchObject({ name, rule: EVERYBODY, version: 2 })
    expect((await call('DELETE', path)).status).toBe(204)
    expect(await call('GET', path)).toMatchObject({ status: 404, body: { code: 'unknown_segment' } })
  })

  it('answer 412 to a change of an older version, 404 for what is no id', async () => {
    const { id } = await add()
    await call('PATCH', `/v1/segments/${id}`, { name: unique('S'), version: 1 })
    const stale = await call('PATCH', `/v1/segments/${id}`, { name: unique('S'), version: 1 })
    expect(stale).toMatchObject({ status: 412, body: { code: 'segment_stale' } })
    expect((await call('PATCH', `/v1/segments/${id}`, { name: 'x' })).status).toBe(422)
    for (const unknown of ['x', NOBODY]) expect((await call('GET', `/v1/segments/${unknown}`)).status).toBe(404)
  })

  it('answer 409 to a name that is taken, with the field', async () => {
    const { name } = await add()
    expect(await call('POST', '/v1/segments', { name, rule: EVERYBODY })).toMatchObject({
      status: 409,
      body: { code: 'segment_exists', errors: [{ field: 'name' }] },
    })
  })

  it('S1-14 answer 422 by field to a status that is not included in analytics, and to what is incomplete', async () => {
    const code = unique('status')
    await call('POST', '/v1/statuses', { type: 'general', name: code, code, group: 'sent', includeInAnalytics: false })
    for (const [rule, field] of [
      [count([code]), 'rule/rules/0/metric/statuses'],
      [count(['accepted'], 'x'), 'rule/rules/0/value'],
    ] as const)
      expect(await call('POST', '/v1/segments', { name: unique('S'), rule })).toMatchObject({
        status: 422,
        body: { code: 'segment_invalid', errors: [{ field }] },
      })
  })

  it('belong to their workspace', async () => {
    const other = await addWorkspace(store, app)
    const { id } = await add()
    expect((await other.call('GET', `/v1/segments/${id}`)).status).toBe(404)
    expect((await other.call('GET', '/v1/segments')).body.segments).toEqual([])
  })
})

describe('a rule that is not saved', () => {
  it('S1-23 is counted and explained', async () => {
    const shop = await addWorkspace(store, app)
    const customer = { name: 'Ann Lee', phone: '+380671234567' }
    await shop.call('POST', '/v1/events', [
      anEvent({ order: { number: unique('o'), customer } }),
      anEvent({ order: { number: unique('o'), customer: { name: 'Ben', phone: '+380671234568' } }, status: 'sent' }),
    ])
    const preview = await shop.call('POST', '/v1/segments/preview', { rule: count(['accepted']) })
    expect(preview.body).toMatchObject({ count: 1, samples: [customer] })
    const { body } = await shop.call('POST', '/v1/segments/explain', {
      rule: count(['accepted'], 2),
      customer: '067 123 45 67',
    })
    expect(body).toMatchObject({
      customer,
      isIn: false,
      conditions: [{ path: 'rules/0', measured: 1, isTrue: false }],
    })
    const byId = await shop.call('POST', '/v1/segments/explain', { rule: EVERYBODY, customer: body.customer.id })
    expect(byId.body).toMatchObject({ isIn: true, conditions: [] })
    expect(await shop.call('POST', '/v1/segments/explain', { rule: EVERYBODY, customer: NOBODY })).toMatchObject({
      status: 404,
      body: { code: 'unknown_customer' },
    })
    expect((await shop.call('POST', '/v1/segments/preview', { rule: count([]) })).body.code).toBe('segment_invalid')
  })
})

describe('customers', () => {
  it('are found by a part of name, phone or e-mail, and signs of patterns mean themselves', async () => {
    const shop = await addWorkspace(store, app)
    const customer = { name: 'Ann 100% Lee', phone: '+380671112233', email: 'ann@b.example' }
    await shop.call('POST', '/v1/events', [anEvent({ order: { number: unique('o'), customer } })])
    const find = async (q: string) =>
      (await shop.call('GET', `/v1/customers?q=${encodeURIComponent(q)}`)).body.customers.length
    expect(await Promise.all(['ann', '0% l', '111223', '@b.ex'].map(find))).toEqual([1, 1, 1, 1])
    expect(await Promise.all(['%%', '_', 'zoe'].map(find))).toEqual([0, 0, 0])
    expect((await shop.call('GET', '/v1/customers')).status).toBe(422)
  })
})
