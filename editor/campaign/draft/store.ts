import { temporal } from 'zundo'
import { createStore } from 'zustand/vanilla'
import type { Campaign } from '../../../db/model/campaign-schema.ts'
import type { Problem } from '../../../db/model/refusal.ts'
import { repaired } from './selection.ts'

/** What is edited, saved, undone and redone. */
export interface Doc {
  name: string
  campaign: Campaign
}

/** Where the one menu of steps stands open: at a line, in pixels of the window. */
export interface AddMenu {
  stepId: string
  /** The way out the step is added to; null adds it before `stepId`. */
  output: string | null
  x: number
  y: number
}

/** What commands may ask of the canvas. */
export interface View {
  fit(): void
  zoom(to: 'in' | 'out' | 'full'): void
  /** Brings a step into view. */
  show(stepId: string): void
  /** Brings a step into view and the keyboard to it. */
  focus(stepId: string): void
  /** Where a step stands in the window, in pixels; null when it is not drawn. */
  boxOf(stepId: string): DOMRect | null
}

export interface EditorState extends Doc {
  /** What led to this document, as undo names it; null as it was opened. */
  done: string | null
  /** The field being typed into, and when last: what is typed on is one entry of the history. */
  typing: { field: string; atMs: number } | null
  /** Ids, the one that leads last. */
  selected: readonly string[]
  /** Whether the panel stands open where it covers the canvas. */
  isPanelOpen: boolean
  menu: AddMenu | null
  dialog: 'keys' | 'find' | 'checklist' | 'split' | null
  hasOutline: boolean
  hasMinimap: boolean
  /** What a screen reader is told next. */
  announced: string
  /** What keeps each step from being published, by its id; fields are below the step. */
  problems: ReadonlyMap<string, readonly Problem[]>
  view: View | null
  isReadOnly: boolean
}

type Tracked = Doc & Pick<EditorState, 'done'>

/** Entries of the history that are kept. */
const UNDO_MAX = 200
/** A field typed into again within this time goes on with its entry of the history. */
export const TYPING_PAUSE_MS = 800

/** One opened campaign. The history holds documents alone: what is selected or open is no part of it. */
export function createEditor(doc: Doc, { isReadOnly = false } = {}) {
  const store = createStore<EditorState>()(
    temporal<EditorState, [], [], Tracked>(() => ({ ...CLOSED, ...doc, isReadOnly }), {
      limit: UNDO_MAX,
      partialize: ({ name, campaign, done }) => ({ name, campaign, done }),
      equality: isSameDoc,
    }),
  )
  // the one place: undo, redo, another's draft and every action may take away what is selected
  store.subscribe((now, before) => {
    if (now.campaign === before.campaign) return
    const selected = repaired(before.campaign, now.campaign, now.selected)
    if (selected !== now.selected) store.setState({ selected })
  })
  return store
}
export type Editor = ReturnType<typeof createEditor>

const CLOSED = {
  done: null,
  typing: null,
  selected: [],
  isPanelOpen: false,
  menu: null,
  dialog: null,
  hasOutline: false,
  hasMinimap: false,
  announced: '',
  problems: new Map(),
  view: null,
} satisfies Partial<EditorState>

const isSameDoc = (a: Doc, b: Doc): boolean => a.name === b.name && a.campaign === b.campaign

/** The step that keys and the panel mean. */
export const leadOf = ({ selected }: Pick<EditorState, 'selected'>): string | null => selected.at(-1) ?? null

/** Changes the document as one entry of the history with a name. Same document: nothing. */
export function change(editor: Editor, done: string, to: Partial<Doc>): boolean {
  const now = editor.getState()
  if (now.isReadOnly || isSameDoc(now, { ...now, ...to })) return false
  editor.setState({ ...to, done, typing: null })
  return true
}

/** Changes the document while somebody types into a field: until they pause it is one entry of the history. */
export function type(editor: Editor, field: string, done: string, to: Partial<Doc>, atMs: number): void {
  const now = editor.getState()
  if (now.isReadOnly || isSameDoc(now, { ...now, ...to })) return
  const goesOn = now.typing?.field === field && atMs - now.typing.atMs < TYPING_PAUSE_MS
  const history = editor.temporal.getState()
  if (goesOn) history.pause()
  editor.setState({ ...to, done, typing: { field, atMs } })
  history.resume()
}

/** Puts another document in place; the history begins anew. */
export function replace(editor: Editor, doc: Doc): void {
  editor.setState({ ...doc, done: null, typing: null })
  editor.temporal.getState().clear()
}

/** The name of what undo takes back and redo does again; null when there is nothing. */
export function historyOf(editor: Editor): { undo: string | null; redo: string | null } {
  const { pastStates, futureStates } = editor.temporal.getState()
  return {
    undo: pastStates.length > 0 ? editor.getState().done : null,
    redo: futureStates.at(-1)?.done ?? null,
  }
}
