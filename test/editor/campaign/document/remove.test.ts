import { describe, expect, it } from 'vitest'
import { lanesOf } from '../../../../editor/campaign/document/document.ts'
import { removeStep, removeSteps } from '../../../../editor/campaign/document/remove.ts'
import { draw, drawn } from '../flows.ts'

const JOINED = draw('trigger>s0 s0>f1 f1>s1|w1 s1>s2 s2>j1 w1>j1 j1>')
const APART = draw('trigger>f1 f1>s1|w1 s1>s2 w1>w2')
const left = (edit: ReturnType<typeof removeStep>) => [drawn(edit?.campaign), edit?.select]

describe('removeStep', () => {
  it('heals the line and selects what followed, else what was above', () => {
    expect(left(removeStep(JOINED, 's1'))).toEqual(['trigger>s0 s0>f1 f1>s2|w1 s2>j1 j1> w1>j1', 's2'])
    expect(left(removeStep(JOINED, 'j1'))).toEqual(['trigger>s0 s0>f1 f1>s1|w1 s1>s2 s2> w1>', 's2'])
  })

  it.each([
    ['yes', 'trigger>s0 s0>s1 s1>s2 s2>j1 j1>', 's1'],
    ['no', 'trigger>s0 s0>w1 w1>j1 j1>', 'w1'],
    ['none', 'trigger>s0 s0>j1 j1>', 'j1'],
  ])('keeps of a split whose lanes join: %s, and what follows the join', (keep, lines, select) => {
    expect(left(removeStep(JOINED, 'f1', { keep }))).toEqual([lines, select])
  })

  it.each([
    ['yes', 'trigger>s1 s1>s2 s2>', 's1'],
    ['no', 'trigger>w1 w1>w2 w2>', 'w1'],
    ['none', 'trigger>', 'trigger'],
  ])('keeps of a split whose lanes end: %s', (keep, lines, select) => {
    expect(left(removeStep(APART, 'f1', { keep }))).toEqual([lines, select])
  })

  it('drops as many steps as the question said', () => {
    const [yes, no] = lanesOf(JOINED, 'f1').map((lane) => lane.stepIds.length)
    const count = (keep: string) => removeStep(JOINED, 'f1', { keep })!.campaign.steps.length
    const all = JOINED.steps.length - 1
    expect([count('yes'), count('no'), count('none')]).toEqual([all - no!, all - yes!, all - yes! - no!])
  })

  it('drops no lane that somebody else leads to', () => {
    const campaign = draw('trigger>f1 f1>f2|s2 f2>s1|s2')
    expect(drawn(removeStep(campaign, 'f2', { keep: 'yes' })?.campaign)).toBe('trigger>f1 f1>s1|s2 s1> s2>')
  })

  it('asked without a lane keeps the one that loses least', () => {
    expect(drawn(removeStep(draw('trigger>f1 f1>|s1'), 'f1')?.campaign)).toBe('trigger>s1 s1>')
    expect(drawn(removeStep(draw('trigger>f1 f1>s2|s1 s1>s2'), 'f1')?.campaign)).toBe('trigger>s1 s1>s2 s2>')
    expect(drawn(removeStep(APART, 'f1')?.campaign)).toBe('trigger>s1 s1>s2 s2>')
  })

  it('refuses the trigger, a lane the step does not have, and a step that is not there', () => {
    expect(removeStep(JOINED, 'trigger')).toBeNull()
    expect(removeStep(JOINED, 'trigger', { keep: 'none' })).toBeNull()
    expect(removeStep(JOINED, 's1', { keep: 'yes' })).toBeNull()
    expect(removeStep(JOINED, 'gone')).toBeNull()
    expect(removeStep(JOINED, 'gone', { keep: 'none' })).toBeNull()
  })
})

describe('removeSteps', () => {
  it('removes several at once and leaves the rest in its order', () => {
    expect(drawn(removeSteps(JOINED, ['s0', 's2', 'w1'])?.campaign)).toBe('trigger>f1 f1>s1|j1 s1>j1 j1>')
    expect(drawn(removeSteps(JOINED, ['f1', 's1', 's2'])?.campaign)).toBe('trigger>s0 s0>w1 w1>j1 j1>')
    expect(drawn(removeSteps(JOINED, ['f1', 'w1'])?.campaign)).toBe('trigger>s0 s0>s1 s1>s2 s2>j1 j1>')
  })

  it('removes all but the trigger', () => {
    const edit = removeSteps(
      JOINED,
      JOINED.steps.map((s) => s.id),
    )
    expect(left(edit)).toEqual(['trigger>', 'trigger'])
    expect(removeSteps(JOINED, ['trigger', 'gone'])).toBeNull()
  })
})
