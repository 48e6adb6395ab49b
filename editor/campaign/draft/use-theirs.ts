import { notifications } from '@mantine/notifications'
import { useEffect } from 'react'
import { m } from '../../texts/paraglide/messages.js'
import { readCampaign } from '../document/read.ts'
import { compare, isSame } from '../versions/compare.ts'
import type { CampaignView } from './query.ts'
import type { Saver } from './saver.ts'
import { type Editor, replace } from './store.ts'

/** Takes in what somebody else saved, while nothing here is unsaved; else saving finds out and asks. */
export function useTheirs(view: CampaignView, editor: Editor, saver: Saver): void {
  useEffect(() => {
    const { saving } = saver.store.getState()
    const campaign = readCampaign(view.draft)
    const isLater = view.draftVersion > saving.base.version
    const isRenamed = view.draftVersion === saving.base.version && view.name !== saving.base.doc.name
    if (!campaign || saving.state !== 'clean' || !(isLater || isRenamed)) return
    const mine = editor.getState()
    const isOther = !isSame(compare(mine.campaign, campaign))
    const doc = { name: view.name, campaign: isOther ? campaign : mine.campaign }
    saver.tell({ kind: 'took', base: { doc, version: view.draftVersion, savedAtMs: null } })
    if (isOther || doc.name !== mine.name) replace(editor, doc)
    if (isOther) notifications.show({ message: m.editor_took_theirs() })
  }, [view, editor, saver])
}
