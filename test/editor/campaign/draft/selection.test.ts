import { describe, expect, it } from 'vitest'
import { changedStep, extended, repaired, toggled } from '../../../../editor/campaign/draft/selection.ts'
import { draw } from '../flows.ts'

const BEFORE = draw('trigger>f1 f1>s1|w1 s1>s2 s2> w1>')

describe('repaired', () => {
  it('is the same list while all steps are there', () => {
    const selected = ['s1', 'w1']
    expect(repaired(BEFORE, draw('trigger>f1 f1>s1|w1 s1> w1>'), selected)).toBe(selected)
  })
  it('keeps what is left, and goes to the step above when nothing is', () => {
    const after = draw('trigger>f1 f1>s1|')
    expect(repaired(BEFORE, after, ['s1', 'w1'])).toEqual(['s1'])
    expect(repaired(BEFORE, after, ['s2'])).toEqual(['s1'])
    expect(repaired(BEFORE, { steps: [] }, ['s2'])).toEqual([])
  })
})

describe('extended', () => {
  it('takes in the step below, and all lanes of a split', () => {
    expect(extended(BEFORE, ['s1'])).toEqual(['s1', 's2'])
    expect(extended(BEFORE, ['f1'])).toEqual(['f1', 's1', 's2', 'w1'])
    expect(extended(BEFORE, ['s2'])).toEqual(['s2'])
  })
})

describe('changedStep', () => {
  it('is the step that came back, else the one that changed, else none', () => {
    const less = draw('trigger>f1 f1>s1|w1 s1> w1>')
    expect(changedStep(less, BEFORE)).toBe('s2')
    expect(changedStep(BEFORE, BEFORE)).toBeNull()
  })
})

describe('toggled', () => {
  it('lets the step that came in lead', () => {
    expect(toggled(['a'], 'b')).toEqual(['a', 'b'])
    expect(toggled(['a', 'b'], 'a')).toEqual(['b'])
  })
})
