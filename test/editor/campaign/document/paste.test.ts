import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NODES_MAX } from '../../../../db/model/limits.ts'
import { flowOf, linesOf } from '../../../../editor/campaign/document/document.ts'
import { copySteps, pasteSteps } from '../../../../editor/campaign/document/paste.ts'
import { anyFlow, draw, drawn } from '../flows.ts'

const SPLIT = draw('trigger>f1 f1>s1|w1 s1>s2 s2>j1 w1>j1 j1>x1 x1')
const GOAL = draw('trigger>s1 s1>s2')
const paste = (ids: string[], stepId: string, from = SPLIT) =>
  pasteSteps(GOAL, { stepId, output: 'out' }, copySteps(from, ids))
const partOf = (ids: string[]) => drawn({ steps: copySteps(SPLIT, ids) })

describe('copySteps', () => {
  it('leads lines past the steps that were left out, and never takes the trigger', () => {
    expect(partOf(['s1', 'j1'])).toBe('s1>j1 j1>')
    expect(partOf(['trigger', 'f1', 's2', 'j1'])).toBe('f1>s2|j1 s2>j1 j1>')
    expect(partOf(['w1', 's1'])).toBe('s1> w1>')
    expect(partOf(['trigger', 'gone'])).toBe('')
  })

  it('keeps what it does not change as it is', () => {
    expect(copySteps(SPLIT, ['s2', 'j1'])[0]).toBe(flowOf(SPLIT).steps.get('s2'))
  })
})

describe('pasteSteps', () => {
  it.each([
    ['a step on a line', ['w1'], 's1', 'trigger>s1 s1>wait wait>s2 s2>', 'wait'],
    ['steps at the end', ['s1', 's2'], 's2', 'trigger>s1 s1>s2 s2>sms sms>sms-2 sms-2>', 'sms'],
    ['an exit at the end', ['j1', 'x1'], 's2', 'trigger>s1 s1>s2 s2>sms sms>exit exit', 'sms'],
    ['steps before others without their exit', ['j1', 'x1'], 's1', 'trigger>s1 s1>sms sms>s2 s2>', 'sms'],
    ['steps that do not hang together', ['w1', 's1'], 's1', 'trigger>s1 s1>sms sms>wait wait>s2 s2>', 'sms'],
    [
      'steps of two lanes and their join without the split, one lane behind the other',
      ['s1', 'w1', 'j1'],
      's1',
      'trigger>s1 s1>sms sms>wait wait>sms-2 sms-2>s2 s2>',
      'sms',
    ],
    [
      'a split with its lanes; what followed goes on from the first open end',
      ['f1', 's1', 'w1'],
      's1',
      'trigger>s1 s1>filter filter>sms|wait sms>s2 s2> wait>',
      'filter',
    ],
    [
      'lanes that join',
      ['f1', 's1', 'w1', 'j1'],
      's1',
      'trigger>s1 s1>filter filter>sms|wait sms>sms-2 sms-2>s2 s2> wait>sms-2',
      'filter',
    ],
  ])('inserts %s', (_, ids, after, lines, select) => {
    const edit = paste(ids, after)
    expect([drawn(edit?.campaign), edit?.select]).toEqual([lines, select])
  })

  it('keeps the settings of what it pastes', () => {
    const { campaign } = paste(['w1'], 's1')!
    expect(flowOf(campaign).steps.get('wait')).toMatchObject({ kind: 'wait', for: 'PT1H' })
  })

  it('refuses nothing, an exit alone before others, circles, too many, and a line that is not there', () => {
    expect(paste([], 's1')).toBeNull()
    expect(paste(['x1'], 's1')).toBeNull()
    expect(paste(['s1'], 'gone')).toBeNull()
    const port = { stepId: 's2', output: 'out' }
    expect(pasteSteps(GOAL, port, draw('s1>s2 s2>s3 s3>s2').steps)).toBeNull()
    const many = Array.from({ length: NODES_MAX - 2 }, (_, i) => draw(`s${i}>`).steps[1]!)
    expect(pasteSteps(GOAL, port, many)).toBeNull()
    expect(pasteSteps(GOAL, port, many.slice(1))?.campaign.steps).toHaveLength(NODES_MAX)
  })

  it('inserts all that was copied, exits excepted, and loses nothing', () => {
    fc.assert(
      fc.property(anyFlow(15), anyFlow(15), fc.nat(), fc.nat(), (from, to, chosen, at) => {
        const steps = copySteps(
          from,
          from.steps.filter((_, i) => (chosen >> i) % 2 === 1).map((s) => s.id),
        )
        const lines = linesOf(to)
        const line = lines[at % lines.length]!
        const edit = pasteSteps(to, { stepId: line.from, output: line.output }, steps)
        const stay = steps.filter((s) => s.kind !== 'exit').length
        if (!edit) {
          expect(stay).toBe(0)
          return
        }
        expect(edit.campaign.steps.length).toBeGreaterThanOrEqual(to.steps.length + stay)
        expect(edit.campaign.steps.map((s) => s.id)).toEqual(expect.arrayContaining(to.steps.map((s) => s.id)))
      }),
      { numRuns: 300 },
    )
  })
})
