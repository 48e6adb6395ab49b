import { describe, expect, it } from 'vitest'
import { ACTOR_KINDS } from '../../../db/model/moves.ts'
import { type TimelineEntry, type Told, tell } from '../../../editor/orders/timeline.ts'

const told = (kind: TimelineEntry['kind'], data: Record<string, unknown>): Told =>
  tell({ kind, at: '2026-11-28T12:00:00Z', data }, (at) => `<${at}>`)

const MOVE = {
  type: 'general',
  from: 'Accepted',
  to: 'Sent',
  reason: null,
  silent: false,
  actor: 'person',
  actorId: 'session-1',
  actorName: null,
}
const STEP = {
  campaign: 'Order sent',
  campaignId: 'c1',
  version: 2,
  step: 's1',
  kind: 'wait',
  title: null,
  until: null,
}
const TEXT = {
  id: 'm1',
  phone: '+380500000004',
  text: 'Hi',
  parts: 1,
  state: 'sent',
  reason: null,
  campaign: 'Order sent',
  campaignId: 'c1',
  step: 's1',
  status: null,
}

describe('the timeline', () => {
  it('S0-20 tells a move with both statuses and who did it', () => {
    expect(told('status', MOVE)).toMatchObject({
      track: 'statuses',
      title: 'General status moved from Accepted to Sent',
      lines: ['By a person'],
    })
  })
  it.each([
    [null, 'session-1', 'By a person, together with other orders'],
    ['CRM', 'key-1', 'By another system, with the key “CRM”, together with other orders'],
    [null, null, 'Together with other orders'],
  ])('S0-20 tells who moved an order with others: %s, %s', (actorName, actorId, words) => {
    expect(told('status', { ...MOVE, actor: 'bulk', actorName, actorId }).lines).toEqual([words])
  })
  it.each([
    ['Accepted', 'P14D', ['By timeout, after 14 days in Accepted']],
    [null, 'PT1H', ['By timeout, after 1 hour']],
    ['Accepted', null, ['By timeout, after its time in Accepted']],
    [null, null, ['By timeout']],
  ])('S0-21 tells a move by itself as a timeout with its period: %s, %s', (actorName, reason, lines) => {
    expect(told('status', { ...MOVE, actor: 'timeout', actorName, reason }).lines).toEqual(lines)
  })
  it('S0-20 tells that the customer was not told', () => {
    expect(told('status', { ...MOVE, silent: true }).lines).toEqual(['By a person', 'The customer was not told'])
  })
  it('tells the first status as a beginning, and the reason that was given', () => {
    const { title, lines } = told('status', { ...MOVE, from: null, reason: 'call centre', actor: 'import' })
    expect(title).toBe('General status began as Sent')
    expect(lines).toEqual(['Imported', 'call centre'])
  })
  it.each(ACTOR_KINDS)('has words for the actor %s, with and without a name', (actor) => {
    for (const actorName of [null, 'Our shop']) {
      const [who] = told('status', { ...MOVE, actor, actorName }).lines
      expect(who).toMatch(/^(By|Together|Imported)/)
    }
  })
  it('P13 tells that a timeout was refused, and why', () => {
    const refused = { type: 'general', wanted: 'Return', code: 'chain_too_deep', actor: 'timeout', actorName: 'Sent' }
    const { title, lines, tone } = told('refusal', refused)
    expect(title).toBe('General status was not moved to Return')
    expect(lines).toEqual([expect.stringMatching(/chain was stopped/), 'By timeout, after its time in Sent'])
    expect(tone).toBe('bad')
  })
  it('tells why a move was refused', () => {
    const { title, lines, tone } = told('refusal', {
      type: 'delivery',
      wanted: 'Shipped',
      code: 'order_archived',
      actor: 'key',
      actorName: 'CRM',
    })
    expect(title).toBe('Delivery status was not moved to Shipped')
    expect(lines[0]).toMatch(/archived/)
    expect(tone).toBe('bad')
  })
  it.each([
    ['waiting', null, 'Waiting inside'],
    ['ended', 'finished', 'Went through to the end'],
    ['ended', 'left_status', 'Left, as the order’s status had changed'],
  ])('tells a campaign that the order entered and is %s %s', (state, endReason, words) => {
    const { title, lines } = told('enrolment', {
      campaign: 'Order sent',
      campaignId: 'c1',
      version: 2,
      state,
      endReason,
    })
    expect(title).toBe('Entered the campaign “Order sent”')
    expect(lines).toEqual(['Version 2', words])
  })
  it.each([
    ['yes', 'Has a phone', 'Passed “Has a phone”'],
    ['no', 'Has a phone', 'Did not pass “Has a phone”'],
    ['yes', null, 'Passed “Wait”'],
    ['waits', null, 'Waits until <2026-12-01T12:00:00Z>'],
    ['waited', null, 'The wait is over'],
    ['queued', null, 'Text queued'],
    ['suppressed', null, 'Text not sent'],
    ['skipped', 'Remind', 'Passed by “Remind”, which is switched off'],
    ['ended', null, 'Reached the end'],
    ['other', 'Later release', 'Later release: other'],
  ])('tells the outcome %s of a step called %s', (outcome, title, words) => {
    const step = told('step', { ...STEP, outcome, title, until: '2026-12-01T12:00:00Z' })
    expect(step.title).toBe(words)
    expect(step.links).toEqual([{ to: 'campaign', id: 'c1', step: 's1', words: 'See the step' }])
  })
  it('tells a text with its words, its state, and the way to its phone and its step', () => {
    const text = told('message', { ...TEXT, parts: 3 })
    expect(text).toMatchObject({ track: 'messages', title: 'Text to +380500000004', text: 'Hi', state: 'sent' })
    expect(text.lines).toEqual(['From the campaign “Order sent”', '3 parts'])
    expect(text.links.map((l) => l.to)).toEqual(['phone', 'campaign'])
  })
  it('S0-27 tells that a text was not sent as there is no phone', () => {
    const { title, lines } = told('message', {
      ...TEXT,
      phone: null,
      state: 'suppressed',
      reason: 'no_phone',
      text: '',
    })
    expect(title).toBe('Text not sent')
    expect(lines[0]).toBe('The customer has no phone number that can receive texts')
  })
  it('tells why a text was held back, and leads to no phone', () => {
    const held = { ...TEXT, state: 'suppressed', reason: 'opted_out', text: '', campaign: null, campaignId: null }
    const { title, lines, links, ...rest } = told('message', { ...held, status: 'Sent' })
    expect(title).toBe('Text not sent')
    expect(lines).toEqual(['The customer asked for no more texts', 'The text of the status “Sent”'])
    expect(links).toEqual([])
    expect(rest).not.toHaveProperty('text')
  })
  it.each([
    ['delivered', null, 'The phone got the text', []],
    ['undelivered', 'absent', 'The phone did not get the text', ['The phone could not be reached.']],
  ])('tells the receipt %s', (state, reason, title, lines) => {
    expect(told('receipt', { id: 'm1', state, reason })).toMatchObject({ title, lines })
  })
})
