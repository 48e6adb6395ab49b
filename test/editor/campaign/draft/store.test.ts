import { describe, expect, it } from 'vitest'
import { add, remove, rename, set, travel, write } from '../../../../editor/campaign/draft/actions.ts'
import {
  change,
  createEditor,
  historyOf,
  replace,
  TYPING_PAUSE_MS,
  type,
} from '../../../../editor/campaign/draft/store.ts'
import { draw } from '../flows.ts'

const opened = (flow = 'trigger>w1 w1>s1 s1>') => createEditor({ name: 'Thanks', campaign: draw(flow) })
const idsOf = (editor: ReturnType<typeof opened>) => editor.getState().campaign.steps.map((step) => step.id)

describe('the history', () => {
  it('names what undo takes back and redo does again', () => {
    const editor = opened()
    expect(historyOf(editor)).toEqual({ undo: null, redo: null })
    add(editor, { stepId: 'w1', output: 'out' }, 'wait')
    expect(historyOf(editor)).toEqual({ undo: 'Add Wait', redo: null })
    editor.setState({ selected: ['s1'] })
    remove(editor)
    expect(historyOf(editor)).toEqual({ undo: 'Delete Send SMS', redo: null })
    travel(editor, 'undo')
    expect(historyOf(editor)).toEqual({ undo: 'Add Wait', redo: 'Delete Send SMS' })
  })

  it('brings back the very same document', () => {
    const editor = opened()
    const before = editor.getState().campaign
    add(editor, { stepId: 'w1', output: 'out' }, 'wait')
    travel(editor, 'undo')
    expect(editor.getState().campaign).toBe(before)
  })

  it('knows nothing of what is selected or open', () => {
    const editor = opened()
    editor.setState({ selected: ['s1'], isPanelOpen: true, dialog: 'find', announced: 'x' })
    expect(historyOf(editor)).toEqual({ undo: null, redo: null })
  })

  it('takes a name back too', () => {
    const editor = opened()
    rename(editor, 'Thank you')
    rename(editor, '   ')
    expect(editor.getState().name).toBe('Thank you')
    travel(editor, 'undo')
    expect(editor.getState().name).toBe('Thanks')
  })

  it('makes no entry of what changes nothing', () => {
    const editor = opened()
    set(editor, 'w1', { disabled: undefined })
    expect(change(editor, 'Nothing', { name: 'Thanks' })).toBe(false)
    expect(historyOf(editor).undo).toBeNull()
  })

  it('begins anew with another document', () => {
    const editor = opened()
    rename(editor, 'Thank you')
    replace(editor, { name: 'Theirs', campaign: draw('trigger>') })
    expect(historyOf(editor)).toEqual({ undo: null, redo: null })
  })
})

describe('typing', () => {
  const typed = (editor: ReturnType<typeof opened>, texts: [name: string, atMs: number][]) => {
    for (const [name, atMs] of texts) type(editor, 'field', 'Edit', { name }, atMs)
  }

  it('is one entry until somebody pauses', () => {
    const editor = opened()
    typed(editor, [
      ['a', 0],
      ['ab', TYPING_PAUSE_MS - 1],
      ['abc', 2 * TYPING_PAUSE_MS - 2],
    ])
    expect(editor.temporal.getState().pastStates).toHaveLength(1)
    travel(editor, 'undo')
    expect(editor.getState().name).toBe('Thanks')
  })

  it('is another entry after a pause, in another field, and after anything else', () => {
    const editor = opened()
    typed(editor, [
      ['a', 0],
      ['ab', TYPING_PAUSE_MS],
    ])
    expect(editor.temporal.getState().pastStates).toHaveLength(2)
    type(editor, 'other', 'Edit', { name: 'abc' }, TYPING_PAUSE_MS + 1)
    expect(editor.temporal.getState().pastStates).toHaveLength(3)
    rename(editor, 'Z')
    typed(editor, [['Zz', TYPING_PAUSE_MS + 2]])
    expect(editor.temporal.getState().pastStates).toHaveLength(5)
  })

  it('keeps what can be done again out of reach once it went on', () => {
    const editor = opened()
    typed(editor, [['a', 0]])
    travel(editor, 'undo')
    typed(editor, [['b', 1]])
    expect(historyOf(editor)).toEqual({ undo: 'Edit', redo: null })
    travel(editor, 'undo')
    expect(editor.getState().name).toBe('Thanks')
  })
})

describe('the selection', () => {
  it('goes to the step above when what was chosen is undone', () => {
    const editor = opened()
    add(editor, { stepId: 'w1', output: 'out' }, 'wait')
    expect(editor.getState().selected).toEqual(['wait'])
    editor.temporal.getState().undo()
    expect(editor.getState().selected).toEqual(['w1'])
  })

  it('comes to the step that undo brought back', () => {
    const editor = opened()
    editor.setState({ selected: ['w1'] })
    remove(editor)
    expect(idsOf(editor)).toEqual(['trigger', 's1'])
    travel(editor, 'undo')
    expect(editor.getState().selected).toEqual(['w1'])
  })
})

describe('a campaign that is only looked at', () => {
  it('does not change, whatever is tried', () => {
    const editor = createEditor({ name: 'Live', campaign: draw('trigger>w1 w1>') }, { isReadOnly: true })
    const before = editor.getState().campaign
    editor.setState({ selected: ['w1'] })
    add(editor, { stepId: 'w1', output: 'out' }, 'wait')
    remove(editor)
    rename(editor, 'Other')
    write(editor, 'w1', 'for', { for: 'PT1H' })
    travel(editor, 'undo')
    expect(editor.getState()).toMatchObject({ campaign: before, name: 'Live' })
  })
})
