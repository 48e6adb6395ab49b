import { describe, expect, it } from 'vitest'
import { NODE_KINDS, nextIds, passesTo, problemsIn, titleOf } from '../../../db/model/campaign.ts'
import { Campaign, type Step } from '../../../db/model/campaign-schema.ts'
import { NODES_MAX, NOTE_MAX, TEMPLATE_MAX } from '../../../db/model/limits.ts'
import { NODE_OUTPUTS } from '../../../db/model/node-outputs.ts'

type Raw = Record<string, unknown>
const trigger = (more: Raw = {}): Raw => ({
  id: 'trigger',
  kind: 'order_status_changed',
  type: 'general',
  from: 'any',
  to: { statuses: ['sent'] },
  next: { out: 'filter' },
  ...more,
})
const filter = (more: Raw = {}): Raw => ({
  id: 'filter',
  kind: 'filter_customers',
  where: { combinator: 'and', rules: [] },
  next: { yes: 'wait', no: null },
  ...more,
})
const wait = (more: Raw = {}): Raw => ({ id: 'wait', kind: 'wait', for: 'PT2H', next: { out: 'sms' }, ...more })
const sms = (more: Raw = {}): Raw => ({
  id: 'sms',
  kind: 'send_sms',
  message: 'Order {{ order.number }}',
  next: { out: 'exit' },
  ...more,
})
const condition = { field: 'order.total', operator: 'atLeast' }
const exit = (more: Raw = {}): Raw => ({ id: 'exit', kind: 'exit', ...more })
const steps = (...list: Raw[]) => ({ steps: list })
const problems = (campaign: object) => problemsIn(Campaign.parse(campaign)).map((p) => p.field)

describe('problemsIn', () => {
  it.each([
    ['trigger, filter, wait, text and exit', steps(trigger(), filter(), wait(), sms(), exit())],
    ['nothing behind the trigger', steps(trigger({ next: { out: null } }))],
    [
      'branches that join',
      steps(trigger(), filter({ next: { yes: 'wait', no: 'sms' } }), wait(), sms({ next: { out: null } })),
    ],
    [
      'a group on the general axis',
      steps(trigger({ from: { group: 'accepted' }, to: { group: 'sent' }, next: { out: null } })),
    ],
    ['steps in any order', steps(trigger(), exit(), sms(), wait(), filter())],
    ['the longest wait', steps(trigger({ next: { out: 'wait' } }), wait({ for: 'P52W', next: { out: null } }))],
    ['as many steps as there may be', chain(NODES_MAX)],
    ['a trigger on any change', steps(trigger({ to: 'any', next: { out: null } }))],
    [
      'one status on the one side, it and another on the other',
      steps(trigger({ from: { statuses: ['sent'] }, to: { statuses: ['sent', 'paid'] }, next: { out: null } })),
    ],
    [
      'steps that are switched off, whatever their settings',
      steps(
        trigger(),
        filter({ disabled: true, where: { combinator: 'and', rules: [{ field: 'order.total', operator: 'before' }] } }),
        wait({ disabled: true, for: '' }),
        sms({ disabled: true, message: '{{' }),
        exit(),
      ),
    ],
    ['notes', steps(trigger({ note: 'Ask Anna', next: { out: null } }))],
  ])('finds nothing wrong with %s', (_, campaign) => {
    expect(problems(campaign)).toEqual([])
  })

  it.each([
    ['no steps', steps(), ['steps']],
    ['no trigger', steps(filter({ next: { yes: null, no: null } })), ['steps/0/kind']],
    [
      'the trigger not first',
      steps(exit(), trigger({ next: { out: 'exit' } })),
      ['steps/0/kind', 'steps/1/kind', 'steps/1/next'],
    ],
    [
      'two triggers',
      steps(trigger({ next: { out: null } }), trigger({ id: 't2', next: { out: null } })),
      ['steps/1/kind'],
    ],
    ['two steps with one id', steps(trigger({ next: { out: 'exit' } }), exit(), exit()), ['steps/1/id']],
    ['an edge to nowhere', steps(trigger({ next: { out: 'gone' } })), ['steps/0/next']],
    ['an edge to what every object has', steps(trigger({ next: { out: 'constructor' } })), ['steps/0/next']],
    [
      'an edge back to the trigger',
      steps(trigger({ next: { out: 'sms' } }), sms({ next: { out: 'trigger' } })),
      ['steps/1/next'],
    ],
    ['a step that nobody reaches', steps(trigger({ next: { out: null } }), exit()), ['steps/1/id']],
    [
      'steps in a circle',
      steps(trigger({ next: { out: 'wait' } }), wait(), sms({ next: { out: 'wait' } })),
      ['steps/1/next'],
    ],
    [
      'a circle that nobody reaches',
      steps(trigger({ next: { out: null } }), wait(), sms({ next: { out: 'wait' } })),
      ['steps/1/id', 'steps/2/id'],
    ],
    [
      'a step that leads to itself',
      steps(trigger({ next: { out: 'wait' } }), wait({ next: { out: 'wait' } })),
      ['steps/1/next'],
    ],
    [
      'a group on another axis',
      steps(trigger({ type: 'payment', from: { group: 'paid' }, next: { out: null } })),
      ['steps/0/type'],
    ],
    [
      'a wait of months',
      steps(trigger({ next: { out: 'wait' } }), wait({ for: 'P1M', next: { out: null } })),
      ['steps/1/for'],
    ],
    [
      'a wait without length',
      steps(trigger({ next: { out: 'wait' } }), wait({ for: 'PT0S', next: { out: null } })),
      ['steps/1/for'],
    ],
    [
      'a wait of two units',
      steps(trigger({ next: { out: 'wait' } }), wait({ for: 'P1DT2H', next: { out: null } })),
      ['steps/1/for'],
    ],
    [
      'a wait of more than a year',
      steps(trigger({ next: { out: 'wait' } }), wait({ for: 'P53W', next: { out: null } })),
      ['steps/1/for'],
    ],
    [
      'an unknown variable',
      steps(trigger({ next: { out: 'sms' } }), sms({ message: '{{ order.nr }}', next: { out: null } })),
      ['steps/1/message'],
    ],
    [
      'a text that cannot be read',
      steps(trigger({ next: { out: 'sms' } }), sms({ message: '{{', next: { out: null } })),
      ['steps/1/message'],
    ],
    [
      'a condition that cannot be met',
      steps(
        trigger(),
        filter({
          where: { combinator: 'and', rules: [{ field: 'order.total', operator: 'startsWith', value: '1' }] },
          next: { yes: null, no: null },
        }),
      ),
      ['steps/1/where/rules/0/operator'],
    ],
    ['a trigger without a status', steps(trigger({ to: { statuses: [] }, next: { out: null } })), ['steps/0/to']],
    [
      'a trigger that leads from a status to itself',
      steps(trigger({ from: { statuses: ['sent'] }, next: { out: null } })),
      ['steps/0/to'],
    ],
    [
      'a wait that was not set yet',
      steps(trigger({ next: { out: 'wait' } }), wait({ for: '', next: { out: null } })),
      ['steps/1/for'],
    ],
    [
      'a text that was not written yet',
      steps(trigger({ next: { out: 'sms' } }), sms({ message: ' ', next: { out: null } })),
      ['steps/1/message'],
    ],
    [
      'a condition without a value',
      steps(
        trigger(),
        filter({
          where: { combinator: 'and', rules: [{ field: 'order.general', operator: 'equals', value: '' }] },
          next: { yes: null, no: null },
        }),
      ),
      ['steps/1/where/rules/0/value'],
    ],
    [
      'a trigger and an exit that are switched off',
      steps(trigger({ disabled: true, next: { out: 'exit' } }), exit({ disabled: true })),
      ['steps/0/disabled', 'steps/1/disabled'],
    ],
    [
      'a step that is switched off and leads nowhere',
      steps(trigger({ next: { out: 'wait' } }), wait({ disabled: true, next: { out: 'gone' } })),
      ['steps/1/next'],
    ],
    [
      'several things at once',
      steps(
        trigger({ next: { out: 'wait' } }),
        wait({ for: 'soon' }),
        sms({ message: '{{ x }}', next: { out: 'gone' } }),
      ),
      ['steps/1/for', 'steps/2/message', 'steps/2/next'],
    ],
  ])('names the field of %s', (_, campaign, fields) => {
    expect(problems(campaign)).toEqual(fields)
  })
})

it('names the kind of a step that another release made, and whatever else is wrong', () => {
  const { steps: known } = Campaign.parse(steps(trigger({ next: { out: 'sms' } }), sms({ next: { out: null } })))
  const unknown: Step = JSON.parse(JSON.stringify(known[1]).replace('send_sms', 'send_fax'))
  expect(problemsIn({ steps: [known[0]!, unknown] }).map((p) => p.field)).toEqual(['steps/1/kind'])
  expect(titleOf(unknown)).toBe('send_fax')
})

describe('passesTo', () => {
  it('names the first way out, and none for a step without one', () => {
    const all = Campaign.parse(steps(filter(), wait(), exit())).steps
    expect(all.map(passesTo)).toEqual(['wait', 'sms', null])
  })
})

describe('Campaign', () => {
  it.each([
    ['a step of another kind', steps(trigger(), { id: 'x', kind: 'send_email' })],
    ['an exit that is missing', steps(trigger({ next: {} }))],
    ['an exit that the kind does not have', steps(trigger({ next: { out: null, no: null } }))],
    ['an id with a space', steps(trigger({ id: 'the trigger' }))],
    ['a text that is too long', steps(trigger(), sms({ message: 'x'.repeat(TEMPLATE_MAX + 1) }))],
    ['a type that no order has', steps(trigger({ type: 'shipping' }))],
    ['an eighth group', steps(trigger({ to: { group: 'archive' } }))],
    ['a status without a code', steps(trigger({ to: { statuses: [''] } }))],
    ['a note that is too long', steps(trigger({ note: 'x'.repeat(NOTE_MAX + 1) }))],
    ['a setting nobody knows', steps(trigger({ colour: 'red' }))],
    ['more steps than there may be', chain(NODES_MAX + 1)],
  ])('does not read %s', (_, campaign) => {
    expect(Campaign.safeParse(campaign).success).toBe(false)
  })

  it.each([
    ['a text that is not written yet', sms({ message: '' })],
    ['a wait that is not set yet', wait({ for: '' })],
    ['no status chosen yet', trigger({ to: { statuses: [] } })],
    ['a condition without a value', filter({ where: { combinator: 'and', rules: [condition] } })],
  ])('reads a draft with %s', (_, step) => {
    expect(Campaign.parse(steps(step)).steps[0]).toMatchObject(step)
  })

  it('reads back what it read: nothing it fills in changes the meaning', () => {
    const read = Campaign.parse(steps(trigger(), filter(), wait(), sms(), exit()))
    expect(read.steps[0]).toMatchObject({ includingCreation: false, leaveWhenStatusChanges: true })
    expect(Campaign.parse(JSON.parse(JSON.stringify(read)))).toEqual(read)
  })
})

describe('kinds of steps', () => {
  it('have the exits of the table that workflows know, and a title', () => {
    const all = Campaign.parse(steps(trigger(), filter(), wait(), sms(), exit())).steps
    expect(all.map((s) => s.kind).sort()).toEqual(Object.keys(NODE_KINDS).sort())
    for (const step of all) {
      expect(Object.keys(step.next)).toEqual([...NODE_OUTPUTS[step.kind]])
      expect(titleOf(step)).toBe(NODE_KINDS[step.kind].title)
    }
    expect(titleOf({ ...all[4]!, title: 'Farewell' })).toBe('Farewell')
    expect(nextIds(all[1]!)).toEqual(['wait'])
  })
})

/** A campaign of `count` steps, one behind the other. */
function chain(count: number) {
  const waits = Array.from({ length: count - 1 }, (_, i) =>
    wait({ id: `w${i}`, next: { out: i === count - 2 ? null : `w${i + 1}` } }),
  )
  return steps(trigger({ next: { out: 'w0' } }), ...waits)
}
