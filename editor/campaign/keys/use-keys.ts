import { type RefObject, useEffect } from 'react'
import { fromClipboard } from '../document/clipboard.ts'
import { copied, paste } from '../draft/actions.ts'
import type { Editor } from '../draft/store.ts'
import { COMMAND_WORK, type Surroundings } from './commands.ts'
import { commandOf, isReading, KEYS } from './keys.ts'

/** What stands over the page or has keys of its own. */
const OTHERS = '[role=dialog],[role=menu],[role=listbox],[data-own-keys]'
const FIELDS = 'input,textarea,select,[contenteditable=true]'
/** Parts of the canvas that answer Enter and letters themselves. */
const CONTROLS = 'button,a,[role=radio],summary'

type Around = RefObject<Surroundings>

/**
 * Gives the editor its keys. They are heard on the window, for a card that leaves the view takes the focus with it to
 * the body, where the editor would hear nothing.
 */
export function useKeys(editor: Editor, around: Around): void {
  useEffect(() => {
    // a list that Escape closes is closed by the time the press comes here
    let wasExpanded = false
    const notice = ({ target }: KeyboardEvent) => {
      wasExpanded = target instanceof Element && target.getAttribute('aria-expanded') === 'true'
    }
    const press = (event: KeyboardEvent) => {
      if (!wasExpanded || event.key !== 'Escape') onKey(editor, around, event)
    }
    const copy = (event: ClipboardEvent) => onCopy(editor, around, event)
    const insert = (event: ClipboardEvent) => onPaste(editor, event)
    window.addEventListener('keydown', notice, true)
    window.addEventListener('keydown', press)
    window.addEventListener('copy', copy)
    window.addEventListener('cut', copy)
    window.addEventListener('paste', insert)
    return () => {
      window.removeEventListener('keydown', notice, true)
      window.removeEventListener('keydown', press)
      window.removeEventListener('copy', copy)
      window.removeEventListener('cut', copy)
      window.removeEventListener('paste', insert)
    }
  }, [editor, around])
}

function onKey(editor: Editor, around: Around, event: KeyboardEvent): void {
  const command = event.defaultPrevented || event.isComposing ? undefined : commandOf(event)
  if (command === undefined) return
  const { place, ...row } = KEYS[command]
  const isAnywhere = command === 'save'
  if ('isNative' in row || (!isAnywhere && !hears(event.target, place, command === 'back'))) return
  event.preventDefault()
  if (editor.getState().isReadOnly && !isReading(command)) return
  COMMAND_WORK[command](editor, around.current)
}

/** Whether a key pressed there is meant for the editor: not for a field, a menu or a button. */
function hears(target: EventTarget | null, place: 'canvas' | 'editor', isEscape: boolean): boolean {
  if (!(target instanceof Element) || target.closest(OTHERS)) return false
  if (isEscape) return isInEditor(target)
  if (target.closest(FIELDS)) return false
  return place === 'canvas' ? isOnCanvas(target) : isInEditor(target)
}

const isOnCanvas = (target: Element): boolean =>
  target === document.body ||
  (target.closest('[data-canvas],[role=tree]') !== null && target.closest(CONTROLS) === null)
const isInEditor = (target: Element): boolean => target === document.body || target.closest('[data-editor]') !== null

/** Browsers keep what is copied by themselves away from a page that asks; this works where they do. */
let lastCopied: string | null = null

const isForCanvas = ({ target, defaultPrevented }: Event): boolean =>
  !defaultPrevented && target instanceof Element && hears(target, 'canvas', false)

function onCopy(editor: Editor, around: Around, event: ClipboardEvent): void {
  const isTextChosen = (document.getSelection()?.toString() ?? '') !== ''
  const text = isTextChosen || !isForCanvas(event) ? null : copied(editor)
  if (text === null) return
  event.preventDefault()
  event.clipboardData?.setData('text/plain', text)
  lastCopied = text
  if (event.type === 'cut' && !editor.getState().isReadOnly) around.current.remove()
}

function onPaste(editor: Editor, event: ClipboardEvent): void {
  if (!isForCanvas(event) || editor.getState().isReadOnly) return
  const steps = fromClipboard(event.clipboardData?.getData('text/plain') || (lastCopied ?? ''))
  if (!steps) return
  event.preventDefault()
  paste(editor, steps)
}
