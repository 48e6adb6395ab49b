import { describe, expect, it } from 'vitest'
import { Campaign } from '../../../db/model/campaign-schema.ts'
import { problemsToPublish, warningsIn } from '../../../db/model/publication.ts'
import type { Status } from '../../../db/model/status.ts'
import { filter, sms, trigger } from '../../factories.ts'

const campaign = (...steps: object[]) => Campaign.parse({ steps })
const fieldsOf = (...steps: object[]) => warningsIn(campaign(...steps)).map((w) => w.field)
const warnsOf = (message: string) => fieldsOf(trigger('sent', 'text'), sms('text', message)).length > 0

describe('warnings', () => {
  it.each([
    ['Hi {{ customer.first_name }}!', true],
    ['{{ customer.name }}', true],
    ['Write to {{ customer.email | upcase }}', true],
    ['Hi {{ customer.first_name | default: "friend" }}!', false],
    ['{% if customer.name != "" %}Hi {{ customer.name }}{% else %}Hi{% endif %}', false],
    // to Liquid a text without letters is true
    ['{% if customer.name %}Hi {{ customer.name }}{% else %}Hi{% endif %}', true],
    ['Order {{ order.number }} for {{ customer.phone }}', false],
    ['{{ customer.name', false],
  ])('say whether a text has a gap where a fact is missing: %s', (message, warns) => {
    expect(warnsOf(message)).toBe(warns)
  })

  it('name a filter that everybody passes, also where its groups are empty', () => {
    const texting = sms('text', 'Hi')
    const nested = [{ combinator: 'or', rules: [] }]
    const given = [{ combinator: 'or', rules: [{ field: 'customer.name', operator: 'isGiven' }] }]
    expect(fieldsOf(trigger('sent', 'f'), filter('f', [], 'text', null), texting)).toEqual(['steps/1/where'])
    expect(fieldsOf(trigger('sent', 'f'), filter('f', nested, 'text', null), texting)).toEqual(['steps/1/where'])
    expect(fieldsOf(trigger('sent', 'f'), filter('f', given, 'text', null), texting)).toEqual([])
  })

  it('name a campaign that sends nothing; steps that are switched off do not count', () => {
    expect(fieldsOf(trigger('sent', null))).toEqual(['steps'])
    const off = { ...sms('text', 'Hi {{ customer.name }}'), disabled: true }
    expect(fieldsOf(trigger('sent', 'text'), off)).toEqual(['steps'])
    expect(fieldsOf()).toEqual([])
  })
})

describe('problems', () => {
  const sent: Status = {
    id: '1',
    axis: 'general',
    name: 'Sent',
    code: 'sent',
    meaning: 'sent',
    position: 0,
    isInitial: true,
  }

  it('name codes that the workspace does not have, unless their step is switched off', () => {
    const rules = [{ field: 'order.payment', operator: 'equals', value: 'paid' }]
    const steps = [trigger('sent', 'f'), filter('f', rules, null, null)]
    expect(problemsToPublish(campaign(...steps), [sent]).map((p) => p.field)).toEqual(['steps/1/where/rules/0/value'])
    expect(problemsToPublish(campaign(steps[0]!, { ...steps[1]!, disabled: true }), [sent])).toEqual([])
    expect(problemsToPublish(campaign(...steps), []).map((p) => p.field)).toContain('steps/0/to')
  })

  it('name segments that are gone, unless their step is switched off', () => {
    const rules = [{ field: 'customer.segment', operator: 'isIn', value: 'id-1' }]
    const steps = [trigger('sent', 'f'), filter('f', rules, null, null)]
    expect(problemsToPublish(campaign(...steps), [sent], ['id-1'])).toEqual([])
    expect(problemsToPublish(campaign(...steps), [sent], ['id-2']).map((p) => p.field)).toEqual([
      'steps/1/where/rules/0/value',
    ])
    expect(problemsToPublish(campaign(steps[0]!, { ...steps[1]!, disabled: true }), [sent])).toEqual([])
  })
})
