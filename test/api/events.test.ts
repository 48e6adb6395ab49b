import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addWorkspace, anEvent, openApi, unique } from './client.ts'

const { call, app, store } = await openApi()
const HOUR_MS = 3_600_000
const at = (ms: number | Date) => new Date(ms).toISOString()

const post = (body: unknown, contentType = 'application/json') =>
  call('POST', '/v1/events', body, { 'content-type': contentType })
const getOrder = async (number: string) => (await call('GET', `/v1/orders/${number}`)).body

describe('one event', () => {
  it('makes the order and the customer that it names, and answers 202 with the outcome', async () => {
    const number = unique('order')
    const customer = { name: 'Анна Коваль', phone: '067 123 45 67', email: 'Anna@Example.com', country: 'UA' }
    const contents = { total: '1499.50', currency: 'uah', paymentMethod: 'cod', createdAt: '2026-01-02T03:04:05+02:00' }
    const event = anEvent({ order: { number, customer, ...contents }, type: 'delivery', status: 'shipped' })
    const { status, body } = await post(event)
    expect(status).toBe(202)
    expect(body).toEqual({ results: [{ source: event.source, id: event.id, outcome: 'moved', order: number }] })
    expect(await getOrder(number)).toMatchObject({
      number,
      source: event.source,
      total: '1499.50',
      currency: 'UAH',
      paymentMethod: 'cod',
      createdAt: '2026-01-02T01:04:05.000Z',
      customer: { name: 'Анна Коваль', phone: '+380671234567', email: 'anna@example.com' },
      statuses: {
        general: { code: 'processing', seq: 1 },
        delivery: { code: 'shipped', seq: 1 },
        payment: { code: 'unpaid' },
      },
    })
  })

  it('is taken once: the same source and id answer duplicate with the former outcome, whatever it says', async () => {
    const event = anEvent()
    await post(event)
    const { status, body } = await post({ ...event, data: { ...event.data, status: 'paid' } })
    expect(status).toBe(202)
    expect(body.results[0]).toMatchObject({ outcome: 'duplicate', earlier: 'moved', order: event.data.order.number })
    expect((await getOrder(event.data.order.number)).statuses.general.code).toBe('accepted')
  })

  it('with the id of another source is another event', async () => {
    const event = anEvent()
    await post(event)
    const { body } = await post({ ...event, source: 'other', data: { ...event.data, status: 'paid' } })
    expect(body.results[0].outcome).toBe('moved')
  })

  it('of the status that the order has already is a noop without a history row (C10)', async () => {
    const { data } = anEvent()
    await post(anEvent(data))
    const { body } = await post(anEvent(data))
    expect(body.results[0].outcome).toBe('noop')
    const { history } = await getOrder(data.order.number)
    expect(history.filter((h: { type: string }) => h.type === 'general')).toHaveLength(1)
  })

  it('older than the last word of its source is stale; of another source it is not', async () => {
    const { data } = anEvent()
    await post(anEvent(data, { time: at(Date.now()) }))
    const old = { time: at(Date.now() - HOUR_MS) }
    expect((await post(anEvent({ ...data, status: 'paid' }, old))).body.results[0].outcome).toBe('stale')
    const other = anEvent({ ...data, status: 'paid' }, { ...old, source: 'other' })
    expect((await post(other)).body.results[0].outcome).toBe('moved')
  })

  it('tells when it happened by data.occurredAt, else by time', async () => {
    const { data } = anEvent()
    const occurredAt = at(Date.now() - 2 * HOUR_MS)
    await post(anEvent({ ...data, occurredAt }, { time: at(Date.now()) }))
    expect((await getOrder(data.order.number)).statuses.general.changedAt).toBe(occurredAt)
  })

  it('with an unknown status is refused with 422 and makes nothing; it may come again later', async () => {
    const event = anEvent({ status: 'on-the-moon' })
    const { status, body } = await post(event)
    expect([status, body.code]).toEqual([422, 'unknown_status'])
    expect((await getOrder(event.data.order.number)).code).toBe('unknown_order')
    await call('POST', '/v1/statuses', { type: 'general', name: 'Moon', code: 'on-the-moon', group: 'sent' })
    expect((await post(event)).body.results[0].outcome).toBe('moved')
  })

  it('from the future is refused with 422 and makes no order', async () => {
    const event = anEvent({}, { time: at(Date.now() + HOUR_MS) })
    const { status, body } = await post(event)
    expect([status, body.code]).toEqual([422, 'event_from_future'])
    expect((await getOrder(event.data.order.number)).code).toBe('unknown_order')
  })

  it.each([
    ['time', (time: string) => anEvent({}, { time })],
    ['data/occurredAt', (occurredAt: string) => anEvent({ occurredAt })],
    ['data/order/createdAt', (createdAt: string) => anEvent({ order: { number: unique('order'), createdAt } })],
  ])('tells at %s once that a time cannot be read or is before the year 1', async (field, event) => {
    for (const wrong of ['0000-12-31T23:59:59Z', '0001-01-01T00:00:00+14:00', '2026-02-30T00:00:00Z', 'soon']) {
      const { status, body } = await post(event(wrong))
      expect([status, body.errors]).toEqual([422, [{ field, detail: expect.stringContaining('a time such as') }]])
    }
    expect((await post(event('0001-01-01T00:00:00Z'))).status).toBe(202)
  })

  it('is taken while Orders are on only: 403 orders_disabled (S1-01)', async () => {
    const off = await addWorkspace(store, app, null)
    const { status, body } = await off.call('POST', '/v1/events', anEvent())
    expect([status, body.code]).toEqual([403, 'orders_disabled'])
  })

  it('may carry extension attributes, other fields, nulls and numbers for texts', async () => {
    const order = { number: 9_000_001, customer: { name: null, externalId: 17 }, total: 12.5, currency: '', tags: [1] }
    const event = anEvent({ order, note: {} }, { traceparent: 'x', dataschema: 'y', subject: null })
    expect((await post(event)).body.results[0]).toMatchObject({ outcome: 'moved', order: '9000001' })
    expect(await getOrder('9000001')).toMatchObject({ total: '12.50', currency: 'UAH' })
  })

  it('posted with a hundred others at once answers for itself, also when others are refused', async () => {
    const sent = Array.from({ length: 100 }, (_, i) => anEvent({ status: i % 10 === 3 ? 'nope' : 'accepted' }))
    const answers = await Promise.all(sent.map((event) => post(event)))
    for (const [i, { status, body }] of answers.entries()) {
      expect(status).toBe(i % 10 === 3 ? 422 : 202)
      if (status === 202) expect(body.results).toMatchObject([{ id: sent[i]!.id, order: sent[i]!.data.order.number }])
    }
  })

  it('posted ten times at once is applied once', async () => {
    const event = anEvent()
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(event)))
    const outcomes = answers.map((a) => a.body.results[0].outcome).sort()
    expect(outcomes).toEqual([...Array(9).fill('duplicate'), 'moved'])
  })

  it('belongs to the workspace of its key', async () => {
    const event = anEvent()
    await post(event)
    const other = await addWorkspace(store, app)
    expect((await other.call('POST', '/v1/events', event)).body.results[0].outcome).toBe('moved')
    expect((await other.call('GET', '/v1/orders')).body.total).toBe(1)
  })
})

describe('a batch', () => {
  it('answers one result per event in their order; one that is refused does not hold up the others', async () => {
    const first = anEvent()
    const future = anEvent({}, { time: at(Date.now() + HOUR_MS) })
    const { status, body } = await post([first, anEvent({ status: 'nope' }), future, first, anEvent()])
    expect(status).toBe(202)
    const outcomes = body.results.map((r: { outcome: string; code?: string }) => r.code ?? r.outcome)
    expect(outcomes).toEqual(['moved', 'unknown_status', 'event_from_future', 'duplicate', 'moved'])
    expect(body.results[1].detail).toMatch(/No status/)
  })

  it('applies the events of one order one after the other', async () => {
    const { data } = anEvent()
    const { body } = await post(['accepted', 'sent', 'sent', 'paid'].map((status) => anEvent({ ...data, status })))
    expect(body.results.map((r: { outcome: string }) => r.outcome)).toEqual(['moved', 'moved', 'noop', 'moved'])
    expect((await getOrder(data.order.number)).statuses.general).toMatchObject({ code: 'paid', seq: 3 })
  })

  it('may be empty', async () => {
    expect(await post([], 'application/cloudevents-batch+json')).toMatchObject({ status: 202, body: { results: [] } })
  })

  it('takes 500 events and refuses 501', async () => {
    const many = Array.from({ length: 501 }, () => anEvent())
    expect((await post(many)).body.errors).toEqual([{ field: 'body', detail: 'at most 500 events are taken at once' }])
    const { status, body } = await post(many.slice(1))
    expect([status, body.results.length]).toEqual([202, 500])
  })

  it('with one malformed event is refused whole, the field led by its index, and nothing is applied', async () => {
    const good = anEvent()
    const { status, body } = await post([good, anEvent({ type: 'colour' }), { ...anEvent(), id: '' }])
    expect([status, body.code]).toEqual([422, 'invalid_request'])
    expect(body.errors.map((e: { field: string }) => e.field)).toEqual(['1/data/type', '2/id'])
    expect((await getOrder(good.data.order.number)).code).toBe('unknown_order')
  })

  it('applied by many at once to the same orders gives each order one unbroken history', async () => {
    const numbers = Array.from({ length: 20 }, () => unique('order'))
    const codes = ['accepted', 'sent', 'paid', 'cancelled', 'return']
    const pick = <T>(list: T[]): T => list[Math.floor(Math.random() * list.length)]!
    const phones = ['+380671110001', '+380671110002', '+380671110003']
    const posts = Array.from({ length: 50 }, () =>
      post(
        Array.from({ length: 100 }, () => {
          const order = {
            number: pick(numbers),
            total: `${Math.floor(Math.random() * 9)}`,
            customer: { phone: pick(phones) },
          }
          return anEvent({ order, status: pick(codes) })
        }),
      ),
    )
    const answers = await Promise.all(posts)
    expect(answers.map((a) => a.status)).toEqual(answers.map(() => 202))
    const moved = answers.flatMap((a) => a.body.results).filter((r) => r.outcome === 'moved')
    const orders = await Promise.all(numbers.map(getOrder))
    const general = orders.map((o) => o.history.filter((h: { type: string }) => h.type === 'general'))
    expect(general.flat().length).toBe(moved.length)
    for (const history of general) {
      expect(history.map((h: { seq: number }) => h.seq)).toEqual(history.map((_: unknown, i: number) => i + 1))
      expect(history.slice(1).map((h: { from: string }) => h.from)).toEqual(
        history.slice(0, -1).map((h: { to: string }) => h.to),
      )
    }
  }, 60_000)

  it('posted ten times at once is applied once', async () => {
    const batch = Array.from({ length: 20 }, () => anEvent())
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(batch)))
    const outcomes = answers.flatMap((a) => a.body.results).map((r) => r.outcome)
    expect(outcomes.filter((o) => o === 'moved')).toHaveLength(20)
    expect(outcomes.filter((o) => o === 'duplicate')).toHaveLength(180)
  })
})

describe('the form of events', () => {
  it.each([
    ['application/cloudevents+json', anEvent(), 202],
    ['application/cloudevents+json', [anEvent()], 422],
    ['application/cloudevents-batch+json', [anEvent()], 202],
    ['application/cloudevents-batch+json', anEvent(), 422],
    ['application/json; charset=utf-8', anEvent(), 202],
    ['text/plain', anEvent(), 415],
  ])('as %s', async (contentType, body, expected) => {
    expect((await post(JSON.stringify(body), contentType)).status).toBe(expected)
  })

  it.each([
    ['specversion', anEvent({}, { specversion: '0.3' }), 'specversion'],
    ['type', anEvent({}, { type: 'order.created' }), 'type'],
    ['id', anEvent({}, { id: undefined }), 'id'],
    ['source', anEvent({}, { source: '' }), 'source'],
    ['time', anEvent({}, { time: 'yesterday' }), 'time'],
    ['data', anEvent({}, { data: undefined }), 'data'],
    ['number', anEvent({ order: {} }), 'data/order/number'],
    ['long number', anEvent({ order: { number: 'x'.repeat(81) } }), 'data/order/number'],
    ['currency', anEvent({ order: { number: '1', currency: '₴' } }), 'data/order/currency'],
    ['country', anEvent({ order: { number: '1', customer: { country: 'Ukraine' } } }), 'data/order/customer/country'],
    ['total', anEvent({ order: { number: '1', total: '-5' } }), 'data/order/total'],
    ['total in words', anEvent({ order: { number: '1', total: 'many' } }), 'data/order/total'],
    ['axis', anEvent({ type: 'colour' }), 'data/type'],
    ['null', null, 'body'],
    ['a text', '"x"', 'body'],
  ])('names the field that is wrong: %s', async (_, body, field) => {
    const { status, body: problem } = await post(typeof body === 'string' ? body : JSON.stringify(body))
    expect([status, problem.code, problem.errors?.[0]?.field]).toEqual([422, 'invalid_request', field])
  })

  it('never fails on our side, whatever JSON comes', async () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\ud800', 'a\u0000b', '', 'accepted', '1.0'),
    )
    const near = fc.record(
      {
        specversion: fc.constant('1.0'),
        id: fc.oneof(fc.uuid(), anyText),
        source: fc.oneof(fc.constant('fuzz'), anyText),
        type: fc.constant('order.status_changed'),
        time: fc.oneof(fc.date({ noInvalidDate: true }).map(at), anyText, fc.constant(null)),
        data: fc.record(
          {
            type: fc.constantFrom('general', 'delivery', 'payment'),
            status: fc.oneof(fc.constantFrom('accepted', 'paid', 'shipped'), anyText),
            occurredAt: fc.oneof(fc.date({ noInvalidDate: true }).map(at), fc.constant(undefined)),
            order: fc.record(
              {
                number: fc.oneof(anyText, fc.integer(), fc.double()),
                total: fc.oneof(fc.double(), anyText, fc.float()),
                currency: fc.oneof(anyText, fc.constant('UAH')),
                comment: anyText,
                paymentMethod: anyText,
                createdAt: fc.oneof(fc.date({ noInvalidDate: true }).map(at), anyText),
                customer: fc.record(
                  { name: anyText, phone: anyText, email: anyText, country: anyText, externalId: anyText },
                  { requiredKeys: [] },
                ),
              },
              { requiredKeys: ['number'] },
            ),
          },
          { requiredKeys: ['type', 'status', 'order'] },
        ),
      },
      { requiredKeys: ['specversion', 'id', 'source', 'type', 'data'] },
    )
    const body = fc.oneof(fc.jsonValue(), near, fc.array(near, { maxLength: 5 }), fc.array(fc.jsonValue()))
    await fc.assert(
      fc.asyncProperty(body, async (value) => {
        const { status, body: problem } = await post(JSON.stringify(value))
        expect([202, 400, 409, 422], JSON.stringify(problem)).toContain(status)
      }),
      { numRuns: 400 },
    )
  }, 60_000)
})
