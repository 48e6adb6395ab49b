import { describe, expect, it } from 'vitest'
import type { Side } from '../../../../db/model/campaign-schema.ts'
import type { Axis } from '../../../../db/model/status.ts'
import { triggerWords } from '../../../../editor/campaign/step/trigger-words.ts'

const named = (type: Axis, code: string, name: string) => ({ type, code, name })
const STATUSES = [
  named('general', 'new', 'Processing'),
  named('general', 'ok', 'Accepted'),
  named('delivery', 'ok', 'At the door'),
]
const of = (...statuses: string[]): Side => ({ statuses })

const CASES: [words: string, type: Axis, from: Side, to: Side][] = [
  ['Processing → Accepted', 'general', of('new'), of('ok')],
  ['Any → Accepted', 'general', 'any', of('ok')],
  ['Processing → any status', 'general', of('new'), 'any'],
  ['Any → Processing or Accepted', 'general', 'any', of('new', 'ok')],
  ['Any → any of 4 statuses', 'general', 'any', of('a', 'b', 'c', 'd')],
  ['Processing → Paid (whole group)', 'general', of('new'), { group: 'paid' }],
  ['Delivery: Any → At the door', 'delivery', 'any', of('ok')],
  ['Payment: gone → (not chosen yet)', 'payment', of('gone'), of()],
]

describe('what starts a campaign, in words', () => {
  it.each(CASES)('reads %s', (words, type, from, to) => {
    expect(triggerWords({ type, from, to }, STATUSES)).toBe(words)
  })
})
