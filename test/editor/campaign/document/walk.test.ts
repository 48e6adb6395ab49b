import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstStep, lastStep, nextOf, previousOf, siblings } from '../../../../editor/campaign/document/walk.ts'
import { anyFlow, draw } from '../flows.ts'

const SPLIT = draw('trigger>f1 f1>s1|w1 s1>s2 s2>s3 s3>j1 w1>w2 w2>j1 j1>x1 x1')

describe('the keys along the flow', () => {
  it('go down and up, and stop at the trigger and at an end', () => {
    expect(['trigger', 'f1', 's3', 'x1'].map((id) => nextOf(SPLIT, id))).toEqual(['f1', 's1', 'j1', null])
    expect(['trigger', 'f1', 'w1', 'j1'].map((id) => previousOf(SPLIT, id))).toEqual([null, 'trigger', 'f1', 's3'])
    expect(nextOf(draw('trigger>f1 f1>|s1'), 'f1')).toBe('s1')
    expect([nextOf(SPLIT, 'gone'), previousOf(SPLIT, 'gone')]).toEqual([null, null])
  })

  it('go to the first and the last step', () => {
    expect([firstStep(SPLIT), lastStep(SPLIT)]).toEqual(['trigger', 'x1'])
    expect([firstStep({ steps: [] }), lastStep({ steps: [] })]).toEqual([null, null])
    expect(lastStep(draw('trigger>s1 s1>s2 s2>s1'))).toBe('s2')
  })

  it('come from the trigger to the last step by going down', () => {
    fc.assert(
      fc.property(anyFlow(30), (campaign) => {
        let at = firstStep(campaign)!
        for (let to = nextOf(campaign, at); to !== null; to = nextOf(campaign, at)) {
          expect(previousOf(campaign, to)).not.toBeNull()
          at = to
        }
        expect(at).toBe(lastStep(campaign))
      }),
    )
  })
})

describe('siblings', () => {
  it.each([
    ['s1', null, 'w1'],
    ['s2', null, 'w2'],
    ['s3', null, 'w2'],
    ['w1', 's1', null],
    ['w2', 's2', null],
    ['j1', null, null],
    ['f1', null, null],
    ['trigger', null, null],
  ])('of %s are %s and %s: the steps beside it in the other lanes', (id, left, right) => {
    expect(siblings(SPLIT, id)).toEqual({ left, right })
  })

  it('are none beside an empty lane, and those of the nearest split in nested lanes', () => {
    expect(siblings(draw('trigger>f1 f1>s1|s2 s1>s2'), 's1')).toEqual({ left: null, right: null })
    const nested = draw('trigger>f1 f1>f2|s9 f2>s1|s2')
    expect(siblings(nested, 's2')).toEqual({ left: 's1', right: null })
    expect(siblings(nested, 'f2')).toEqual({ left: null, right: 's9' })
    expect(siblings(nested, 's9')).toEqual({ left: 'f2', right: null })
  })

  it('lead back to the lane one came from', () => {
    fc.assert(
      fc.property(anyFlow(20), fc.nat(100), (campaign, n) => {
        const { id } = campaign.steps[n % campaign.steps.length]!
        for (const beside of Object.values(siblings(campaign, id))) {
          if (beside === null) continue
          expect(beside).not.toBe(id)
          expect(campaign.steps.map((s) => s.id)).toContain(beside)
        }
      }),
    )
  })
})
