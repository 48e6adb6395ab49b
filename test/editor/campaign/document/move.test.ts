import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { connect, moveDown, moveLane, moveUp, targetsFor } from '../../../../editor/campaign/document/move.ts'
import { anyFlow, draw, drawn } from '../flows.ts'

const SPLIT = draw('trigger>s0 s0>f1 f1>s1|w1 s1>s2 s2>j1 w1>j1 j1>s9')
const lines = (edit: ReturnType<typeof moveUp>) => drawn(edit?.campaign)

describe('moveUp and moveDown', () => {
  it('let neighbours on a straight line change places', () => {
    const swapped = 'trigger>s0 s0>f1 f1>s2|w1 s2>s1 s1>j1 j1>s9 s9> w1>j1'
    expect([lines(moveDown(SPLIT, 's1')), moveDown(SPLIT, 's1')?.select]).toEqual([swapped, 's1'])
    expect([lines(moveUp(SPLIT, 's2')), moveUp(SPLIT, 's2')?.select]).toEqual([swapped, 's2'])
  })

  it('keep all lines into a join at its place', () => {
    expect(lines(moveDown(SPLIT, 'j1'))).toBe('trigger>s0 s0>f1 f1>s1|w1 s1>s2 s2>s9 s9>j1 j1> w1>s9')
  })

  it('undo each other', () => {
    fc.assert(
      fc.property(anyFlow(20), fc.nat(100), (campaign, n) => {
        const { id } = campaign.steps[n % campaign.steps.length]!
        const down = moveDown(campaign, id)
        if (down) expect(lines(moveUp(down.campaign, id))).toBe(drawn(campaign))
      }),
    )
  })

  it.each([
    ['the trigger', 'trigger'],
    ['a step before a split', 's0'],
    ['a split', 'f1'],
    ['a step before a join', 's2'],
    ['a step at the end', 's9'],
    ['a step that is not there', 'gone'],
  ])('do not move down %s', (_, id) => {
    expect(moveDown(SPLIT, id)).toBeNull()
  })

  it.each([
    ['the trigger', 'trigger'],
    ['the step behind the trigger', 's0'],
    ['a step behind a split', 's1'],
    ['a join', 'j1'],
    ['a step that is not there', 'gone'],
  ])('do not move up %s', (_, id) => {
    expect(moveUp(SPLIT, id)).toBeNull()
  })
})

describe('moveLane', () => {
  it('moves a step to the beginning of the lane beside', () => {
    expect(lines(moveLane(SPLIT, 's2', 'right'))).toBe('trigger>s0 s0>f1 f1>s1|s2 s1>j1 j1>s9 s9> s2>w1 w1>j1')
    expect(lines(moveLane(SPLIT, 'w1', 'left'))).toBe('trigger>s0 s0>f1 f1>w1|j1 w1>s1 s1>s2 s2>j1 j1>s9 s9>')
  })

  it('fills an empty lane and empties a full one', () => {
    expect(lines(moveLane(draw('trigger>f1 f1>s1|'), 's1', 'right'))).toBe('trigger>f1 f1>|s1 s1>')
    expect(lines(moveLane(draw('trigger>f1 f1>x1| x1'), 'x1', 'right'))).toBe('trigger>f1 f1>|x1 x1')
    expect(lines(moveLane(draw('trigger>f1 f1>s1|s2 s1>s2'), 's1', 'right'))).toBe('trigger>f1 f1>s2|s1 s2> s1>s2')
  })

  it('refuses at the edge, outside of lanes, for a split, and for an exit before others', () => {
    expect(moveLane(SPLIT, 's1', 'left')).toBeNull()
    expect(moveLane(SPLIT, 'j1', 'right')).toBeNull()
    expect(moveLane(SPLIT, 'gone', 'right')).toBeNull()
    expect(moveLane(draw('trigger>f1 f1>f2|s1 f2>s2|s3'), 'f2', 'right')).toBeNull()
    expect(moveLane(draw('trigger>f1 f1>x1|s1 x1'), 'x1', 'right')).toBeNull()
  })
})

describe('connect', () => {
  it('leads a line to a step of another lane, so that lanes join', () => {
    const apart = draw('trigger>f1 f1>s1|s2 s1> s2>s3')
    expect(lines(connect(apart, { stepId: 's1', output: 'out' }, 's3'))).toBe('trigger>f1 f1>s1|s2 s1>s3 s3> s2>s3')
  })

  it('drops what only that line led to', () => {
    expect(lines(connect(SPLIT, { stepId: 'f1', output: 'yes' }, 'w1'))).toBe(
      'trigger>s0 s0>f1 f1>w1|w1 w1>j1 j1>s9 s9>',
    )
    expect(lines(connect(SPLIT, { stepId: 'j1', output: 'out' }, null))).toBe(
      'trigger>s0 s0>f1 f1>s1|w1 s1>s2 s2>j1 j1> w1>j1',
    )
  })

  it('refuses a circle, the trigger, steps and ways out that are not there', () => {
    const port = { stepId: 'j1', output: 'out' }
    for (const target of ['f1', 'j1', 's1', 'trigger', 'gone']) expect(connect(SPLIT, port, target)).toBeNull()
    expect(connect(SPLIT, { stepId: 'j1', output: 'no' }, null)).toBeNull()
  })
})

describe('targetsFor', () => {
  it('names the steps that do not lead here', () => {
    expect(targetsFor(SPLIT, 's1')).toEqual(['s2', 'j1', 's9', 'w1'])
    expect(targetsFor(SPLIT, 's9')).toEqual([])
  })
})
