/** Where a key works: on the canvas alone, or anywhere in the editor but in fields, menus and dialogs. */
type Place = 'canvas' | 'editor'
type Group = 'walk' | 'change' | 'history' | 'see'

interface KeyRow {
  /** As `chordOf` tells them; the first is shown. */
  keys: readonly string[]
  place: Place
  group: Group
  /** Whether the browser's own event for it does the work; the row is there to be read. */
  isNative?: true
}

/** Every key of the editor. One table feeds the handler and the list that `?` opens. */
export const KEYS = {
  next: { keys: ['arrowdown'], place: 'canvas', group: 'walk' },
  previous: { keys: ['arrowup'], place: 'canvas', group: 'walk' },
  left: { keys: ['arrowleft'], place: 'canvas', group: 'walk' },
  right: { keys: ['arrowright'], place: 'canvas', group: 'walk' },
  first: { keys: ['home'], place: 'canvas', group: 'walk' },
  last: { keys: ['end'], place: 'canvas', group: 'walk' },
  openPanel: { keys: ['enter', 'space'], place: 'canvas', group: 'walk' },
  back: { keys: ['escape'], place: 'editor', group: 'walk' },
  find: { keys: ['mod+f'], place: 'editor', group: 'walk' },
  extend: { keys: ['shift+arrowdown'], place: 'canvas', group: 'walk' },
  selectAll: { keys: ['mod+a'], place: 'canvas', group: 'walk' },
  addAfter: { keys: ['a', '+'], place: 'canvas', group: 'change' },
  addBefore: { keys: ['shift+a'], place: 'canvas', group: 'change' },
  moveUp: { keys: ['alt+arrowup'], place: 'canvas', group: 'change' },
  moveDown: { keys: ['alt+arrowdown'], place: 'canvas', group: 'change' },
  moveLeft: { keys: ['alt+arrowleft'], place: 'canvas', group: 'change' },
  moveRight: { keys: ['alt+arrowright'], place: 'canvas', group: 'change' },
  remove: { keys: ['delete', 'backspace'], place: 'canvas', group: 'change' },
  rename: { keys: ['f2'], place: 'canvas', group: 'change' },
  note: { keys: ['n'], place: 'canvas', group: 'change' },
  toggle: { keys: ['e'], place: 'canvas', group: 'change' },
  duplicate: { keys: ['mod+d'], place: 'canvas', group: 'change' },
  copy: { keys: ['mod+c'], place: 'canvas', group: 'change', isNative: true },
  cut: { keys: ['mod+x'], place: 'canvas', group: 'change', isNative: true },
  paste: { keys: ['mod+v'], place: 'canvas', group: 'change', isNative: true },
  undo: { keys: ['mod+z'], place: 'editor', group: 'history' },
  redo: { keys: ['mod+shift+z', 'mod+y'], place: 'editor', group: 'history' },
  save: { keys: ['mod+s'], place: 'editor', group: 'history' },
  publish: { keys: ['mod+shift+p'], place: 'editor', group: 'history' },
  fit: { keys: ['1'], place: 'editor', group: 'see' },
  full: { keys: ['0'], place: 'editor', group: 'see' },
  zoomIn: { keys: ['='], place: 'editor', group: 'see' },
  zoomOut: { keys: ['-'], place: 'editor', group: 'see' },
  outline: { keys: ['o'], place: 'editor', group: 'see' },
  minimap: { keys: ['m'], place: 'editor', group: 'see' },
  help: { keys: ['?'], place: 'editor', group: 'see' },
} as const satisfies Record<string, KeyRow>
export type Command = keyof typeof KEYS

export const KEY_GROUPS = ['walk', 'change', 'history', 'see'] as const satisfies readonly Group[]
export const COMMANDS = Object.keys(KEYS) as Command[]

/** What works in a campaign that is only looked at. */
const READING: readonly Group[] = ['walk', 'see']
export const isReading = (command: Command): boolean => READING.includes(KEYS[command].group)

const BY_CHORD = new Map<string, Command>(
  COMMANDS.flatMap((command) => KEYS[command].keys.map((chord) => [chord, command] as const)),
)

export type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>

/**
 * A press as text: `mod+shift+z`. Mod is Ctrl, and ⌘ on a Mac. Letters are those of the key where another alphabet is
 * typed; Shift is not told where it only makes the sign.
 */
export function chordOf({ key, code, ctrlKey, metaKey, shiftKey, altKey }: Pressed): string {
  const letter = /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase()
  const name = key === ' ' ? 'space' : key.toLowerCase()
  const sign = letter !== undefined && !/^[a-z]$/.test(name) ? letter : name
  const isSign = sign.length === 1 && !/[a-z]/.test(sign)
  return [(ctrlKey || metaKey) && 'mod', altKey && 'alt', shiftKey && !isSign && 'shift', sign]
    .filter(Boolean)
    .join('+')
}

/** The command of a press; undefined for any other key. */
export const commandOf = (pressed: Pressed): Command | undefined => BY_CHORD.get(chordOf(pressed))

const SIGNS: Record<string, string> = {
  mod: 'Ctrl',
  alt: 'Alt',
  shift: 'Shift',
  arrowdown: '↓',
  arrowup: '↑',
  arrowleft: '←',
  arrowright: '→',
  escape: 'Esc',
  delete: 'Del',
}
/** The parts of a chord as they stand on keys: Ctrl, Shift, Z. */
export const capsOf = (chord: string): string[] =>
  chord.split(/(?<=.)\+/).map((part) => SIGNS[part] ?? part.charAt(0).toUpperCase() + part.slice(1))

/** The first chord of a command as a text for tooltips: `Ctrl+Z`. */
export const hintOf = (command: Command): string => capsOf(KEYS[command].keys[0]).join('+')
