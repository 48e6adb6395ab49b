import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Problem } from '../../../db/model/refusal.ts'
import type { Status } from '../../../db/model/status.ts'
import { segmentNamesQuery } from '../../segments/queries.ts'
import type { StatusName } from '../list/query.ts'
import { useStatuses } from '../step/use-statuses.ts'
import type { Editor } from './store.ts'
import { useEditor } from './use-editor.ts'

/** How long typing rests before the document is checked, in milliseconds. */
const CHECK_AFTER_MS = 250

/** Keeps the problems of the document in the store, a pause after each change. */
export function useChecks(editor: Editor): void {
  const campaign = useEditor((state) => state.campaign)
  const statuses = useStatuses()
  const segments = useQuery(segmentNamesQuery).data
  useEffect(() => {
    // without them all would seem to be gone
    if (statuses.length === 0 || !segments) return
    let isOld = false
    const timer = setTimeout(async () => {
      const { problemsByStep } = await import('./checks.ts')
      if (isOld) return
      const { problems } = editor.getState()
      const found = problemsByStep(
        campaign,
        statuses.map(toStatus),
        segments.map(({ code }) => code),
      )
      editor.setState({ problems: settled(problems, found) })
    }, CHECK_AFTER_MS)
    return () => {
      isOld = true
      clearTimeout(timer)
    }
  }, [editor, campaign, statuses, segments])
}

const toStatus = ({ type, code, name, group, kind, isInitial }: StatusName, position: number): Status => ({
  id: code,
  axis: type,
  code,
  name,
  meaning: (group ?? kind)!,
  position,
  isInitial,
})

/** The found problems; those of steps where nothing changed are the same objects, so that nothing is drawn anew for them. */
function settled(
  before: ReadonlyMap<string, readonly Problem[]>,
  found: ReadonlyMap<string, readonly Problem[]>,
): ReadonlyMap<string, readonly Problem[]> {
  const keyOf = (problems: readonly Problem[] | undefined) => JSON.stringify(problems)
  const kept = [...found].map(([id, problems]) => {
    const old = before.get(id)
    return [id, old && keyOf(old) === keyOf(problems) ? old : problems] as const
  })
  const isSame = kept.length === before.size && kept.every(([id, problems]) => before.get(id) === problems)
  return isSame ? before : new Map(kept)
}
