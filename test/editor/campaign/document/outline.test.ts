import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flowOf } from '../../../../editor/campaign/document/document.ts'
import { type OutlineStep, outlineOf } from '../../../../editor/campaign/document/outline.ts'
import { anyFlow, anyTree, draw } from '../flows.ts'

/** The outline in a line: `f1[yes: s1 ~j1; no: ] j1`, where ~ says what a lane goes on with. */
const told = (steps: OutlineStep[]): string =>
  steps
    .map(({ stepId, lanes }) => {
      const inner = lanes.map((lane) => {
        const goesOn = lane.goesOnWith === null ? [] : [`~${lane.goesOnWith}`]
        return `${lane.output}: ${[told(lane.steps), ...goesOn].filter(Boolean).join(' ')}`
      })
      return inner.length > 0 ? `${stepId}[${inner.join('; ')}]` : stepId
    })
    .join(' ')

const ids = (steps: OutlineStep[]): string[] =>
  steps.flatMap(({ stepId, lanes }) => [stepId, ...lanes.flatMap((lane) => ids(lane.steps))])

describe('outlineOf', () => {
  it.each([
    ['a straight line', 'trigger>s1 s1>x1 x1', 'trigger s1 x1'],
    ['lanes that join', 'trigger>f1 f1>s1|w1 s1>j1 w1>j1 j1>', 'trigger f1[yes: s1 ~j1; no: w1 ~j1] j1'],
    ['lanes that end', 'trigger>f1 f1>s1| s1>', 'trigger f1[yes: s1; no: ]'],
    ['an empty lane that joins', 'trigger>f1 f1>s1|j1 s1>j1', 'trigger f1[yes: s1 ~j1; no: ~j1] j1'],
    [
      'splits in splits',
      'trigger>f1 f1>f2|j2 f2>s1|s2 s1>j1 s2>j1 j1>j2',
      'trigger f1[yes: f2[yes: s1 ~j1; no: s2 ~j1] j1 ~j2; no: ~j2] j2',
    ],
    [
      'a lane into the middle of another',
      'trigger>f1 f1>s1|s3 s1>f2 f2>s2|s3 s2>',
      'trigger f1[yes: s1 f2[yes: s2; no: ~s3]; no: ~s3] s3',
    ],
    ['a step that nobody reaches', 'trigger>s1 lost>s1', 'trigger s1 lost'],
    ['a circle', 'trigger>s1 s1>s2 s2>s1', 'trigger s1 s2'],
  ])('nests %s', (_, lines, outline) => {
    expect(told(outlineOf(draw(lines)))).toBe(outline)
  })

  it('of an empty campaign is empty', () => {
    expect(outlineOf({ steps: [] })).toEqual([])
  })

  it('has every step once, and says where each lane goes on', () => {
    fc.assert(
      fc.property(fc.oneof(anyTree, anyFlow(40)), (campaign) => {
        const outline = outlineOf(campaign)
        expect(ids(outline).sort()).toEqual([...flowOf(campaign).order].sort())
        check(outline)
        function check(steps: OutlineStep[]): void {
          for (const { stepId, lanes } of steps) {
            for (const { output, steps: inner, goesOnWith } of lanes) {
              const line = flowOf(campaign)
                .from.get(stepId)!
                .find((l) => l.output === output)!
              expect(inner[0]?.stepId ?? goesOnWith).toBe(line.to)
              check(inner)
            }
          }
        }
      }),
      { numRuns: 300 },
    )
  })
})
