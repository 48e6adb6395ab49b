import { useEffect } from 'react'

/** Gives the focus back, when a dialog is gone, to what had it before: for dialogs that are not there while closed. */
export function useFocusBack(): void {
  useEffect(() => {
    const from = document.activeElement
    return () => {
      if (!(from instanceof HTMLElement) || from === document.body) return
      // unless something has it by then, as the step that the dialog led to
      requestAnimationFrame(() => document.activeElement === document.body && from.focus())
    }
  }, [])
}
