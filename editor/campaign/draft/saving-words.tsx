import { Check, CloudOff, LoaderCircle, type LucideIcon, TriangleAlert } from 'lucide-react'
import { useStore } from 'zustand'
import { formatTime } from '../../shell/format.ts'
import { useWorkspace } from '../../shell/session.ts'
import { m } from '../../texts/paraglide/messages.js'
import classes from '../editor.module.css'
import type { Saving } from './autosave.ts'
import type { Saver } from './saver.ts'

const ICONS = {
  clean: Check,
  waiting: LoaderCircle,
  saving: LoaderCircle,
  offline: CloudOff,
  refused: TriangleAlert,
  conflict: TriangleAlert,
} satisfies Record<Saving['state'], LucideIcon>

/** How far the draft is from the server, in a few words. */
export function SavingWords({ saver, hasChanges }: { saver: Saver; hasChanges: boolean }) {
  const { saving, isKept } = useStore(saver.store)
  const { timezone } = useWorkspace()
  const Icon = ICONS[saving.state]
  return (
    <span className={classes.saving} role="status" data-saving={saving.state}>
      <Icon size={14} aria-hidden />
      {wordsOf(saving, isKept, timezone)}
      {hasChanges && saving.state === 'clean' && ` · ${m.editor_unpublished()}`}
    </span>
  )
}

function wordsOf({ state, base }: Saving, isKept: boolean, timezone: string): string {
  if (state === 'waiting' || state === 'saving') return m.editor_saving()
  if (state === 'offline') return isKept ? m.editor_offline() : m.editor_offline_unkept()
  if (state === 'refused' || state === 'conflict') return m.editor_not_saved()
  return base.savedAtMs === null
    ? m.editor_all_saved()
    : m.editor_saved_at({ time: formatTime(base.savedAtMs, timezone) })
}
