import { VisuallyHidden } from '@mantine/core'
import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react'
import { select } from './draft/actions.ts'
import { useEditor, useEditorStore } from './draft/use-editor.ts'
import classes from './editor.module.css'
import { Guarded } from './guarded.tsx'

const OutlineTree = lazy(() => import('./outline/tree.tsx'))
const KeyHelp = lazy(() => import('./keys/help.tsx'))
const FindDialog = lazy(() => import('./keys/find-dialog.tsx'))

/** Outline, canvas and panel beside each other, and what may stand over them. */
export function Workspace({ children }: { children: ReactNode }) {
  const editor = useEditorStore()
  const hasOutline = useEditor((state) => state.hasOutline)
  const dialog = useEditor((state) => state.dialog)
  const opener = useRef<Element | null>(null)
  useEffect(
    () =>
      editor.subscribe((now, before) => {
        if (now.dialog !== null && before.dialog === null) opener.current = document.activeElement
      }),
    [editor],
  )
  const close = () => {
    editor.setState({ dialog: null })
    if (opener.current instanceof HTMLElement) opener.current.focus({ preventScroll: true })
  }
  return (
    <div className={classes.body} data-outline={hasOutline}>
      {hasOutline && (
        <Guarded>
          <Suspense fallback={<div className={classes.outline} />}>
            <OutlineTree />
          </Suspense>
        </Guarded>
      )}
      {children}
      <Announcer />
      <Suspense>
        {dialog === 'keys' && <KeyHelp onClose={close} />}
        {dialog === 'find' && (
          <FindDialog
            onClose={close}
            onFound={(id) => {
              close()
              select(editor, [id], { focus: true })
            }}
          />
        )}
      </Suspense>
    </div>
  )
}

/** Says what happened to those who do not see it. */
function Announcer() {
  const words = useEditor((state) => state.announced)
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {words}
    </VisuallyHidden>
  )
}
