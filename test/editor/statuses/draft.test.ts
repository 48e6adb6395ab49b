import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AXES, MEANINGS } from '../../../db/model/status.ts'
import { draftOf, emptyDraft, ofType, problemsIn, unitsFor, wishOf } from '../../../editor/statuses/draft.ts'
import { status } from './status.ts'

const filled = { ...emptyDraft('general', 'accepted'), name: 'Accepted', code: 'accepted' }

describe('the form of a status', () => {
  it('asks for what the status already is when nothing was changed, whatever the status', () => {
    const any = fc
      .record({
        type: fc.constantFrom(...AXES),
        at: fc.nat(6),
        includeInAnalytics: fc.boolean(),
        timeout: fc.option(
          fc.record({ after: fc.constantFrom('PT30M', 'P14D', 'P2W', 'P1M', 'PT5S'), to: fc.string() }),
        ),
        autoSms: fc.option(fc.record({ template: fc.string(), always: fc.boolean() })),
        container: fc.option(fc.string()),
      })
      .filter(({ timeout }) => timeout?.to !== '')
    fc.assert(
      fc.property(any, ({ type, at, ...effects }) => {
        const means = { [type === 'general' ? 'group' : 'kind']: MEANINGS[type][at] }
        const { name } = status()
        expect(wishOf(draftOf(status({ type, group: null, kind: null, ...means, ...effects })))).toEqual({
          ...{ name, ...means },
          ...effects,
        })
      }),
    )
  })

  it('asks for no timeout and no text while they are switched off, whatever was typed', () => {
    expect(wishOf({ ...filled, to: 'sent', template: 'Hi' })).toMatchObject({ timeout: null, autoSms: null })
  })

  it('finds nothing wrong with a filled form', () => expect(problemsIn(filled)).toEqual({}))

  it.each([
    ['no name', { name: '  ' }, { name: 'missing' }],
    ['no code', { code: '' }, { code: 'missing' }],
    ['a code with a space', { code: 'a b' }, { code: 'code_form' }],
    ['no group', { meaning: null }, { group: 'missing' }],
    ['no kind', { type: 'payment' as const, meaning: null }, { kind: 'missing' }],
    ['a timeout to nowhere', { hasTimeout: true }, { 'timeout/to': 'missing' }],
    ['a timeout after nothing', { hasTimeout: true, amount: 0, to: 'sent' }, { 'timeout/after': 'amount' }],
    ['a timeout after half a day', { hasTimeout: true, amount: '0.5', to: 'sent' }, { 'timeout/after': 'amount' }],
    ['a timeout after no number', { hasTimeout: true, amount: '', to: 'sent' }, { 'timeout/after': 'amount' }],
    ['an empty text', { hasAutoSms: true, template: ' ' }, { 'autoSms/template': 'missing' }],
  ])('refuses %s at its field', (_, part, problems) => expect(problemsIn({ ...filled, ...part })).toEqual(problems))

  it('chooses meaning and target anew for another type, and keeps the rest', () => {
    const draft = { ...filled, hasTimeout: true, to: 'sent' }
    expect(ofType(draft, 'delivery')).toEqual({ ...draft, type: 'delivery', meaning: null, to: null })
  })

  it('offers seconds only where a program has set them', () => {
    expect(unitsFor('day')).toEqual(['minute', 'hour', 'day', 'week', 'month'])
    expect(unitsFor('second')).toContain('second')
  })
})
