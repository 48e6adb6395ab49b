import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { Step } from '../../../db/model/campaign-schema.ts'
import type { Problem } from '../../../db/model/refusal.ts'
import { flowOf } from '../document/document.ts'
import { type Editor, type EditorState, historyOf, leadOf } from './store.ts'

export const EditorContext = createContext<Editor | null>(null)

/** The campaign that stands open; only below an `EditorContext`. */
export function useEditorStore(): Editor {
  const editor = useContext(EditorContext)
  if (!editor) throw new Error('no editor is open here')
  return editor
}

export const useEditor = <T>(select: (state: EditorState) => T): T => useStore(useEditorStore(), select)

/** The step that leads the selection; null when none does. */
export const useLead = (): string | null => useEditor(leadOf)

export const useStep = (id: string | null): Step | undefined =>
  useEditor(({ campaign }) => (id === null ? undefined : flowOf(campaign).steps.get(id)))

const NONE: readonly Problem[] = []
export const useProblems = (id: string): readonly Problem[] => useEditor(({ problems }) => problems.get(id) ?? NONE)

/** What undo and redo would do, by name. */
export function useHistory(): { undo: string | null; redo: string | null } {
  const editor = useEditorStore()
  // the history changes with the document, and only then
  useEditor(({ done }) => done)
  useStore(editor.temporal, ({ pastStates, futureStates }) => pastStates.length * 1_000 + futureStates.length)
  return historyOf(editor)
}
