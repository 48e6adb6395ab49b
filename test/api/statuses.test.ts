import { describe, expect, it } from 'vitest'
import { addWorkspace, anEvent, openApi, unique } from './client.ts'

const { app, store, call } = await openApi()

const list = async () => (await call('GET', '/v1/statuses')).body.statuses
const find = async (type: string, code: string) =>
  (await list()).find((s: { type: string; code: string }) => s.type === type && s.code === code)
const aStatus = (part: Record<string, unknown> = {}) => ({
  type: 'general',
  name: unique('Status'),
  code: unique('status'),
  group: 'sent',
  ...part,
})
const add = async (part: Record<string, unknown> = {}) => (await call('POST', '/v1/statuses', aStatus(part))).body

describe('listing', () => {
  it('shows the preset: three types, each with one initial status, Call back in processing (S0-16)', async () => {
    const statuses = await (await addWorkspace(store, app)).call('GET', '/v1/statuses')
    const all: { type: string; code: string; isInitial: boolean; group: string; orders: number }[] =
      statuses.body.statuses
    expect(all.filter((s) => s.isInitial).map((s) => s.type)).toEqual(['general', 'delivery', 'payment'])
    expect(all.find((s) => s.code === 'call-back')).toMatchObject({ group: 'processing', kind: null, orders: 0 })
    expect(new Set(all.flatMap((s) => s.group ?? []))).toEqual(
      new Set(['processing', 'spam', 'accepted', 'sent', 'cancelled', 'paid', 'return']),
    )
  })

  it.each([
    ['S0-02', 'call-centre', 'general', ['Processing', 'Call back', 'Accepted', 'Cancelled']],
    ['S1-05', 'loyalty', 'general', ['Accepted', 'Agreed', 'In progress', 'Completed']],
    ['S1-06', 'loyalty', 'delivery', ['At pickup point', 'Shipped', 'At delivery point', 'Delivered']],
    ['S1-07', 'loyalty', 'payment', ['Invoice issued', 'Awaiting payment', 'Paid']],
  ] as const)('%s begins with what the preset %s brings of the type %s', async (_, preset, type, names) => {
    const { body } = await (await addWorkspace(store, app, null, preset)).call('GET', '/v1/statuses')
    const told = body.statuses.filter((s: { type: string }) => s.type === type).map((s: { name: string }) => s.name)
    expect(told).toEqual(expect.arrayContaining([...names]))
  })

  it('S0-17 shows Waiting for payment in the group sent', async () => {
    const { body } = await (await addWorkspace(store, app)).call('GET', '/v1/statuses')
    expect(body.statuses).toContainEqual(expect.objectContaining({ name: 'Waiting for payment', group: 'sent' }))
  })

  it('counts the orders that stand in each (S0-18)', async () => {
    const { code } = await add()
    await call('POST', '/v1/events', [anEvent({ status: code }), anEvent({ status: code })])
    expect((await find('general', code)).orders).toBe(2)
  })
})

describe('adding', () => {
  it('answers 201 with the status as it is', async () => {
    const wish = aStatus({
      includeInAnalytics: false,
      timeout: { after: 'P14D', to: 'cancelled' },
      autoSms: { template: 'Hello {{ customer.first_name }}', always: true },
    })
    const { status, body } = await call('POST', '/v1/statuses', wish)
    expect(status).toBe(201)
    expect(body).toEqual({ ...wish, kind: null, container: null, isLocked: false, isInitial: false, orders: 0 })
    expect(await find('general', wish.code)).toEqual(body)
  })

  it('counts in analytics unless it is told not to', async () => {
    expect((await add()).includeInAnalytics).toBe(true)
  })

  it('needs a group for a general status and a kind for the others (S0-10)', async () => {
    for (const [part, code] of [
      [{ group: undefined }, 'group_required'],
      [{ type: 'delivery', group: undefined }, 'kind_required'],
      [{ type: 'payment', group: undefined, kind: 'shipped' }, 'kind_required'],
    ] as const) {
      const answer = await call('POST', '/v1/statuses', aStatus(part))
      expect([answer.status, answer.body.code]).toEqual([422, code])
    }
    expect((await add({ type: 'delivery', group: undefined, kind: 'shipped' })).kind).toBe('shipped')
  })

  it('takes the seven groups only: no eighth can be named or made (S0-12)', async () => {
    const { status, body } = await call('POST', '/v1/statuses', aStatus({ group: 'mine' }))
    expect([status, body.code, body.errors[0].field]).toEqual([422, 'invalid_request', 'group'])
    for (const path of ['/v1/groups', '/v1/status-groups', '/v1/statuses/groups'])
      expect([404, 405]).toContain((await call('POST', path, { code: 'mine', name: 'Mine' })).status)
  })

  it.each(['PUT', 'PATCH', 'DELETE'])('S0-13 has no way to change the groups: %s', async (method) => {
    for (const path of ['/v1/status-groups/paid', '/v1/groups/paid'])
      expect((await call(method, path, { name: 'Done' })).status).toBe(404)
  })

  it('S1-03 takes three types: a fourth is answered 422 with the types there are', async () => {
    const { status, body } = await call('POST', '/v1/statuses', aStatus({ type: 'shipping' }))
    expect([status, body.code, body.errors[0].field]).toEqual([422, 'invalid_request', 'type'])
    expect(body.errors[0].detail).toContain('delivery')
  })

  it('takes a code once per type, and a name once, whatever its case (S1-12)', async () => {
    const { code, name } = await add()
    for (const [part, error] of [
      [{ code }, { field: 'code', detail: `${name} has this code` }],
      [
        { name: ` ${name.toUpperCase()} ` },
        { field: 'name', detail: `the status with the code ${code} has this name` },
      ],
    ] as const) {
      const answer = await call('POST', '/v1/statuses', aStatus(part))
      expect([answer.status, answer.body.code, answer.body.errors]).toEqual([409, 'status_exists', [error]])
    }
    const elsewhere = await call(
      'POST',
      '/v1/statuses',
      aStatus({ type: 'payment', kind: 'paid', group: undefined, code, name }),
    )
    expect(elsewhere.status).toBe(201)
  })

  it.each([
    ['an unknown type', { type: 'colour' }, 'type'],
    ['a name of spaces', { name: '   ' }, 'name'],
    ['a long name', { name: 'x'.repeat(81) }, 'name'],
    ['a code with spaces', { code: 'a b' }, 'code'],
    ['a code in Cyrillic', { code: 'шлях' }, 'code'],
    ['a timeout of two units', { timeout: { after: 'P1DT1H', to: 'paid' } }, 'timeout/after'],
    ['a timeout of nothing', { timeout: { after: 'P0D', to: 'paid' } }, 'timeout/after'],
    ['a timeout in words', { timeout: { after: 'two weeks', to: 'paid' } }, 'timeout/after'],
    ['a timeout to nowhere', { timeout: { after: 'P1D' } }, 'timeout/to'],
    ['an empty text', { autoSms: { template: '', always: true } }, 'autoSms/template'],
    ['a text without always', { autoSms: { template: 'x' } }, 'autoSms/always'],
  ])('refuses %s, naming the field', async (_, part, field) => {
    const { status, body } = await call('POST', '/v1/statuses', aStatus(part))
    expect([status, body.code, body.errors?.[0].field]).toEqual([422, 'invalid_request', field])
  })

  it.each([
    [
      'a text with an unknown variable',
      { autoSms: { template: '{{ order.colour }}', always: true } },
      422,
      'template_invalid',
    ],
    ['a text that cannot be read', { autoSms: { template: '{% if', always: true } }, 422, 'template_invalid'],
    ['a timeout to an unknown status', { timeout: { after: 'P1D', to: 'nope' } }, 404, 'unknown_status'],
  ])('refuses %s and adds nothing', async (_, part, status, code) => {
    const wish = aStatus(part)
    const answer = await call('POST', '/v1/statuses', wish)
    expect([answer.status, answer.body.code]).toEqual([status, code])
    expect(await find('general', wish.code)).toBeUndefined()
  })
})

describe('changing', () => {
  const patch = (code: string, body: unknown, type = 'general') => call('PATCH', `/v1/statuses/${type}/${code}`, body)

  it('changes what is named and leaves the rest', async () => {
    const before = await add({
      timeout: { after: 'PT30M', to: 'cancelled' },
      autoSms: { template: 'x', always: false },
    })
    const name = unique('Name')
    const { status, body } = await patch(before.code, { name, group: 'paid', includeInAnalytics: false })
    expect(status).toBe(200)
    expect(body).toEqual({ ...before, name, group: 'paid', includeInAnalytics: false })
  })

  it('takes timeout and text away by null', async () => {
    const { code } = await add({
      timeout: { after: 'P1M', to: 'cancelled' },
      autoSms: { template: 'x', always: false },
    })
    expect((await patch(code, { timeout: null })).body).toMatchObject({ timeout: null, autoSms: { template: 'x' } })
    expect((await patch(code, { autoSms: null })).body).toMatchObject({ timeout: null, autoSms: null })
  })

  it('gives a new timeout in place of the old', async () => {
    const { code } = await add({ timeout: { after: 'P2W', to: 'cancelled' } })
    expect((await patch(code, { timeout: { after: 'PT90S', to: 'paid' } })).body.timeout).toEqual({
      after: 'PT90S',
      to: 'paid',
    })
  })

  it('refuses timeouts that lead to themselves or round in a circle', async () => {
    const a = await add()
    const b = await add({ timeout: { after: 'P1D', to: a.code } })
    expect((await patch(a.code, { timeout: { after: 'P1D', to: a.code } })).body.code).toBe('timeout_invalid')
    const { status, body } = await patch(a.code, { timeout: { after: 'P1D', to: b.code } })
    expect([status, body.code]).toEqual([422, 'timeout_cycle'])
    expect(body.errors[0].detail).toContain(' → ')
  })

  it('leaves Processing its name and group (S0-04), but may give it a timeout', async () => {
    for (const wish of [{ name: 'New' }, { group: 'paid' }]) {
      const { status, body } = await patch('processing', wish)
      expect([status, body.code]).toEqual([409, 'status_locked'])
    }
    expect((await patch('processing', { timeout: { after: 'P30D', to: 'cancelled' } })).status).toBe(200)
    expect(await find('general', 'processing')).toMatchObject({ name: 'Processing', group: 'processing' })
    await patch('processing', { timeout: null })
  })

  it('refuses the name of another status', async () => {
    const [a, b] = [await add(), await add()]
    expect((await patch(a.code, { name: b.name })).body.code).toBe('status_exists')
    expect((await patch(a.code, { name: a.name.toUpperCase() })).status).toBe(200)
  })

  it('answers 404 for an unknown code and 422 for an unknown type', async () => {
    expect(await patch('nope', { name: 'x' })).toMatchObject({ status: 404, body: { code: 'unknown_status' } })
    expect(await patch('sent', { name: 'x' }, 'colour')).toMatchObject({
      status: 422,
      body: { code: 'invalid_request' },
    })
  })
})

describe('putting in another order', () => {
  it('answers 204 and lists them so; a list that lacks one is refused and says which', async () => {
    const { call } = await addWorkspace(store, app)
    const codes = async () =>
      (await call('GET', '/v1/statuses')).body.statuses
        .filter((s: { type: string }) => s.type === 'payment')
        .map((s: { code: string }) => s.code)
    const reversed = (await codes()).reverse()
    expect((await call('PUT', '/v1/statuses/payment', { codes: reversed })).status).toBe(204)
    expect(await codes()).toEqual(reversed)
    const refused = await call('PUT', '/v1/statuses/payment', { codes: reversed.slice(1) })
    expect([refused.status, refused.body.code]).toEqual([422, 'positions_invalid'])
    expect(refused.body.errors).toEqual([{ field: 'codes', detail: `${reversed[0]} is missing` }])
  })
})

describe('deleting', () => {
  const remove = (code: string) => call('DELETE', `/v1/statuses/general/${code}`)

  it('takes a status away that nothing refers to; its code is free again', async () => {
    const { code, name } = await add({
      timeout: { after: 'P1D', to: 'paid' },
      autoSms: { template: 'x', always: true },
    })
    expect((await remove(code)).status).toBe(204)
    expect(await find('general', code)).toBeUndefined()
    expect((await call('POST', '/v1/statuses', aStatus({ code, name }))).status).toBe(201)
  })

  it('leaves Processing where it is (S0-03)', async () => {
    const { status, body } = await remove('processing')
    expect([status, body.code]).toEqual([409, 'status_locked'])
    expect(await find('general', 'processing')).toBeDefined()
  })

  it('refuses while orders, timeouts, maps or campaigns refer to it, and says which', async () => {
    const { code } = await add()
    await call('POST', '/v1/events', anEvent({ status: code }))
    await add({ timeout: { after: 'P1D', to: code } })
    await call('POST', '/v1/integrations', { kind: 'woocommerce', name: 'Shop', statusMap: { odd: { general: code } } })
    const { status, body } = await remove(code)
    expect([status, body.code]).toEqual([409, 'status_in_use'])
    expect(body.errors).toHaveLength(3)
  })

  it('answers 404 for an unknown code', async () => {
    expect((await remove('nope')).body.code).toBe('unknown_status')
  })
})
