import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readWooCommerce, type StatusMap, type WooReport } from '../../../../db/model/shops/woocommerce.ts'

/** An order as the shop writes one; unpaid, by card. */
const order = (changes: object = {}) => ({
  id: 4711,
  number: '4711',
  status: 'processing',
  currency: 'UAH',
  date_created_gmt: '2026-03-01T08:00:00',
  date_modified_gmt: '2026-03-02T09:30:15',
  date_modified: '2026-03-02T11:30:15',
  date_paid_gmt: null,
  total: '120.00',
  customer_id: 0,
  customer_note: '',
  billing: { first_name: 'Ольга', last_name: 'Коваль', country: 'UA', email: 'o@example.com', phone: '0671234567' },
  shipping: { first_name: 'Іван', last_name: 'Коваль', company: 'ТОВ', country: 'PL', phone: '0501112233' },
  payment_method: 'liqpay',
  payment_method_title: 'LiqPay',
  line_items: [{ id: 1, name: 'Cup', quantity: 1.5, sku: null, price: '80' }],
  refunds: [],
  ...changes,
})

function read(changes: object = {}, statusMap: StatusMap = {}): WooReport {
  const reading = readWooCommerce('order.updated', order(changes), { statusMap })
  if (!('report' in reading)) throw new Error(JSON.stringify(reading))
  return reading.report
}
const wanted = (changes: object, statusMap?: StatusMap) =>
  Object.fromEntries(read(changes, statusMap).wanted.map(({ axis, status }) => [axis, Object.values(status)[0]]))
const problem = (body: unknown, topic?: string) => {
  const reading = readWooCommerce(topic, body, { statusMap: {} })
  return 'problem' in reading ? reading.problem : reading
}

describe('an order', () => {
  it('is told with its number, buyer, money, times and key', () => {
    expect(read({ customer_id: 12, customer_note: 'Call first' })).toEqual({
      number: '4711',
      externalId: '4711',
      occurredAtMs: Date.UTC(2026, 2, 2, 9, 30, 15),
      modifiedAtMs: Date.UTC(2026, 2, 2, 9, 30, 15),
      customer: { name: 'Ольга Коваль', phone: '0671234567', email: 'o@example.com', country: 'UA', externalId: '12' },
      order: {
        total: '120.00',
        currency: 'UAH',
        paymentMethod: 'LiqPay',
        comment: 'Call first',
        createdAtMs: Date.UTC(2026, 2, 1, 8),
      },
      wanted: [
        { axis: 'general', status: { meaning: 'processing' } },
        { axis: 'delivery', status: { meaning: 'not_shipped' } },
        { axis: 'payment', status: { meaning: 'unpaid' } },
      ],
      remoteStatus: 'processing',
      unmapped: false,
      semanticKey: 'woo:4711:2026-03-02T09:30:15:processing',
    })
  })

  it('needs no more than its id and status', () => {
    const reading = readWooCommerce(undefined, { id: '0815', status: 'wc-failed' }, { statusMap: {} })
    expect(reading).toMatchObject({
      report: { externalId: '815', number: '815', occurredAtMs: null, order: {}, semanticKey: 'woo:815::failed' },
    })
    expect(reading).not.toHaveProperty('report.customer')
  })

  it.each([
    [
      'numbers as text',
      { id: '4711', total: '29.35', customer_id: '7' },
      { externalId: '4711', order: { total: '29.35' } },
    ],
    ['texts as numbers', { number: 1001, total: 29.35 }, { number: '1001', order: { total: '29.35' } }],
    ['a number made by a plugin', { number: 'INV-26/17' }, { number: 'INV-26/17' }],
    ['no number', { number: null }, { number: '4711' }],
    ['PHP lists where objects belong', { billing: [], shipping: [] }, { number: '4711' }],
    ['NUL and half a surrogate pair', { customer_note: 'a\0b\ud800' }, { order: { comment: 'ab\ufffd' } }],
    ['no title of the payment method', { payment_method_title: '' }, { order: { paymentMethod: 'liqpay' } }],
    ['a comment of 6,000 signs', { customer_note: 'a'.repeat(6_000) }, { order: { comment: 'a'.repeat(5_000) } }],
  ])('is read in spite of %s', (_, changes, report) => {
    expect(read(changes)).toMatchObject(report)
  })

  it.each([null, undefined, '', 'free', '-5.00'])('has no total when the shop says %j', (total) => {
    expect(read({ total }).order).not.toHaveProperty('total')
  })

  it.each([
    ['the billing name', {}, 'Ольга Коваль'],
    ['a first name alone', { billing: { first_name: 'Ольга' } }, 'Ольга'],
    ['the shipping name', { billing: { company: 'ФОП Коваль' } }, 'Іван Коваль'],
    ['the company', { billing: { company: 'ФОП Коваль' }, shipping: null }, 'ФОП Коваль'],
    ["the recipient's company", { billing: null, shipping: { company: 'ТОВ' } }, 'ТОВ'],
  ])('takes %s for the name', (_, changes, name) => {
    expect(read(changes).customer?.name).toBe(name)
  })

  it('takes phone and country from shipping when billing has none', () => {
    expect(read({ billing: { phone: '' } }).customer).toMatchObject({ phone: '0501112233', country: 'PL' })
  })

  it.each([0, '0', null, -1, 'x'])('does not take the customer id %j for a person', (customer_id) => {
    expect(read({ customer_id }).customer).not.toHaveProperty('externalId')
  })
})

describe('times', () => {
  it.each([
    ['date_modified_gmt as UTC', {}, Date.UTC(2026, 2, 2, 9, 30, 15)],
    ['date_created_gmt without it', { date_modified_gmt: null }, Date.UTC(2026, 2, 1, 8)],
    ['nothing from a date without a zone', { date_modified_gmt: null, date_created_gmt: null }, null],
    ['nothing from a date never set', { date_modified_gmt: '0000-00-00T00:00:00', date_created_gmt: '' }, null],
    [
      'nothing from the year 0',
      { date_modified_gmt: '0000-01-01T00:00:00', date_created_gmt: '0000-12-31T23:59:59' },
      null,
    ],
    ['nothing from a template', { date_modified_gmt: '{{year}}-01-28T11:28:51', date_created_gmt: null }, null],
  ])('take %s', (_, changes, occurredAtMs) => {
    expect(read(changes).occurredAtMs).toBe(occurredAtMs)
  })
})

describe('statuses', () => {
  const paid = { date_paid_gmt: '2026-03-01T08:01:00' }
  const cod = { payment_method: 'cod' }
  const bacs = { payment_method: 'bacs' }
  const refunds = (...totals: unknown[]) => ({ refunds: totals.map((total, id) => ({ id, reason: '', total })) })
  const open = { general: 'processing', delivery: 'not_shipped' }

  it.each([
    ['pending', {}, { ...open, payment: 'unpaid' }],
    ['pending', bacs, { ...open, payment: 'awaiting' }],
    ['on-hold', bacs, { ...open, payment: 'awaiting' }],
    ['on-hold', { payment_method: 'cheque' }, { ...open, payment: 'awaiting' }],
    ['on-hold', {}, { ...open, payment: 'held' }],
    ['processing', paid, { ...open, payment: 'paid' }],
    ['processing', { date_paid: '2026-03-01T10:01:00' }, { ...open, payment: 'paid' }],
    ['processing', { date_paid_gmt: '0000-00-00T00:00:00' }, { ...open, payment: 'unpaid' }],
    ['processing', cod, { ...open, payment: 'unpaid' }],
    ['completed', { ...cod, ...paid }, { general: 'paid', delivery: 'delivered', payment: 'paid' }],
    ['completed', {}, { general: 'paid', delivery: 'delivered', payment: 'unpaid' }],
    ['cancelled', paid, { general: 'cancelled', delivery: 'cancelled', payment: 'cancelled' }],
    ['cancelled', refunds('-120.00'), { general: 'cancelled', delivery: 'cancelled', payment: 'refunded' }],
    ['refunded', {}, { general: 'return', payment: 'refunded' }],
    ['failed', {}, { ...open, payment: 'unpaid' }],
    ['checkout-draft', {}, { ...open, payment: 'unpaid' }],
    ['auto-draft', paid, { payment: 'paid' }],
    ['draft', {}, { payment: 'unpaid' }],
    ['trash', paid, {}],
  ])('%s with %j means %j', (status, changes, meanings) => {
    expect(wanted({ status, ...changes })).toEqual(meanings)
    expect(wanted({ status: `wc-${status}`, ...changes })).toEqual(meanings)
    expect(read({ status, ...changes }).unmapped).toBe(false)
  })

  it.each([
    ['a part, exactly', { total: '0.30', ...refunds('-0.10', '-0.10') }, 'partially_refunded'],
    ['all, exactly', { total: '0.30', ...refunds('-0.10', '-0.10', '-0.10') }, 'refunded'],
    ['all, as numbers without a sign', { total: 19.99, ...refunds(10, 9.99) }, 'refunded'],
    ['a part of an unknown total', { total: null, ...refunds('-5') }, 'partially_refunded'],
    ['nothing, in a deleted refund', refunds('-0.00', null), 'paid'],
    ['nothing, where refunds are no list', { refunds: { 0: { total: '-5' } } }, 'paid'],
  ])('payment follows from refunds of %s', (_, changes, payment) => {
    expect(wanted({ status: 'processing', ...paid, ...changes }).payment).toBe(payment)
    expect(wanted({ status: 'completed', ...paid, ...changes }).payment).toBe(payment)
  })

  it.each([
    [{}, 'unpaid'],
    [cod, 'awaiting'],
    [paid, 'paid'],
    [refunds('-1'), 'partially_refunded'],
  ])('a slug in no table names no general status, and payment by facts (%j)', (changes, payment) => {
    for (const status of ['wc-at-post-office', 'constructor', '__proto__']) {
      expect(wanted({ status, ...changes })).toEqual({ payment })
      expect(read({ status, ...changes }).unmapped).toBe(true)
    }
  })

  it.each(['at-post', 'wc-at-post', 'WC-At-Post'])('a map finds its slug written as %s', (slug) => {
    const map = { [slug]: { general: 'sent', delivery: 'at-delivery-point' } }
    const meant = { general: 'sent', delivery: 'at-delivery-point', payment: 'paid' }
    expect(wanted({ status: 'at-post', ...paid }, map)).toEqual(meant)
    expect(wanted({ status: 'wc-at-post', ...paid }, map)).toEqual(meant)
    expect(read({ status: 'at-post' }, map).unmapped).toBe(false)
  })

  it('a map replaces the axes it names by codes and leaves the rest', () => {
    expect(read({ status: 'completed', ...paid }, { completed: { general: 'done' } }).wanted).toEqual([
      { axis: 'general', status: { code: 'done' } },
      { axis: 'delivery', status: { meaning: 'delivered' } },
      { axis: 'payment', status: { meaning: 'paid' } },
    ])
  })

  it('a map can give trash a status', () => {
    expect(wanted({ status: 'trash' }, { trash: { general: 'cancelled' } })).toEqual({ general: 'cancelled' })
  })

  it('an empty entry of a map maps nothing', () => {
    expect(read({ status: 'at-post' }, { 'at-post': {} }).unmapped).toBe(true)
  })

  it('the key is one for all deliveries of a change and another for the next', () => {
    const key = (changes: object) => read(changes).semanticKey
    expect(key({ status: 'wc-processing', total: '1' })).toBe(key({ status: 'processing', total: '2' }))
    expect(key({ status: 'completed' })).not.toBe(key({}))
    expect(key({ date_modified_gmt: '2026-03-02T09:30:16' })).not.toBe(key({}))
  })
})

describe('a deletion', () => {
  it.each([{ id: 4711 }, { id: '4711' }, order()])('names the order and nothing else', (body) => {
    expect(readWooCommerce('order.deleted', body, { statusMap: {} })).toEqual({ deleted: { externalId: '4711' } })
  })

  it('without an id is a problem', () => {
    expect(problem({ id: 0 }, 'order.deleted')).toMatchObject({ code: 'no_id', field: 'id' })
  })
})

describe('what is not an order', () => {
  const { status: _, ...withoutStatus } = order()
  const { id: __, ...withoutId } = order()
  const note = { id: 5, note: 'Paid', customer_note: false, date_created_gmt: '2026-03-01T08:00:00' }
  const summary = { id: 5, date_created_gmt: '2026-03-01T08:00:00', date_modified_gmt: '2026-03-01T08:00:00' }

  it.each([
    [[order(), order(), order(), order()], 'is_a_list', 'This is a list of 4 orders;'],
    [[order()], 'is_a_list', 'This is a list that holds an order;'],
    [[], 'is_a_list', 'This is an empty list;'],
    [[note, note], 'is_a_list', 'This is a list of 2 notes;'],
    [[summary, summary], 'is_a_list', 'This is a list of 2 summaries;'],
    [[1, 2], 'is_a_list', 'This is a list of 2 items;'],
    [{ data: order() }, 'is_wrapped', 'This is an object whose "data" holds an order;'],
    [{ create: [order(), order()], update: [] }, 'is_wrapped', 'whose "create" holds a list of 2 orders;'],
    [{ data: [] }, 'is_wrapped', 'whose "data" holds an empty list;'],
    [note, 'is_a_note', 'This is a note on an order;'],
    [{ id: 5, amount: '10.00', reason: '', line_items: [] }, 'is_a_refund', 'This is a refund;'],
    [summary, 'is_a_summary', 'This is a summary without a status;'],
    [{ code: 'x_missing', message: 'Not found', data: { status: 404 } }, 'is_an_error', 'This is an error message;'],
    [{ id: 5, status: 'publish', permalink: 'https://x', name: 'Cup' }, 'not_an_order', 'This is a product;'],
    [{}, 'not_an_order', 'This is an empty object;'],
    [{ a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 }, 'not_an_order', 'with "a", "b", "c", "d", "e" and 1 more;'],
    [{ 'nul\0': 1 }, 'not_an_order', 'This is an object with "nul\\u0000";'],
    [null, 'not_an_object', 'This is nothing;'],
    [7, 'not_an_object', 'This is a number;'],
    [withoutStatus, 'no_status', 'This is an order, but its status is missing;'],
    [order({ status: 'wc-' }), 'no_status', 'This is an order, but its status cannot be read;'],
    [withoutId, 'no_id', 'This is an order, but its id is missing;'],
    [order({ id: 1.5 }), 'no_id', 'This is an order, but its id cannot be read;'],
  ])('is told in plain words: %j', (body, code, words) => {
    const told = problem(body)
    expect(told).toMatchObject({ code, detail: expect.stringContaining(words) })
    expect(told).toMatchObject({ detail: expect.stringMatching(/; a webhook carries one order as a JSON object\.$/) })
  })

  it.each(['product.updated', 'customer.created', 'action.woocommerce_add_to_cart'])(
    'is told by its topic %s',
    (topic) => {
      expect(problem(order(), topic)).toMatchObject({ code: 'wrong_topic', detail: expect.stringContaining(topic) })
    },
  )
})

describe('any JSON', () => {
  const readings = ['report', 'deleted', 'problem']
  const topic = fc.constantFrom(undefined, '', 'order.updated', 'order.deleted', 'order.restored')
  const kinds = (body: unknown, name?: string, statusMap: StatusMap = {}) =>
    Object.keys(readWooCommerce(name, body, { statusMap }))

  it('gives exactly one reading and never throws', () => {
    fc.assert(
      fc.property(topic, fc.jsonValue(), (name, body) => {
        const [kind, ...more] = kinds(body, name)
        expect(readings).toContain(kind)
        expect(more).toEqual([])
      }),
    )
  })

  it('in any field but id and status leaves an order an order, with times that are numbers or null', () => {
    const fields = Object.keys(order()).filter((field) => field !== 'id' && field !== 'status')
    const changes = fc.dictionary(fc.constantFrom(...fields, 'data', '__proto__'), fc.jsonValue())
    fc.assert(
      fc.property(changes, fc.string(), (change, slug) => {
        const report = read(change, { [slug]: { general: 'x' } })
        expect(report.occurredAtMs).not.toBeNaN()
        expect(report.externalId).toBe('4711')
        expect(JSON.parse(JSON.stringify(report))).toEqual(report)
      }),
    )
  })
})
