import { describe, expect, it } from 'vitest'
import { COMMAND_WORK } from '../../../../editor/campaign/keys/commands.ts'
import {
  COMMANDS,
  capsOf,
  chordOf,
  commandOf,
  hintOf,
  KEYS,
  type Pressed,
} from '../../../../editor/campaign/keys/keys.ts'

const press = (key: string, more: Partial<Pressed> = {}): Pressed => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...more,
})

describe('chordOf', () => {
  it.each<[string, Pressed, string]>([
    ['a letter', press('a', { code: 'KeyA' }), 'a'],
    ['a capital', press('A', { code: 'KeyA', shiftKey: true }), 'shift+a'],
    ['Ctrl', press('z', { code: 'KeyZ', ctrlKey: true }), 'mod+z'],
    ['⌘ of a Mac', press('z', { code: 'KeyZ', metaKey: true }), 'mod+z'],
    ['two together', press('Z', { code: 'KeyZ', ctrlKey: true, shiftKey: true }), 'mod+shift+z'],
    ['an arrow', press('ArrowUp', { altKey: true }), 'alt+arrowup'],
    ['a sign that needs Shift', press('?', { code: 'Slash', shiftKey: true }), '?'],
    ['the space bar', press(' ', { code: 'Space' }), 'space'],
    ['the letter of the key under another alphabet', press('ф', { code: 'KeyA' }), 'a'],
    ['the letter under another alphabet with Ctrl', press('я', { code: 'KeyZ', ctrlKey: true }), 'mod+z'],
    ['the letter that was typed on another Latin layout', press('a', { code: 'KeyQ' }), 'a'],
  ])('reads %s', (_, pressed, chord) => {
    expect(chordOf(pressed)).toBe(chord)
  })
})

describe('the keys', () => {
  it('give each chord to one command', () => {
    const chords = COMMANDS.flatMap((command) => [...KEYS[command].keys])
    expect(new Set(chords).size).toBe(chords.length)
  })

  it('do something, each of them', () => {
    expect(Object.keys(COMMAND_WORK).sort()).toEqual([...COMMANDS].sort())
  })

  it('are found by what is pressed, and others are not ours', () => {
    expect(commandOf(press('y', { code: 'KeyY', ctrlKey: true }))).toBe('redo')
    expect(commandOf(press('+', { code: 'Equal', shiftKey: true }))).toBe('addAfter')
    expect(commandOf(press('k', { code: 'KeyK', ctrlKey: true }))).toBeUndefined()
    expect(commandOf(press('q'))).toBeUndefined()
  })

  it('are shown as they stand on a keyboard', () => {
    expect(capsOf('mod+shift+z')).toEqual(['Ctrl', 'Shift', 'Z'])
    expect(capsOf('+')).toEqual(['+'])
    expect(hintOf('moveUp')).toBe('Alt+↑')
  })
})
