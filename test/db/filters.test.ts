import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { compileFilter } from '../../db/filters.ts'
import { FIELDS, type Field, OPERATORS, type Operator, problemsInFilter } from '../../db/model/filter.ts'
import type { Condition, Filter } from '../../db/model/filter-schema.ts'
import { DAY, type Desk, freshStore, makeDesk, NOON } from '../factories.ts'
import { holds, MEANING } from './meaning.ts'

const { store } = await freshStore()
let desk: Desk
let facts: Facts[]

/** What an order and its customer are, by the names that filters use; null where it is not known. */
type Facts = { number: string } & Record<OwnField, string | number | null>
/** Who is in a segment is the matter of test/db/segments.test.ts. */
type OwnField = Exclude<Field, 'customer.segment'>

/** Signs that mean something to SQL, to patterns, to JSON, and letters in two cases and alphabets. */
const SIGNS = [...`aAbБбЇї 0'"%_\\;-$:{}[]`, '--', "'; drop table orders; --", '%', '\\', "'", '😀']
const word = fc.array(fc.constantFrom(...SIGNS), { minLength: 1, maxLength: 3 }).map((signs) => signs.join(''))
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null, freq: 3 })
const total = fc.oneof(
  fc.constantFrom('0.00', '5.00', '10.00', '10.50', '999999999999.99'),
  fc.nat(2_000).map((n) => (n / 100).toFixed(2)),
)
const createdAt = fc.integer({ min: NOON - 9 * DAY, max: NOON + DAY })
const STATUSES = {
  general: ['processing', 'accepted', 'sent', 'paid'],
  delivery: ['not-shipped', 'shipped'],
  payment: ['unpaid', 'paid'],
}

beforeAll(async () => {
  desk = await makeDesk(store)
  const rows = fc
    .sample(
      fc.record({
        name: maybe(word),
        given: maybe(word),
        phone: maybe(fc.constantFrom('+380671234567', '+48501234567')),
        email: maybe(word),
        givenEmail: maybe(word),
        country: maybe(fc.constantFrom('UA', 'PL')),
        hasCustomer: fc.boolean(),
        source: word,
        total: maybe(total),
        currency: fc.constantFrom('UAH', 'EUR'),
        method: maybe(word),
        createdAt,
        general: fc.constantFrom(...STATUSES.general),
        delivery: fc.constantFrom(...STATUSES.delivery),
        payment: fc.constantFrom(...STATUSES.payment),
      }),
      { numRuns: 60, seed: 7 },
    )
    .map((row, i) => ({ ...row, i }))
  await desk.run((tx) =>
    tx.execute(sql`
      with r as (select *, gen_random_uuid() as id from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(name text, given text,
          phone text, email text, "givenEmail" text, country text, "hasCustomer" bool, source text, total numeric,
          currency text, method text, "createdAt" float8, general text, delivery text, payment text, i int)),
      people as (
        insert into customers (id, workspace_id, name, email, country, created_at, updated_at)
        select id, tidings_workspace(), coalesce(name, ''), email, country, now(), now() from r where "hasCustomer")
      insert into orders (id, workspace_id, number, customer_id, source, total, currency, payment_method, created_at,
        updated_at, contact_name, contact_phone, contact_email, general_status_id, general_seq, delivery_status_id,
        delivery_seq, payment_status_id, payment_seq)
      select gen_random_uuid(), tidings_workspace(), 'N' || i, case when "hasCustomer" then id end, source, total, case
        when total is not null then currency end, method, to_timestamp("createdAt" / 1000), now(), given, phone, "givenEmail",
        (select id from order_statuses where axis = 'general' and code = general), 1,
        (select id from order_statuses where axis = 'delivery' and code = delivery), 1,
        (select id from order_statuses where axis = 'payment' and code = payment), 1 from r`),
  )
  facts = rows.map((r) => ({
    number: `N${r.i}`,
    'customer.name': r.given ?? (r.hasCustomer ? r.name : null),
    'customer.phone': r.phone,
    'customer.email': r.givenEmail ?? (r.hasCustomer ? r.email : null),
    'customer.country': r.hasCustomer ? r.country : null,
    'order.number': `N${r.i}`,
    'order.source': r.source,
    'order.total': r.total === null ? null : Number(r.total),
    'order.currency': r.total === null ? null : r.currency,
    'order.paymentMethod': r.method,
    'order.createdAt': r.createdAt,
    'order.general': r.general,
    'order.group': r.general,
    'order.delivery': r.delivery,
    'order.payment': r.payment,
  }))
})

const passes = (fact: Facts, filter: Filter): boolean =>
  holds(filter, ({ field, operator, value }) =>
    MEANING[operator as keyof typeof MEANING](fact[field as OwnField], value),
  )

const OWN_FIELDS = (Object.keys(FIELDS) as Field[]).filter((field) => field !== 'customer.segment')
const condition: fc.Arbitrary<Condition> = fc.constantFrom(...OWN_FIELDS).chain((field) => {
  const { type } = FIELDS[field]
  const fitting = (Object.keys(OPERATORS) as Operator[]).filter((o) =>
    (OPERATORS[o].types as readonly string[]).includes(type),
  )
  return fc
    .constantFrom(...fitting)
    .chain((operator) => valueFor(field, operator).map((value) => ({ field, operator, value })))
})

function valueFor(field: Field, operator: Operator): fc.Arbitrary<Condition['value']> {
  const rule = OPERATORS[operator]
  if (rule.value === 'none') return fc.constant(undefined)
  if (operator === 'withinDays') return fc.constantFrom<number | string>(0, 1, '2', 3.5, 8)
  const { type } = FIELDS[field]
  if (type === 'number') return fc.oneof(total, total.map(Number))
  if (type === 'time')
    return createdAt.map((ms) => new Date(ms).toISOString().slice(0, (ms % 2) * 9 + 10) + (ms % 2 ? 'Z' : ''))
  const known = fc.constantFrom(
    'UA',
    'UAH',
    '+380671234567',
    '+48',
    'N1',
    'n1',
    'processing',
    'sent',
    'paid',
    'shipped',
    'unpaid',
  )
  const text = fc.oneof(word, known)
  return rule.value === 'many' ? fc.array(text, { minLength: 1, maxLength: 4 }) : text
}
const anyFilter: fc.Arbitrary<Filter> = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.record({
    combinator: fc.constantFrom('and', 'or'),
    not: fc.constantFrom(undefined, true, false),
    rules: fc.array(fc.oneof({ depthSize: 'small' }, condition, tie('filter')), { maxLength: 4 }),
  }),
})).filter

const passing = async (filter: Filter) =>
  (
    await desk.query<{ number: string }>(
      sql`select o.number from orders o left join customers c on c.id = o.customer_id where ${compileFilter(filter, NOON)}
          order by o.number`,
    )
  ).map((o) => o.number)
const expected = (filter: Filter) =>
  facts
    .filter((f) => passes(f, filter))
    .map((f) => f.number)
    .sort()
const only = (field: Field, operator: Operator, value?: Condition['value']): Filter => ({
  combinator: 'and',
  rules: [{ field, operator, value }],
})

describe('a filter', () => {
  it('passes in the database whom it means to people, whatever it says and whatever is not known', {
    timeout: 60_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(anyFilter, async (filter) => {
        expect(problemsInFilter(filter, '')).toEqual([])
        expect(await passing(filter)).toEqual(expected(filter))
      }),
      { numRuns: 250 },
    )
    expect(await desk.one(sql`select count(*)::int as n from orders`)).toEqual({ n: facts.length })
  })

  it('asks something of everybody: each condition passes some and not others', async () => {
    const telling: [Field, Operator, Condition['value']?][] = [
      ['customer.name', 'contains', '%'],
      ['customer.name', 'contains', '_'],
      ['customer.name', 'contains', '\\'],
      ['customer.name', 'contains', "'"],
      ['customer.name', 'contains', 'Б'],
      ['customer.name', 'contains', 'б'],
      ['customer.name', 'startsWith', 'A'],
      ['customer.email', 'isGiven'],
      ['customer.phone', 'isNotGiven'],
      ['customer.country', 'notEquals', 'UA'],
      ['order.total', 'equals', '5'],
      ['order.total', 'atLeast', 10.5],
      ['order.currency', 'isOneOf', ['EUR', 'USD']],
      ['order.paymentMethod', 'isNotOneOf', ['a', 'A']],
      ['order.createdAt', 'withinDays', 4],
      ['order.general', 'isOneOf', ['sent', 'paid']],
      ['order.group', 'equals', 'sent'],
      ['order.delivery', 'equals', 'shipped'],
      ['order.payment', 'notEquals', 'paid'],
    ]
    for (const [field, operator, value] of telling) {
      const filter = only(field, operator, value)
      const found = await passing(filter)
      expect(found).toEqual(expected(filter))
      expect([field, operator, value, found.length > 0 && found.length < facts.length]).toEqual([
        field,
        operator,
        value,
        true,
      ])
    }
  })

  it('is the same for letters of either case, in every alphabet', async () => {
    expect(await passing(only('customer.name', 'contains', 'Ї'))).toEqual(
      await passing(only('customer.name', 'contains', 'ї')),
    )
  })

  it('without conditions lets everybody pass, and nobody when it is turned round', async () => {
    for (const combinator of ['and', 'or'] as const) {
      expect(await passing({ combinator, rules: [] })).toHaveLength(facts.length)
      expect(await passing({ combinator, rules: [], not: true })).toEqual([])
    }
  })
})
