import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { flowOf } from './document/document.ts'
import { select } from './draft/actions.ts'
import { type Editor, leadOf } from './draft/store.ts'

const route = getRouteApi('/campaigns/$id')
/** How long a selection rests before it stands in the address, in milliseconds: arrow keys go fast. */
const REST_MS = 300

/** Keeps the chosen step in the address, and chooses the one that an address names. */
export function useAddress(editor: Editor): void {
  const navigate = route.useNavigate()
  const step = route.useSearch({ select: (search) => search.step })
  const told = useRef<string | null | undefined>(undefined)
  useEffect(() => {
    if (told.current !== undefined && (step ?? null) === told.current) return
    told.current = step ?? null
    const { campaign } = editor.getState()
    if (step !== undefined && step !== leadOf(editor.getState()) && flowOf(campaign).steps.has(step))
      select(editor, [step], { focus: true })
  }, [editor, step])
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = editor.subscribe((now, before) => {
      if (now.selected === before.selected) return
      clearTimeout(timer)
      timer = setTimeout(() => {
        const lead = leadOf(now)
        told.current = lead
        void navigate({
          replace: true,
          resetScroll: false,
          search: ({ step: _, ...rest }) => ({ ...rest, ...(lead !== null && { step: lead }) }),
        })
      }, REST_MS)
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [editor, navigate])
}
