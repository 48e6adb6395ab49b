import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Campaign, Step, StepOf } from '../../../../db/model/campaign-schema.ts'
import { readCampaign } from '../../../../editor/campaign/document/read.ts'
import { compare, isSame } from '../../../../editor/campaign/versions/compare.ts'
import { changeWords, filterWords } from '../../../../editor/campaign/versions/compare-words.ts'
import { anyFlow } from '../flows.ts'

const STATUSES = [
  { type: 'general', code: 'processing', name: 'Processing' },
  { type: 'general', code: 'accepted', name: 'Accepted' },
] as const
const trigger = (out: string | null): StepOf<'order_status_changed'> => ({
  id: 'trigger',
  kind: 'order_status_changed',
  type: 'general',
  from: { statuses: ['processing'] },
  to: { statuses: ['accepted'] },
  includingCreation: false,
  leaveWhenStatusChanges: true,
  next: { out },
})
const wait = (id: string, out: string | null, iso = 'PT2H'): Step => ({ id, kind: 'wait', for: iso, next: { out } })
const sms = (message: string): Step => ({ id: 'sms', kind: 'send_sms', message, next: { out: null } })
const of = (...steps: Step[]): Campaign => ({ steps })
const WAS = of(trigger('wait'), wait('wait', 'sms'), sms('Hi'))

const words = (was: Campaign, is: Campaign) =>
  compare(was, is).changed.map((change) => ({
    step: change.is.id,
    fields: changeWords(change, { statuses: STATUSES, was, is }).map(({ label, was, is }) => [label, was, is]),
  }))

describe('comparing documents', () => {
  it('finds nothing between a document and its copy, whatever the order of keys', () => {
    const shuffled = JSON.parse(JSON.stringify(WAS), (_, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value,
    ) as Campaign
    expect(isSame(compare(WAS, shuffled))).toBe(true)
  })

  it('tells an inserted step alone, not the lines that lead to it', () => {
    const is = of(trigger('wait'), wait('wait', 'wait-2'), wait('wait-2', 'sms'), sms('Hi'))
    expect(compare(WAS, is)).toEqual({ added: [is.steps[2]], removed: [], changed: [] })
    expect(compare(is, WAS)).toEqual({ added: [], removed: [is.steps[2]], changed: [] })
  })

  it('tells a line that leads elsewhere now', () => {
    const is = of(trigger('sms'), wait('wait', 'sms'), sms('Hi'))
    expect(words(WAS, is)).toEqual([{ step: 'trigger', fields: [['Leads to', 'Wait', 'Send SMS']] }])
  })

  it('takes a step of another kind under the same id as another step', () => {
    const is = of(trigger('wait'), { id: 'wait', kind: 'send_sms', message: 'x', next: { out: 'sms' } }, sms('Hi'))
    expect(compare(WAS, is)).toMatchObject({ added: [{ id: 'wait' }], removed: [{ id: 'wait' }], changed: [] })
  })

  it('says in words what changed in a step, before and after', () => {
    const is = of(
      { ...trigger('wait'), from: 'any', includingCreation: true },
      { ...wait('wait', 'sms', 'P1D'), title: 'Give them time', disabled: true },
      sms('Hello'),
    )
    expect(words(WAS, is)).toEqual([
      {
        step: 'trigger',
        fields: [
          ['Starts when', 'Processing → Accepted', 'Any → Accepted'],
          ['Counts orders that are created there', 'no', 'yes'],
        ],
      },
      {
        step: 'wait',
        fields: [
          ['Waits', '2 hours', '1 day'],
          ['Name', null, 'Give them time'],
          ['Switched', 'on', 'off'],
        ],
      },
      { step: 'sms', fields: [['Text', 'Hi', 'Hello']] },
    ])
  })

  it('words conditions as a sentence, with the names of statuses', () => {
    const where = {
      combinator: 'and' as const,
      rules: [
        { field: 'order.general' as const, operator: 'isOneOf' as const, value: ['accepted', 'gone'] },
        {
          combinator: 'or' as const,
          not: true,
          rules: [
            { field: 'customer.phone' as const, operator: 'isGiven' as const },
            { field: 'order.group' as const, operator: 'equals' as const, value: 'paid' },
          ],
        },
      ],
    }
    expect(filterWords(where, STATUSES)).toBe(
      'General status is one of Accepted, gone and (not (Customer phone is given or Group of the general status is Paid))',
    )
    expect(filterWords({ combinator: 'and', rules: [] }, STATUSES)).toBe('everybody passes')
  })

  it('tells settings of another release by their names', () => {
    const odd = (colour: string) => readCampaign({ steps: [{ id: 'wait', kind: 'parade', colour, next: {} }] })!
    expect(words(odd('red'), odd('blue'))).toEqual([{ step: 'wait', fields: [['colour', 'red', 'blue']] }])
  })

  it('counts every step of both documents once', () => {
    fc.assert(
      fc.property(anyFlow(12), anyFlow(12), (was, is) => {
        const { added, removed, changed } = compare(was, is)
        const both = was.steps.filter((step) => is.steps.some((s) => s.id === step.id && s.kind === step.kind)).length
        expect(added.length + both).toBe(is.steps.length)
        expect(removed.length + both).toBe(was.steps.length)
        expect(changed.length).toBeLessThanOrEqual(both)
        expect(isSame(compare(was, was))).toBe(true)
      }),
    )
  })
})
