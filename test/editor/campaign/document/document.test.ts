import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Step } from '../../../../db/model/campaign-schema.ts'
import { downstream, flowOf, heldBy, joinOf, lanesOf, linesOf } from '../../../../editor/campaign/document/document.ts'
import { anyFlow, draw, frozen } from '../flows.ts'

const SPLIT = 'trigger>f1 f1>s1|w1 s1>s2 s2>j1 w1>j1 j1>'

describe('flowOf', () => {
  it('tells all lines in reading order: along yes to its end, then along no', () => {
    const lines = linesOf(draw(SPLIT)).map(({ from, output, to }) => `${from} ${output} ${to}`)
    expect(lines).toEqual([
      'trigger out f1',
      'f1 yes s1',
      'f1 no w1',
      's1 out s2',
      's2 out j1',
      'j1 out null',
      'w1 out j1',
    ])
    expect(flowOf(draw(SPLIT)).order).toEqual(['trigger', 'f1', 's1', 's2', 'j1', 'w1'])
  })

  it('keeps the order of branches when the store sorted their names', () => {
    const stored = draw('trigger>f1 f1>s1|s2')
    const step = { ...stored.steps[1]!, next: { no: 's2', yes: 's1' } } as Step
    expect(linesOf({ steps: stored.steps.map((s) => (s.id === 'f1' ? step : s)) })[1]).toEqual({
      from: 'f1',
      output: 'yes',
      to: 's1',
    })
  })

  it('puts every step behind all that lead to it, and reads a document once', () => {
    fc.assert(
      fc.property(anyFlow(40), (campaign) => {
        const flow = flowOf(frozen(campaign))
        const place = new Map(flow.downwards.map((id, i) => [id, i]))
        expect([...flow.downwards].sort()).toEqual([...flow.order].sort())
        for (const { from, to } of linesOf(campaign)) if (to) expect(place.get(from)).toBeLessThan(place.get(to)!)
        expect(flowOf(campaign)).toBe(flow)
      }),
    )
  })

  it('reads lines to nowhere as ends, circles, doubles and steps of other releases', () => {
    const unknown = { id: 'u', kind: 'send_fax', next: { done: 's1', failed: 'gone', busy: null } }
    const { steps } = draw('trigger>s1 s1>s1')
    const campaign = { steps: [...steps, JSON.parse(JSON.stringify(unknown)) as Step] }
    expect(linesOf(campaign)).toEqual([
      { from: 'trigger', output: 'out', to: 's1' },
      { from: 's1', output: 'out', to: 's1' },
      { from: 'u', output: 'done', to: 's1' },
      { from: 'u', output: 'failed', to: null },
      { from: 'u', output: 'busy', to: null },
    ])
    expect(linesOf({ steps: [] })).toEqual([])
  })
})

describe('downstream', () => {
  it('names what may still follow, without the step itself', () => {
    expect(downstream(draw(SPLIT), 'f1')).toEqual(['s1', 's2', 'j1', 'w1'])
    expect(downstream(draw(SPLIT), 'w1')).toEqual(['j1'])
    expect(downstream(draw(SPLIT), 'gone')).toEqual([])
  })
})

describe('lanesOf', () => {
  it('counts for each lane what it holds alone, not what follows where lanes join', () => {
    expect(lanesOf(draw(SPLIT), 'f1')).toEqual([
      { output: 'yes', stepIds: ['s1', 's2'] },
      { output: 'no', stepIds: ['w1'] },
    ])
    expect(lanesOf(draw('trigger>f1 f1>s1| s1>x1 x1'), 'f1')).toEqual([
      { output: 'yes', stepIds: ['s1', 'x1'] },
      { output: 'no', stepIds: [] },
    ])
  })

  it('is empty for steps with one way out', () => {
    expect(lanesOf(draw(SPLIT), 's1')).toEqual([])
    expect(lanesOf(draw(SPLIT), 'gone')).toEqual([])
  })
})

describe('heldBy', () => {
  it('names what would vanish if the line ended', () => {
    expect(heldBy(draw(SPLIT), { stepId: 'trigger', output: 'out' })).toEqual(['f1', 's1', 's2', 'j1', 'w1'])
    expect(heldBy(draw(SPLIT), { stepId: 's2', output: 'out' })).toEqual([])
    expect(heldBy(draw(SPLIT), { stepId: 'j1', output: 'out' })).toEqual([])
  })
})

describe('joinOf', () => {
  it.each([
    ['where both lanes come together', SPLIT, 'j1'],
    ['where an empty lane goes on', 'trigger>f1 f1>s1|s2 s1>s2', 's2'],
    ['the first of several', 'trigger>f1 f1>s1|s2 s1>s3 s2>s3 s3>s4', 's3'],
    ['nothing when a lane ends', 'trigger>f1 f1>s1| s1>s2', null],
    ['nothing when lanes never meet', 'trigger>f1 f1>s1|s2', null],
  ])('names %s', (_, lines, join) => {
    expect(joinOf(flowOf(draw(lines)), 'f1')).toBe(join)
  })
})
