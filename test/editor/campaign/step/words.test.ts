import { describe, expect, it } from 'vitest'
import type { Step } from '../../../../db/model/campaign-schema.ts'
import { summaryOf, titleOf } from '../../../../editor/campaign/step/words.ts'

const STATUSES = [
  { type: 'general', code: 'new', name: 'Processing' },
  { type: 'general', code: 'ok', name: 'Accepted' },
  { type: 'delivery', code: 'ok', name: 'Delivered' },
  { type: 'segment', code: 'id-1', name: 'Repeat buyers' },
] as const
const out = { id: 'a', next: { out: null } }
const filter = (rules: object[], not?: boolean): Step =>
  ({
    id: 'a',
    kind: 'filter_customers',
    where: { combinator: 'and', rules, ...(not && { not }) },
    next: { yes: null, no: null },
  }) as Step
const trigger = (type: string, from: unknown, to: unknown): Step =>
  ({
    ...out,
    kind: 'order_status_changed',
    type,
    from,
    to,
    includingCreation: false,
    leaveWhenStatusChanges: true,
  }) as Step

describe('a summary', () => {
  it.each<[string, Step, string]>([
    [
      'the change by the names of statuses',
      trigger('general', { statuses: ['new'] }, { statuses: ['ok'] }),
      'Processing → Accepted',
    ],
    ['the wait in words', { ...out, kind: 'wait', for: 'PT2H' }, '2 hours'],
    ['that the wait has no length yet', { ...out, kind: 'wait', for: '' }, 'How long?'],
    ['the first condition', filter([{ field: 'customer.phone', operator: 'isGiven' }]), 'Customer phone is given'],
    [
      'how many conditions follow',
      filter([
        { field: 'customer.phone', operator: 'isGiven' },
        { combinator: 'or', rules: [{ field: 'order.total', operator: 'atLeast', value: 10 }] },
      ]),
      'Customer phone is given and 1 more',
    ],
    [
      'statuses of a condition by their names',
      filter([{ field: 'order.delivery', operator: 'isOneOf', value: ['ok', 'gone'] }]),
      'Delivery status is one of Delivered or gone',
    ],
    [
      'a segment by its name',
      filter([{ field: 'customer.segment', operator: 'isNotIn', value: 'id-1' }]),
      'Customer segments do not include Repeat buyers',
    ],
    [
      'a group by its name',
      filter([{ field: 'order.group', operator: 'equals', value: 'paid' }]),
      'Group of the general status is Paid',
    ],
    ['what a condition lacks', filter([{ field: 'order.total', operator: 'atLeast' }]), 'Order total is at least …'],
    ['that nothing is filtered yet', filter([]), 'Everybody passes'],
    [
      'what must not be true',
      filter([{ field: 'customer.email', operator: 'isGiven' }], true),
      'Not: Customer e-mail is given',
    ],
    ['the words of the text in one line', { ...out, kind: 'send_sms', message: ' Hi\n  there ' }, 'Hi there'],
    ['that the text is missing', { ...out, kind: 'send_sms', message: ' ' }, 'Write the text'],
  ])('tells %s', (_, step, words) => {
    expect(summaryOf(step, STATUSES)).toBe(words)
  })

  it('tells a step of another release that it is not supported, and its kind', () => {
    const step: Step = JSON.parse('{"id": "a", "kind": "send_email", "next": {}}')
    expect(summaryOf(step, STATUSES)).toBe('Unsupported step')
    expect(titleOf(step)).toBe('send_email')
  })
})
