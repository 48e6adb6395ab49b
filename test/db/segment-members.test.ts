import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OPERATORS, type Operator, operatorsOf } from '../../db/model/filter.ts'
import type { Condition } from '../../db/model/filter-schema.ts'
import { MEASURES, type Measure, operatorsOfMeasure, type Relation } from '../../db/model/metric.ts'
import { isMetric, problemsInSegment, SEGMENT_FIELDS } from '../../db/model/segment.ts'
import { type Metric, type SegmentCondition, SegmentRule } from '../../db/model/segment-schema.ts'
import { AXES, type Axis } from '../../db/model/status.ts'
import { compileRule } from '../../db/segment-members.ts'
import { explainMember } from '../../db/segment-preview.ts'
import { DAY, type Desk, freshStore, makeDesk, NOON } from '../factories.ts'
import { type Fact, holds, MEANING } from './meaning.ts'

const { store } = await freshStore()

/** What happened in a shop: customers, their orders, and each change of each. */
interface Shop {
  customers: Customer[]
  orders: Order[]
}
interface Customer {
  id: string
  name: string
  phone: string | null
  email: string | null
  country: string | null
}
interface Order {
  customer: number | null
  total: string | null
  currency: string
  /** Of each type, the statuses it came into and when; the last is where it stands. */
  past: Record<Axis, { code: string; atMs: number }[]>
}

const CODES = {
  general: ['processing', 'accepted', 'sent', 'paid'],
  delivery: ['not-shipped', 'shipped'],
  payment: ['unpaid', 'paid'],
}
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null, freq: 3 })
/** Few moments, so that some are the same; some lie within the last days and some do not. */
const moment = fc.integer({ min: -18, max: 0 }).map((n) => NOON + (n * DAY) / 2)
const past = (codes: string[]) =>
  fc
    .array(fc.record({ code: fc.constantFrom(...codes), atMs: moment }), { minLength: 1, maxLength: 5 })
    .map((steps) => steps.filter(({ code }, i) => code !== steps[i - 1]?.code))
const shop: fc.Arbitrary<Shop> = fc.record({
  customers: fc.array(
    fc.record({
      id: fc.uuid(),
      name: fc.constantFrom('', 'Ann', 'ann', 'Ben', "O'Neil %"),
      phone: fc.constant(null),
      email: maybe(fc.constantFrom('a@b.c', 'b@b.c')),
      country: maybe(fc.constantFrom('UA', 'PL')),
    }),
    { minLength: 12, maxLength: 16 },
  ),
  orders: fc.array(
    fc.record({
      customer: maybe(fc.nat(11)),
      total: maybe(fc.constantFrom('0.00', '5.00', '10.50', '100.00')),
      currency: fc.constantFrom('UAH', 'UAH', 'EUR'),
      past: fc.record({
        general: past(CODES.general),
        delivery: past(CODES.delivery),
        payment: past(CODES.payment),
      }),
    }),
    { minLength: 25, maxLength: 40 },
  ),
})

/** Writes the past as the verbs would have, without their rules. */
async function write(desk: Desk, { customers, orders }: Shop): Promise<void> {
  const written = orders.map((order, i) => ({
    i,
    id: `00000000-0000-7000-8000-${String(i).padStart(12, '0')}`.replace(/^0{8}/, desk.id.slice(-8)),
    customer: order.customer === null ? null : customers[order.customer]!.id,
    total: order.total,
    currency: order.total === null ? null : order.currency,
    ...Object.fromEntries(AXES.map((axis) => [axis, { ...order.past[axis].at(-1), seq: order.past[axis].length }])),
  }))
  const changes = orders.flatMap((order, i) =>
    AXES.flatMap((axis) =>
      order.past[axis].map(({ code, atMs }, k) => ({
        order: written[i]!.id,
        axis,
        seq: k + 1,
        from: order.past[axis][k - 1]?.code ?? null,
        to: code,
        at: atMs,
      })),
    ),
  )
  const status = (axis: string, code: string) =>
    sql.raw(`(select s.id from order_statuses s where s.axis = ${axis} and s.code = ${code})`)
  const standing = AXES.map((axis) =>
    sql.raw(`(select s.id from order_statuses s where s.axis = '${axis}' and s.code = ${axis} ->> 'code'),
      (${axis} ->> 'seq')::int, to_timestamp((${axis} ->> 'atMs')::float8 / 1000)`),
  )
  await desk.run(async (tx) => {
    await tx.execute(sql`
      insert into customers (id, workspace_id, name, phone, email, country, created_at, updated_at)
      select id, tidings_workspace(), name, phone, email, country, now(), now()
      from jsonb_to_recordset(${JSON.stringify(customers)}::jsonb) as c(id uuid, name text, phone text, email text, country text)`)
    await tx.execute(sql`
      insert into orders (id, workspace_id, number, customer_id, source, total, currency, created_at, updated_at,
        general_status_id, general_seq, general_changed_at, delivery_status_id, delivery_seq, delivery_changed_at,
        payment_status_id, payment_seq, payment_changed_at)
      select id, tidings_workspace(), 'N' || i, customer, 'test', total, currency, now(), now(), ${sql.join(standing, sql`, `)}
      from jsonb_to_recordset(${JSON.stringify(written)}::jsonb) as o(i int, id uuid, customer uuid, total numeric,
        currency text, general jsonb, delivery jsonb, payment jsonb)`)
    await tx.execute(sql`
      insert into order_status_changes (id, workspace_id, order_id, axis, seq, from_status_id, to_status_id, changed_at,
        recorded_at, actor_kind, depth)
      select gen_random_uuid(), tidings_workspace(), c."order", c.axis, c.seq, ${status('c.axis', 'c."from"')},
        ${status('c.axis', 'c."to"')}, to_timestamp(c.at / 1000), now(), 'import', 0
      from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as c("order" uuid, axis text, seq int, "from" text,
        "to" text, at float8)`)
  })
}

/** What a metric is of somebody, said once more over plain facts. */
function measure({ measure, of, type, statuses, days }: Metric, orders: readonly Order[]): Fact {
  const found = orders.flatMap((order) => {
    const times = COUNTED[of](order.past[type], days ?? 0)
      .filter(({ code }) => statuses.includes(code))
      .map(({ atMs }) => atMs)
    return times.length === 0 ? [] : [{ order, times }]
  })
  const times = found.flatMap((f) => f.times)
  if (measure === 'count') return found.length
  if (measure === 'first') return times.length === 0 ? null : Math.min(...times)
  if (measure === 'last') return times.length === 0 ? null : Math.max(...times)
  return found.reduce((sum, { order }) => sum + (order.currency === 'UAH' ? Number(order.total ?? 0) : 0), 0)
}
type Past = Order['past'][Axis]
const COUNTED: Record<Relation, (past: Past, days: number) => Past> = {
  are_in: (past) => past.slice(-1),
  were_in: (past) => past,
  entered_within: (past, days) => past.filter(({ atMs }) => atMs >= NOON - days * DAY),
}

function factOf(condition: SegmentCondition, customer: Customer, orders: readonly Order[]): Fact {
  if (isMetric(condition)) return measure(condition.metric, orders)
  const field = condition.field.slice('customer.'.length) as 'name' | 'phone' | 'email' | 'country'
  return customer[field] || null
}

function conditionAt(rule: SegmentRule, path: string): SegmentCondition {
  const steps = path.split('/').filter((step) => step !== 'rules')
  return steps.reduce<SegmentRule | SegmentCondition>(
    (at, step) => (at as SegmentRule).rules[Number(step)]!,
    rule,
  ) as SegmentCondition
}

const isTrue = (condition: SegmentCondition, fact: Fact) =>
  MEANING[condition.operator as keyof typeof MEANING](fact, condition.value)

function expected(rule: SegmentRule, { customers, orders }: Shop): string[] {
  return customers
    .filter((customer, i) => {
      const own = orders.filter((order) => order.customer === i)
      return holds(rule, (condition) => isTrue(condition, factOf(condition, customer, own)))
    })
    .map(({ id }) => id)
    .sort()
}

const valueFor = (type: string, operator: Operator): fc.Arbitrary<Condition['value']> => {
  const wants = OPERATORS[operator].value
  if (wants === 'none') return fc.constant(undefined)
  if (operator === 'withinDays') return fc.constantFrom<number | string>(0, 1, '2', 3.5, 8)
  if (type === 'number') return fc.constantFrom<number | string>(0, 1, '1', 2, 3, 5, '10.5', 15.5)
  if (type === 'time') return moment.map((ms) => new Date(ms).toISOString())
  const text = fc.constantFrom('Ann', 'ann', 'A', 'n', '%', "'", 'a@b.c', 'UA', 'PL', 'x')
  return wants === 'many' ? fc.array(text, { minLength: 1, maxLength: 3 }) : text
}
const fieldCondition: fc.Arbitrary<SegmentCondition> = fc
  .constantFrom(...SEGMENT_FIELDS)
  .chain((field) =>
    fc
      .constantFrom(...operatorsOf('text'))
      .chain((operator) => valueFor('text', operator).map((value) => ({ field, operator, value }))),
  )
const metric: fc.Arbitrary<Metric> = fc.constantFrom(...AXES).chain((type) =>
  fc.record({
    measure: fc.constantFrom(...(Object.keys(MEASURES) as Measure[])),
    of: fc.constantFrom<Relation[]>('are_in', 'were_in', 'entered_within'),
    type: fc.constant(type),
    statuses: fc.uniqueArray(fc.constantFrom(...CODES[type], 'gone'), { minLength: 1, maxLength: 3 }),
    days: fc.constantFrom(0.5, 2, 7),
  }),
)
const metricCondition: fc.Arbitrary<SegmentCondition> = metric.chain((metric) =>
  fc
    .constantFrom(...operatorsOfMeasure(metric.measure))
    .chain((operator) =>
      valueFor(MEASURES[metric.measure].type, operator).map((value) => ({ metric, operator, value })),
    ),
)
const anyRule: fc.Arbitrary<SegmentRule> = fc.letrec<{ rule: SegmentRule }>((tie) => ({
  rule: fc.record({
    combinator: fc.constantFrom('and', 'or'),
    not: fc.constantFrom(undefined, true, false),
    rules: fc.array(fc.oneof({ depthSize: 'small' }, fieldCondition, metricCondition, metricCondition, tie('rule')), {
      maxLength: 4,
    }),
  }),
})).rule

const members = async (desk: Desk, rule: SegmentRule, only?: string[]) => {
  const ids = only && sql`select unnest(${`{${only.join(',')}}`}::uuid[])`
  const { from, isIn } = compileRule(rule, { nowMs: NOON, only: ids })
  return (await desk.query<{ id: string }>(sql`select c.id from ${from} where ${isIn} order by c.id`)).map((c) => c.id)
}

describe('a rule', () => {
  it.each([1, 2, 3])(
    'S1-23 has in the database the members it has to people, whatever was before (shop %i)',
    {
      timeout: 120_000,
    },
    async (seed) => {
      const desk = await makeDesk(store)
      const [made] = fc.sample(shop, { numRuns: 1, seed })
      await write(desk, made!)
      const some = made!.customers.filter((_, i) => i % 3 === 0).map((c) => c.id)
      const sizes = new Set<number>()
      await fc.assert(
        fc.asyncProperty(anyRule, fc.nat(made!.customers.length - 1), async (rule, who) => {
          expect(SegmentRule.safeParse(rule).success).toBe(true)
          expect(problemsInSegment(rule, '')).toEqual([])
          const wanted = expected(rule, made!)
          sizes.add(wanted.length)
          expect(await members(desk, rule)).toEqual(wanted)
          // asked for some alone, as the steps of a campaign ask
          expect(await members(desk, rule, some)).toEqual(wanted.filter((id) => some.includes(id)))
          const customer = made!.customers[who]!
          const told = await desk.run((tx) => explainMember(tx, rule, customer.id, NOON))
          expect(told.isIn).toBe(wanted.includes(customer.id))
          const own = made!.orders.filter((order) => order.customer === who)
          for (const { path, measured, isTrue: found } of told.conditions) {
            const condition = conditionAt(rule, path)
            const fact = factOf(condition, customer, own)
            expect([path, found]).toEqual([path, isTrue(condition, fact)])
            expect([path, plain(measured)]).toEqual([path, fact])
          }
        }),
        { numRuns: 120, seed },
      )
      // rules that everybody or nobody fits would prove little
      expect(sizes.size).toBeGreaterThan(5)
    },
  )
})

/** A moment as epoch ms, an amount as a number, as the naive evaluation has them. */
function plain(measured: Fact): Fact {
  if (typeof measured !== 'string') return measured
  if (/^\d{4}-/.test(measured)) return Date.parse(measured)
  return /^\d+(\.\d+)?$/.test(measured) ? Number(measured) : measured
}
