import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Step } from '../../../../db/model/campaign-schema.ts'
import { flowOf } from '../../../../editor/campaign/document/document.ts'
import { insertAfter } from '../../../../editor/campaign/document/insert.ts'
import { layoutOf } from '../../../../editor/campaign/document/layout.ts'
import { outlineOf } from '../../../../editor/campaign/document/outline.ts'
import { isStep, readCampaign } from '../../../../editor/campaign/document/read.ts'
import { shapeOf } from '../../../../editor/campaign/document/shape.ts'
import { draw, trigger } from '../flows.ts'

const condition = { field: 'order.total', operator: 'atLeast', value: 5 }
const where = { combinator: 'and', rules: [condition, { combinator: 'or', not: true, rules: [] }] }
const whole = [
  trigger(),
  { id: 'f', kind: 'filter_customers', where, next: { yes: 's', no: null } },
  { id: 'w', kind: 'wait', for: 'PT1H', next: { out: 's' } },
  { id: 's', kind: 'send_sms', message: 'Hi', title: 'Title', note: 'Note', disabled: true, next: { out: null } },
  { id: 'x', kind: 'exit', next: {} },
]
const rules = (...list: unknown[]) => ({ combinator: 'and', rules: list })
/** What a field may become, right and wrong. */
const CHANGES: Record<string, unknown[]> = {
  id: ['b-1', '', 'two words', 'x'.repeat(41), 5],
  kind: ['order_status_changed', 'filter_customers', 'wait', 'send_sms', 'exit', 'send_fax', 'constructor', null],
  title: ['T', 'x'.repeat(81), 5],
  note: ['', 'x'.repeat(2_001), null],
  disabled: [true, false, 'yes', null],
  next: [
    {},
    null,
    [],
    { out: null },
    { out: 'two words' },
    { yes: null, no: 'a' },
    { yes: null },
    { out: null, no: null },
  ],
  type: ['payment', 'shipping', undefined],
  from: ['any', 'all', { statuses: [] }, { statuses: [''] }, { statuses: ['a'], group: 'sent' }, { statuses: 'sent' }],
  to: ['any', { group: 'sent' }, { group: 'archive' }, {}, [], { statuses: ['x'.repeat(81)] }, undefined],
  includingCreation: [true, 'yes'],
  leaveWhenStatusChanges: [false, 1],
  where: [
    { combinator: 'xor', rules: [] },
    { combinator: 'and' },
    { combinator: 'and', rules: [], sql: 'true' },
    { combinator: 'and', not: 1, rules: [] },
    rules({ ...condition, field: 'order.shoe' }),
    rules({ ...condition, operator: 'is' }),
    ...['', 'x'.repeat(501), 1.5, [], ['a'], [5], {}, null].map((value) => rules({ ...condition, value })),
    rules({ field: 'order.total', operator: 'atLeast' }),
    rules(rules(rules(condition, 5))),
    rules(...Array(100).fill(condition)),
    rules(...Array(101).fill(condition)),
  ],
  for: ['', 'x'.repeat(40), 'x'.repeat(41), 60],
  message: ['', 'x'.repeat(5_000), 'x'.repeat(5_001), undefined],
  colour: ['red'],
}
const anyChange = fc.constantFrom(
  ...Object.entries(CHANGES).flatMap(([field, to]) => to.map((value) => [field, value])),
)
/** Steps as the store takes them with a few fields changed. */
const anyMaybeStep = fc
  .tuple(fc.constantFrom<object>(...whole), fc.array(anyChange, { maxLength: 2 }))
  .map(([step, changes]): object => JSON.parse(JSON.stringify({ ...step, ...Object.fromEntries(changes) })))

describe('isStep', () => {
  it('takes exactly what the store takes', () => {
    const seen = { true: 0, false: 0 }
    fc.assert(
      fc.property(anyMaybeStep, (value) => {
        const read = Step.safeParse(value)
        // settings that the store would fill in must be there: a copied step has them all
        const isTaken = read.success && Object.keys(read.data).length === Object.keys(value).length
        seen[`${isStep(value)}`]++
        expect(isStep(value), JSON.stringify(value)).toBe(isTaken)
      }),
      { numRuns: 3_000 },
    )
    expect(Math.min(seen.true, seen.false)).toBeGreaterThan(300)
  })

  it.each([null, 5, 'step', [], {}, { id: 'a' }, { id: 'a', kind: 'wait', next: { out: [] } }])(
    'refuses %j',
    (value) => {
      expect(isStep(value)).toBe(false)
    },
  )
})

describe('readCampaign', () => {
  it('reads a stored draft, an empty one too', () => {
    const campaign = draw('trigger>f1 f1>s1|w1 s1>x1 x1')
    expect(readCampaign(JSON.parse(JSON.stringify(campaign)))).toEqual(campaign)
    expect(readCampaign({ steps: [] })).toEqual({ steps: [] })
  })

  it.each([
    ['nothing', null],
    ['an earlier form', { nodes: [] }],
    ['a step without lines', { steps: [{ id: 'a', kind: 'wait', for: 'PT1H' }] }],
    ['a known step with other settings', { steps: [{ id: 'a', kind: 'wait', hours: 1, next: { out: null } }] }],
    ['two steps with one id', { steps: [trigger('a'), trigger('a')] }],
  ])('does not read %s', (_, draft) => {
    expect(readCampaign(draft)).toBeNull()
  })

  it('keeps steps that another release made: they are drawn, listed and kept', () => {
    const fax = { id: 'fax', kind: 'send_fax', number: 5, next: { done: 's1', failed: null } }
    const campaign = readCampaign({ steps: [trigger('trigger', 'fax'), fax, ...draw('s1>').steps.slice(1)] })!
    expect(campaign.steps[1]).toEqual(fax)
    expect(flowOf(campaign).order).toEqual(['trigger', 'fax', 's1'])
    expect([...layoutOf(shapeOf(campaign)).nodes.keys()]).toEqual([
      'trigger',
      'fax',
      's1',
      'end:fax:failed',
      'end:s1:out',
    ])
    expect(outlineOf(campaign)[1]?.lanes.map((lane) => lane.output)).toEqual(['done', 'failed'])
    const after = insertAfter(campaign, { stepId: 'fax', output: 'failed' }, 'wait')!.campaign
    expect(flowOf(after).steps.get('fax')).toEqual({ ...fax, next: { done: 's1', failed: 'wait' } })
  })
})
