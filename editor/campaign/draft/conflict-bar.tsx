import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useStore } from 'zustand'
import { api, ask } from '../../shell/api.ts'
import { formatIn } from '../../shell/format.ts'
import { queries } from '../../shell/queries.ts'
import { tellRefusal } from '../../shell/tell-refusal.ts'
import { m } from '../../texts/paraglide/messages.js'
import { readCampaign } from '../document/read.ts'
import classes from '../editor.module.css'
import { NAME_MAX } from '../list/query.ts'
import { type CampaignView, draftQuery } from './query.ts'
import type { Saver } from './saver.ts'
import { change, type Editor } from './store.ts'
import { useEditorStore } from './use-editor.ts'

/** Tells why the draft is not saved, and lets people decide. Whatever they choose, no work is lost. */
export function ConflictBar({ view, saver }: { view: CampaignView; saver: Saver }) {
  const { saving } = useStore(saver.store)
  if (saving.state === 'refused')
    return (
      <div className={classes.bar} role="alert">
        {m.editor_refused({ reason: saving.reason })}
      </div>
    )
  return saving.state === 'conflict' ? <Conflict view={view} saver={saver} /> : null
}

function Conflict({ view, saver }: { view: CampaignView; saver: Saver }) {
  const editor = useEditorStore()
  const decision = useMutation({
    mutationFn: (choice: keyof typeof CHOICES) => CHOICES[choice](editor, saver, view.id),
    onError: (error) => tellRefusal(error),
  })
  const { isPending, mutate: decide } = decision
  return (
    <div className={classes.bar} role="alert">
      {m.editor_conflict({ when: formatIn(view.updatedAt, Date.now()) })}
      <Button size="xs" variant="default" disabled={isPending} onClick={() => decide('theirs')}>
        {m.editor_conflict_theirs()}
      </Button>
      <Button size="xs" variant="default" disabled={isPending} onClick={() => decide('copy')}>
        {m.editor_conflict_copy()}
      </Button>
      <Button size="xs" variant="default" disabled={isPending} onClick={() => decide('mine')}>
        {m.editor_conflict_mine()}
      </Button>
    </div>
  )
}

type Choice = (editor: Editor, saver: Saver, id: string) => Promise<void>

const latest = (id: string) => queries.fetchQuery({ ...draftQuery(id), staleTime: 0 })

/** Theirs on the canvas; mine is one undo away. */
const theirs: Choice = async (editor, saver, id) => {
  const view = await latest(id)
  const campaign = readCampaign(view.draft)
  if (!campaign) return
  const doc = { name: view.name, campaign }
  saver.tell({ kind: 'took', base: { doc, version: view.draftVersion, savedAtMs: null } })
  change(editor, m.editor_did_take_theirs(), doc)
  notifications.show({ message: m.editor_conflict_theirs_done() })
}

const CHOICES = {
  theirs,
  copy: async (editor, saver, id) => {
    const { name, campaign } = editor.getState()
    const copyName = m.editor_copy_name({ name: name.slice(0, NAME_MAX - 10) })
    await ask(api.campaigns.$post({ json: { name: copyName, draft: campaign } }))
    await theirs(editor, saver, id)
    notifications.show({ message: m.editor_conflict_copy_done({ name: copyName }), color: 'green' })
    await queries.invalidateQueries({ queryKey: ['campaigns', 'list'] })
  },
  mine: async (_, saver, id) => {
    const { draftVersion } = await latest(id)
    saver.tell({ kind: 'overwrite', version: draftVersion })
  },
} satisfies Record<string, Choice>
