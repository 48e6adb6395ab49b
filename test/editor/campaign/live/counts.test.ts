import { describe, expect, it } from 'vitest'
import type { LineCount, StepCounts } from '../../../../db/model/counts.ts'
import { asOfWords, chipsOf, chipWords, shareOf, shareWords } from '../../../../editor/campaign/live/counts.ts'

const NOBODY: StepCounts = {
  entered: 0,
  here: 0,
  waiting: 0,
  walking: 0,
  held: 0,
  stuck: 0,
  left: {},
  ended: 0,
}
const line = (output: string, count: number): LineCount => ({ from: 'filter', output, to: null, count })

describe('the share of a line', () => {
  it('is the part of those who went on from the step, whoever is still there', () => {
    const lines = [line('yes', 30), line('no', 10), { ...line('out', 99), from: 'trigger' }]
    expect(shareOf(lines, 'filter', 'yes')).toBe(0.75)
    expect(shareOf(lines, 'filter', 'no')).toBe(0.25)
    expect(shareOf(lines, 'trigger', 'out')).toBe(1)
  })

  it('is 0 while nobody went on, and for a way that is not there', () => {
    expect(shareOf([line('yes', 0), line('no', 0)], 'filter', 'yes')).toBe(0)
    expect(shareOf([line('yes', 3)], 'filter', 'maybe')).toBe(0)
    expect(shareOf([], 'gone', 'out')).toBe(0)
  })

  it.each([
    [0, '0 %'],
    [0.001, 'under 1 %'],
    [0.385, '39 %'],
    [0.999, 'over 99 %'],
    [1, '100 %'],
  ])('tells %d as %s: what is neither none nor all never looks so', (share, words) => {
    expect(shareWords(share)).toBe(words)
  })
})

describe('the chips of a card', () => {
  it('tell who entered and who waits', () => {
    expect(chipWords({ ...NOBODY, entered: 1_200, here: 14, waiting: 14 })).toBe('1,200 entered · 14 waiting')
  })

  it('tell that nobody entered, and nothing else that is zero', () => {
    expect(chipWords(NOBODY)).toBe('0 entered')
  })

  it('name everybody who is here apart, so that the chips add up', () => {
    const chips = chipsOf({ ...NOBODY, entered: 16, here: 10, waiting: 1, walking: 2, held: 3, stuck: 4, ended: 6 })
    expect(chips.map(({ key, count }) => [key, count])).toEqual([
      ['entered', 16],
      ['waiting', 1],
      ['walking', 2],
      ['held', 3],
      ['stuck', 4],
      ['ended', 6],
    ])
  })

  it('say from when stale figures are, in the time of the workspace', () => {
    expect(asOfWords('2026-11-25T10:01:00.000Z', 'Europe/Kyiv')).toBe('As of 12:01')
  })
})
