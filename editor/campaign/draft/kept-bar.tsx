import { Button } from '@mantine/core'
import { useState } from 'react'
import { formatMoment } from '../../shell/format.ts'
import { useWorkspace } from '../../shell/session.ts'
import { m } from '../../texts/paraglide/messages.js'
import { readCampaign } from '../document/read.ts'
import classes from '../editor.module.css'
import { compare, isSame } from '../versions/compare.ts'
import { findKept, forget, type Kept } from './kept.ts'
import type { CampaignView } from './query.ts'
import type { Saver } from './saver.ts'
import { change } from './store.ts'
import { useEditorStore } from './use-editor.ts'

/** Offers the work of an earlier visit that never reached the server. */
export function KeptBar({ view, saver }: { view: CampaignView; saver: Saver }) {
  const editor = useEditorStore()
  const { timezone } = useWorkspace()
  const [kept, setKept] = useState(() => (saver.store.getState().saving.state === 'clean' ? ofOthers(view) : null))
  if (!kept) return null
  const drop = () => {
    forget(view.id)
    setKept(null)
  }
  const take = () => {
    // it stays kept until it is saved, and not beyond
    if (change(editor, m.editor_did_take_kept(), kept.doc)) saver.keepNow()
    setKept(null)
  }
  const isOlder = kept.version < view.draftVersion
  return (
    <div className={classes.bar} role="status">
      {m.editor_kept({ when: formatMoment(kept.atMs, timezone) })} {isOlder && m.editor_kept_older()}
      <Button size="xs" variant="default" onClick={take}>
        {m.editor_kept_take()}
      </Button>
      <Button size="xs" variant="default" onClick={drop}>
        {m.editor_kept_drop()}
      </Button>
    </div>
  )
}

/** What is kept and differs from what the server holds. */
function ofOthers({ id, name, draft }: CampaignView): Kept | null {
  const kept = findKept(id)
  const stored = readCampaign(draft)
  if (!kept || !stored) return kept
  return kept.doc.name === name && isSame(compare(stored, kept.doc.campaign)) ? null : kept
}
