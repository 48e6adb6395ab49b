import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { publishCampaign } from '../../db/campaigns.ts'
import type { SegmentCondition, SegmentRule } from '../../db/model/segment-schema.ts'
import { explainMember, previewSegment } from '../../db/segment-preview.ts'
import * as segments from '../../db/segments.ts'
import { deleteStatus } from '../../db/status-removal.ts'
import { addStatus, changeStatus } from '../../db/statuses.ts'
import {
  DAY,
  type Desk,
  filter,
  freshStore,
  HOUR,
  KEY,
  makeDesk,
  refusalOf,
  sms,
  trigger,
  unique,
} from '../factories.ts'

const { store } = await freshStore()
let desk: Desk
beforeEach(async () => {
  desk = await makeDesk(store)
})

const all = (...rules: SegmentCondition[]): SegmentRule => ({ combinator: 'and', rules })
const EVERYBODY = all()
type Metric = Extract<SegmentCondition, { metric: unknown }>['metric']
const orders = (
  part: Partial<Metric>,
  operator: SegmentCondition['operator'],
  value: SegmentCondition['value'],
): SegmentCondition => ({
  metric: { measure: 'count', of: 'are_in', type: 'general', statuses: ['accepted'], ...part },
  operator,
  value,
})
const add = (rule: SegmentRule, name = unique('Segment')) =>
  desk.run((tx) => segments.addSegment(tx, { name, rule }, desk.nowMs))
const names = async (rule: SegmentRule) =>
  (await desk.run((tx) => previewSegment(tx, rule, desk.nowMs))).samples.map((c) => c.name).sort()
const problemsOf = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing was refused',
    (error) => error.problems,
  )
const setAnalytics = (code: string, includeInAnalytics: boolean) =>
  desk.run((tx) => changeStatus(tx, 'general', code, { includeInAnalytics }, desk.nowMs))
let phones = 0
const somebody = (name: string) => ({ name, phone: `+38050${String(1_000_000 + ++phones)}` })

describe('a segment', () => {
  it('S1-23 tells apart who has orders that are, ever were, or lately came into a status', async () => {
    const [ann, ben] = [somebody('Ann'), somebody('Ben')]
    const left = await desk.order({ customer: ann, status: 'accepted' })
    await desk.order({ customer: ben, status: 'accepted' })
    desk.pass(3 * DAY)
    await desk.move(left, 'sent')
    await desk.order({ customer: somebody('Cleo') })
    expect(await names(all(orders({ of: 'are_in' }, 'atLeast', 1)))).toEqual(['Ben'])
    expect(await names(all(orders({ of: 'were_in' }, 'atLeast', 1)))).toEqual(['Ann', 'Ben'])
    expect(await names(all(orders({ of: 'entered_within', days: 2 }, 'atLeast', 1)))).toEqual([])
    expect(await names(all(orders({ of: 'entered_within', days: 4 }, 'atLeast', 1)))).toEqual(['Ann', 'Ben'])
    expect(await names(all(orders({ of: 'were_in' }, 'equals', 0)))).toEqual(['Cleo'])
  })

  it('S1-23 counts an order once however often it came back, and tells its first and last time', async () => {
    const start = desk.nowMs
    const order = await desk.order({ customer: somebody('Ann'), status: 'accepted' })
    for (const code of ['sent', 'accepted', 'sent', 'accepted']) {
      desk.pass(HOUR)
      await desk.move(order, code)
    }
    expect(await names(all(orders({ of: 'were_in' }, 'equals', 1)))).toEqual(['Ann'])
    const at = (ms: number) => new Date(ms).toISOString()
    expect(await names(all(orders({ of: 'were_in', measure: 'first' }, 'before', at(start + 1))))).toEqual(['Ann'])
    expect(await names(all(orders({ of: 'were_in', measure: 'last' }, 'after', at(start + 4 * HOUR - 1))))).toEqual([
      'Ann',
    ])
  })

  it('S1-23 adds totals in the currency of the workspace and leaves others out', async () => {
    const customer = somebody('Ann')
    await desk.order({ customer, status: 'accepted', order: { total: '10.50', currency: 'UAH' } })
    await desk.order({ customer, status: 'accepted', order: { total: '7.00', currency: 'UAH' } })
    await desk.order({ customer, status: 'accepted', order: { total: '900.00', currency: 'EUR' } })
    expect(await names(all(orders({ measure: 'sum' }, 'equals', '17.5')))).toEqual(['Ann'])
  })

  it('keeps orders that were archived', async () => {
    const order = await desk.order({ customer: somebody('Ann'), status: 'accepted' })
    await desk.run((tx) => tx.execute(sql`update orders set archived_at = now() where id = ${order.id}`))
    expect(await names(all(orders({}, 'atLeast', 1)))).toEqual(['Ann'])
  })

  it('shows the newest five of its members, and counts all', async () => {
    for (let n = 0; n < 7; n++) await desk.order({ customer: somebody(`N${n}`) })
    const preview = await desk.run((tx) => previewSegment(tx, EVERYBODY, desk.nowMs))
    expect(preview.count).toBe(7)
    expect(preview.samples.map((c) => c.name)).toEqual(['N6', 'N5', 'N4', 'N3', 'N2'])
  })
})

describe('a status that is not included in analytics', () => {
  it('S1-14 S1-15 cannot be named by a segment that is saved', async () => {
    await setAnalytics('sent', false)
    const rule = all(orders({ statuses: ['accepted', 'sent'] }, 'atLeast', 1))
    const problems = [{ field: 'rule/rules/0/metric/statuses', detail: expect.stringMatching(/analytics/) }]
    expect(await refusalOf(add(rule))).toBe('segment_invalid')
    expect(await problemsOf(add(rule))).toEqual(problems)
    const id = await add(EVERYBODY)
    const change = desk.run((tx) => segments.changeSegment(tx, id, { rule, version: 1 }, desk.nowMs))
    expect(await problemsOf(change)).toEqual(problems)
  })

  it('S1-15 goes on counting where it was named before, and is told as a problem', async () => {
    const rule = all(orders({}, 'atLeast', 1))
    const id = await add(rule)
    await desk.order({ customer: somebody('Ann'), status: 'accepted' })
    expect((await desk.run((tx) => segments.getSegment(tx, id))).problems).toEqual([])
    await setAnalytics('accepted', false)
    expect((await desk.run((tx) => segments.getSegment(tx, id))).problems.map((p) => p.field)).toEqual([
      'rule/rules/0/metric/statuses',
    ])
    expect(await names(rule)).toEqual(['Ann'])
    await desk.run((tx) => segments.changeSegment(tx, id, { name: 'Another name', version: 1 }, desk.nowMs))
  })

  it('S1-15 shows its past once it is included, for history is recorded all the same', async () => {
    await setAnalytics('accepted', false)
    const order = await desk.order({ customer: somebody('Ann'), status: 'accepted' })
    await desk.move(order, 'sent')
    await setAnalytics('accepted', true)
    const rule = all(orders({ of: 'were_in' }, 'equals', 1))
    await add(rule)
    expect(await names(rule)).toEqual(['Ann'])
  })

  it('cannot be deleted while a segment names it', async () => {
    const wish = { name: 'Own', code: 'own', type: 'general', group: 'sent' } as const
    await desk.run((tx) => addStatus(tx, wish, desk.nowMs))
    await add({ combinator: 'and', rules: [all(orders({ statuses: ['own'] }, 'atLeast', 1))] }, 'Named')
    const deletion = desk.run((tx) =>
      deleteStatus(tx, { type: 'general', code: 'own', actor: KEY, silent: true }, desk.nowMs),
    )
    expect(await problemsOf(deletion)).toEqual([{ field: 'code', detail: 'the segment Named names it' }])
  })
})

describe('saving', () => {
  it('refuses a name that another segment has in other letters', async () => {
    await add(EVERYBODY, 'Repeat buyers')
    expect(await refusalOf(add(EVERYBODY, ' repeat BUYERS '))).toBe('segment_exists')
    const id = await add(EVERYBODY)
    const change = desk.run((tx) => segments.changeSegment(tx, id, { name: 'Repeat Buyers', version: 1 }, desk.nowMs))
    expect(await refusalOf(change)).toBe('segment_exists')
  })

  it('refuses what is not complete, by its path', async () => {
    expect(await problemsOf(add(all(orders({ statuses: [] }, 'atLeast', undefined))))).toEqual([
      { field: 'rule/rules/0/metric/statuses', detail: 'choose at least one status' },
      { field: 'rule/rules/0/value', detail: 'enter a number' },
    ])
  })

  it('refuses a change of another version than the one that stands', async () => {
    const id = await add(EVERYBODY)
    const change = (version: number) =>
      desk.run((tx) => segments.changeSegment(tx, id, { name: unique('N'), version }, desk.nowMs))
    await change(1)
    expect(await refusalOf(change(1))).toBe('segment_stale')
    await change(2)
    expect(await desk.run((tx) => segments.getSegment(tx, id))).toMatchObject({ version: 3, rule: EVERYBODY })
  })
})

describe('why somebody is in or out', () => {
  it('S1-23 is told condition by condition, with what was measured', async () => {
    const ann = somebody('Ann')
    const order = await desk.order({ customer: ann, status: 'accepted', order: { total: '50', currency: 'UAH' } })
    await desk.move(order, 'sent')
    const rule: SegmentRule = {
      combinator: 'and',
      rules: [
        orders({ of: 'were_in' }, 'atLeast', 2),
        { combinator: 'or', rules: [{ field: 'customer.name', operator: 'equals', value: 'Ann' }] },
        orders({ of: 'were_in', measure: 'sum' }, 'greaterThan', 49.99),
        orders({ of: 'were_in', measure: 'first' }, 'withinDays', 1),
        orders({ of: 'are_in', measure: 'last' }, 'withinDays', 1),
      ],
    }
    const told = await desk.run((tx) => explainMember(tx, rule, ann.phone, desk.nowMs))
    expect(told.customer).toMatchObject({ name: 'Ann', phone: ann.phone })
    expect(told.isIn).toBe(false)
    expect(told.conditions).toEqual([
      { path: 'rules/0', measured: 1, isTrue: false },
      { path: 'rules/1/rules/0', measured: 'Ann', isTrue: true },
      { path: 'rules/2', measured: '50.00', isTrue: true },
      { path: 'rules/3', measured: new Date(desk.nowMs).toISOString(), isTrue: true },
      { path: 'rules/4', measured: null, isTrue: false },
    ])
    expect(await desk.run((tx) => explainMember(tx, EVERYBODY, told.customer.id, desk.nowMs))).toMatchObject({
      isIn: true,
      conditions: [],
    })
  })

  it('finds the customer by the phone as people write it, and says when there is none', async () => {
    const ann = somebody('Ann')
    await desk.order({ customer: ann })
    const local = ann.phone.replace('+38', '')
    const told = await desk.run((tx) => explainMember(tx, EVERYBODY, local, desk.nowMs))
    expect(told.customer.name).toBe('Ann')
    for (const nobody of ['0509999999', 'x', '00000000-0000-7000-8000-000000000000'])
      expect(await refusalOf(desk.run((tx) => explainMember(tx, EVERYBODY, nobody, desk.nowMs)))).toBe(
        'unknown_customer',
      )
  })
})

describe('a campaign that filters by a segment', () => {
  const inSegment = (id: string, operator = 'isIn') => [{ field: 'customer.segment', operator, value: id }]
  const entering = (next: string) => trigger('accepted', next, { includingCreation: true })
  const outcomes = () =>
    desk
      .query<{ outcome: string }>(
        sql`select coalesce(k.name, '-') || ' ' || s.outcome as outcome from enrolment_steps s
            join enrolments e on e.id = s.enrolment_id join orders o on o.id = e.order_id
            left join customers k on k.id = o.customer_id where s.node_id = 'who' order by 1`,
      )
      .then((found) => found.map((f) => f.outcome))

  it('S1-23 lets pass who is in it at that moment, by the rule as it is then', async () => {
    const [ann, ben] = [somebody('Ann'), somebody('Ben')]
    const id = await add(all(orders({ of: 'were_in' }, 'atLeast', 2)))
    await desk.campaign(entering('who'), filter('who', inSegment(id), 'text', null), sms('text', 'Hi'))
    await desk.order({ customer: ann, status: 'accepted' })
    await desk.carry()
    expect(await outcomes()).toEqual(['Ann no'])
    await desk.order({ customer: ann, status: 'accepted' })
    await desk.order({ customer: ben, status: 'accepted' })
    await desk.carry()
    expect(await outcomes()).toEqual(['Ann no', 'Ann yes', 'Ben no'])
    await desk.run((tx) => segments.changeSegment(tx, id, { rule: EVERYBODY, version: 1 }, desk.nowMs))
    await desk.order({ customer: ben, status: 'accepted' })
    await desk.carry()
    expect(await outcomes()).toEqual(['Ann no', 'Ann yes', 'Ben no', 'Ben yes'])
  })

  it('takes an order without a known customer to be in no segment', async () => {
    const id = await add(EVERYBODY)
    const step = (operator: string) =>
      desk.campaign(entering('who'), filter('who', inSegment(id, operator), null, null))
    await step('isIn')
    await step('isNotIn')
    await desk.order({ status: 'accepted' })
    await desk.run((tx) => tx.execute(sql`update orders set customer_id = null`))
    await desk.carry()
    expect(await outcomes()).toEqual(['- no', '- yes'])
  })

  it('is not published while the segment is gone, and keeps it from being deleted afterwards', async () => {
    const gone = await add(EVERYBODY)
    await desk.run((tx) => segments.deleteSegment(tx, gone))
    const steps = (id: string) => [entering('who'), filter('who', inSegment(id), null, null)]
    expect(await problemsOf(desk.campaign(...steps(gone)))).toEqual([
      { field: 'steps/1/where/rules/0/value', detail: expect.stringMatching(/gone/) },
    ])
    expect(await problemsOf(desk.campaign(...steps('no id')))).toHaveLength(1)
    const used = await add(EVERYBODY)
    const campaign = await desk.campaign(...steps(used))
    const { name } = await desk.one<{ name: string }>(sql`select name from campaigns where id = ${campaign}`)
    const deletion = () => desk.run((tx) => segments.deleteSegment(tx, used))
    expect(await refusalOf(deletion())).toBe('segment_in_use')
    expect(await problemsOf(deletion())).toEqual([{ field: 'id', detail: `the campaign ${name} uses it` }])
  })

  it('keeps a segment that only customers inside an older version still need', async () => {
    const id = await add(EVERYBODY)
    const where = { combinator: 'and', rules: inSegment(id) }
    const waiting = { id: 'pause', kind: 'wait', for: 'PT2H', next: { out: 'who' } }
    const campaign = await desk.campaign(entering('pause'), waiting, {
      ...filter('who', [], null, null),
      where,
    })
    await desk.order({ status: 'accepted' })
    await desk.carry()
    const draft = { steps: [trigger('accepted', null)] }
    await desk.run((tx) =>
      tx.execute(sql`update campaigns set draft = ${JSON.stringify(draft)}::jsonb where id = ${campaign}`),
    )
    await desk.run((tx) => publishCampaign(tx, campaign, 'test', desk.nowMs))
    const deletion = () => desk.run((tx) => segments.deleteSegment(tx, id))
    expect(await refusalOf(deletion())).toBe('segment_in_use')
    desk.pass(2 * HOUR)
    await desk.look(await desk.place({ campaign, node: 'pause' }))
    await deletion()
  })
})
