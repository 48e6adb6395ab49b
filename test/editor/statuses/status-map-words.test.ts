import { describe, expect, it } from 'vitest'
import type { Finding } from '../../../editor/statuses/status-map-query.ts'
import { findingWords, moveWords, subjectOf, textWords } from '../../../editor/statuses/status-map-words.ts'

const step = (code: string, after: string | null = null, texts: Finding['path'][number]['texts'] = []) => ({
  ...{ code, name: code.toUpperCase(), after, texts },
})
const finding = (kind: Finding['kind'], statuses: string[], path: Finding['path'], texts?: number): Finding => ({
  ...{ kind, level: 'warning', type: 'general', statuses, path },
  ...(texts !== undefined && { texts }),
})
const way = [step('a'), step('b', 'P14D'), step('c', 'PT1H')]

describe('a finding in words', () => {
  it.each([
    [finding('loop', ['a', 'b'], way), 'Orders go round in a circle for ever: timeouts lead back to “A”.'],
    [
      finding('always_refused', ['b'], way),
      'Orders stop at “B” and never come to “C”: at most 8 moves may follow each other within a day.',
    ],
    [
      finding('dead_end', ['c'], way),
      'Timeouts bring orders to “C”, and there they stay until somebody moves them on.',
    ],
    [finding('storm', ['b', 'c'], way, 7), 'One order can get 7 texts without anybody doing anything more.'],
  ])('%#', (found, words) => expect(findingWords(found)).toBe(words))

  it('is about the first of its statuses, wherever that stands in the path', () => {
    expect(subjectOf(finding('storm', ['b', 'c'], way)).name).toBe('B')
  })
})

describe('the path of a finding', () => {
  it('tells how long an order waits before each move, and which move is a person’s', () => {
    expect([0, 1, 2].map((at) => moveWords(way, at))).toEqual([null, 'after 14 days', 'after 1 hour'])
    expect(moveWords([step('a'), step('b')], 1)).toBe('by hand')
  })

  it('tells whose texts go out', () => {
    const campaign = { id: 'k', name: 'Thank you' }
    expect(textWords(step('a'))).toBeNull()
    expect(
      textWords(
        step('a', null, [
          { campaign: null, count: 1 },
          { campaign, count: 1 },
          { campaign, count: 2 },
        ]),
      ),
    ).toBe('its own text, 1 text of “Thank you”, 2 texts of “Thank you”')
  })
})
