import { describe, expect, it } from 'vitest'
import { NOTE_MAX, STEP_TITLE_MAX } from '../../../../db/model/limits.ts'
import { flowOf } from '../../../../editor/campaign/document/document.ts'
import { renameStep, setNote, toggleDisabled, updateStep } from '../../../../editor/campaign/document/settings.ts'
import { draw, frozen } from '../flows.ts'

const CAMPAIGN = frozen(draw('trigger>s1 s1>w1 w1>x1 x1'))
const stepOf = (edit: ReturnType<typeof updateStep>, id: string) => edit && flowOf(edit.campaign).steps.get(id)

describe('updateStep', () => {
  it('changes settings of one step and leaves the others as they are', () => {
    const edit = updateStep<'wait'>(CAMPAIGN, 'w1', { for: 'P1D' })
    expect(stepOf(edit, 'w1')).toEqual({ id: 'w1', kind: 'wait', for: 'P1D', next: { out: 'x1' } })
    for (const id of ['trigger', 's1', 'x1']) expect(stepOf(edit, id)).toBe(flowOf(CAMPAIGN).steps.get(id))
    expect(edit?.select).toBe('w1')
  })

  it('answers the same document when nothing changes, and null when there is no such step', () => {
    expect(updateStep<'wait'>(CAMPAIGN, 'w1', { for: 'PT1H', note: undefined })?.campaign).toBe(CAMPAIGN)
    expect(updateStep(CAMPAIGN, 'gone', { title: 'x' })).toBeNull()
  })
})

describe('renameStep', () => {
  it('gives a title of its own, and takes it away again', () => {
    const named = renameStep(CAMPAIGN, 's1', '  Thanks ')!
    expect(stepOf(named, 's1')?.title).toBe('Thanks')
    expect(stepOf(renameStep(named.campaign, 's1', ' '), 's1')).toEqual(flowOf(CAMPAIGN).steps.get('s1'))
    expect(stepOf(renameStep(CAMPAIGN, 's1', 'x'.repeat(500)), 's1')?.title).toHaveLength(STEP_TITLE_MAX)
  })
})

describe('setNote', () => {
  it('writes a note, and takes it away again', () => {
    const noted = setNote(CAMPAIGN, 's1', 'Ask Anna')!
    expect(stepOf(noted, 's1')?.note).toBe('Ask Anna')
    expect(stepOf(setNote(noted.campaign, 's1', ''), 's1')).toEqual(flowOf(CAMPAIGN).steps.get('s1'))
    expect(stepOf(setNote(CAMPAIGN, 's1', 'x'.repeat(5_000)), 's1')?.note).toHaveLength(NOTE_MAX)
  })
})

describe('toggleDisabled', () => {
  it('switches a step off and on again', () => {
    const off = toggleDisabled(CAMPAIGN, 's1')!
    expect(stepOf(off, 's1')?.disabled).toBe(true)
    expect(stepOf(toggleDisabled(off.campaign, 's1'), 's1')).toEqual(flowOf(CAMPAIGN).steps.get('s1'))
  })

  it('refuses the trigger, an exit, and a step that is not there', () => {
    for (const id of ['trigger', 'x1', 'gone']) expect(toggleDisabled(CAMPAIGN, id)).toBeNull()
  })
})
