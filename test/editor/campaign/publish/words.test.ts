import { describe, expect, it } from 'vitest'
import { impactWords, insideWords, titlesOf } from '../../../../editor/campaign/publish/words.ts'

const STATUSES = [{ type: 'general', code: 'accepted', name: 'Accepted' }] as const
const DRAFT = {
  steps: [
    {
      id: 'trigger',
      kind: 'order_status_changed',
      type: 'general',
      from: 'any',
      to: { statuses: ['accepted'] },
      includingCreation: false,
      leaveWhenStatusChanges: true,
      next: { out: 'pause' },
    },
    { id: 'pause', kind: 'wait', for: 'P1D', title: 'Give them time', next: { out: null } },
  ],
}
const at = (version: number, waiting: number, walking = 0) => ({
  version,
  step: 'pause',
  title: 'Wait',
  waiting,
  walking,
  inDraft: true,
})
const inside = (...steps: ReturnType<typeof at>[]) => ({
  version: 3,
  total: steps.reduce((sum, step) => sum + step.waiting + step.walking, 0),
  waiting: 0,
  steps,
})
const prepared = (version: number | null, state: 'draft' | 'live' | 'paused', draft: unknown = DRAFT) => ({
  nextVersion: (version ?? 0) + 1,
  publication: { inside: inside() },
  campaign: { state, draft },
})

describe('what publishing means, in words', () => {
  it('tells those inside that they finish on their version', () => {
    expect(insideWords(inside(at(3, 12, 2)), 4)).toBe(
      '14 customers are inside version 3. They finish on version 3; newcomers start on version 4.',
    )
    expect(insideWords(inside(at(3, 1)), 4)).toContain('1 customer is inside version 3.')
  })

  it('tells each version apart when earlier ones are not finished, the newest first', () => {
    expect(insideWords(inside(at(1, 4), at(3, 8), at(3, 0, 2)), 4)).toBe(
      '14 customers are inside: 10 on version 3, 4 on version 1. They finish on the version they began with; newcomers start on version 4.',
    )
  })

  it('names an earlier version when all who are inside began with it', () => {
    expect(insideWords(inside(at(2, 5)), 4)).toContain('inside version 2. They finish on version 2')
  })

  it('says from when the first version reacts, and that earlier changes do not count', () => {
    expect(impactWords(prepared(null, 'draft'), STATUSES)).toEqual([
      'From now on, a customer enters when the order’s status changes: Any → Accepted.',
      'Orders whose status changed before now do not enter.',
    ])
  })

  it('says that a paused campaign stays paused', () => {
    expect(impactWords(prepared(3, 'paused'), STATUSES)).toEqual([
      'A customer enters version 4 when the order’s status changes: Any → Accepted.',
      'Nobody is inside now.',
      'The campaign is paused: newcomers are taken in and held until you resume it.',
    ])
  })

  it('says that nothing starts a draft without a trigger, and one that cannot be read', () => {
    for (const draft of [{ steps: [] }, { steps: 'none' }])
      expect(impactWords(prepared(1, 'live', draft), STATUSES)[0]).toBe('Nothing starts the campaign yet.')
  })

  it('calls steps by their own names, else by their kinds', () => {
    expect([...titlesOf(DRAFT)]).toEqual([
      ['trigger', 'Order status changed'],
      ['pause', 'Give them time'],
    ])
    expect(titlesOf(null).size).toBe(0)
  })
})
