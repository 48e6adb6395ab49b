import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense, useRef, useState } from 'react'
import { AddMenu } from '../canvas/add-menu.tsx'
import { Canvas } from '../canvas/canvas.tsx'
import { Guarded } from '../guarded.tsx'
import { COMMAND_WORK, type Surroundings } from '../keys/commands.ts'
import { enterPanel } from '../keys/enter-panel.ts'
import { useKeys } from '../keys/use-keys.ts'
import { useRemove } from '../keys/use-remove.tsx'
import { SidePanel } from '../panel/panel.tsx'
import { useAddress } from '../use-address.ts'
import { Workspace } from '../workspace.tsx'
import { begin } from './actions.ts'
import { ConflictBar } from './conflict-bar.tsx'
import { KeptBar } from './kept-bar.tsx'
import type { CampaignView } from './query.ts'
import type { Saver } from './saver.ts'
import { useChecks } from './use-checks.ts'
import { useEditor, useEditorStore } from './use-editor.ts'

const route = getRouteApi('/campaigns/$id')
const SplitDialog = lazy(() => import('../canvas/split-dialog.tsx'))

/** The draft, to edit. */
export function Drafting({ view, saver }: { view: CampaignView; saver: Saver }) {
  const editor = useEditorStore()
  const navigate = route.useNavigate()
  const remove = useRemove(editor)
  const isSplitAsked = useEditor((state) => state.dialog === 'split')
  const around: Surroundings = {
    saveNow: () => void saver.flush(),
    publish: () => void navigate({ search: (now) => ({ ...now, open: 'publish' }) }),
    remove: () => remove(),
    enterPanel,
  }
  const latest = useRef(around)
  latest.current = around
  useKeys(editor, latest)
  useAddress(editor)
  const [ask] = useState(() => () => COMMAND_WORK.remove(editor, latest.current))
  const onBegin = () => {
    if (begin(editor)) enterPanel()
  }
  return (
    <>
      <Checking />
      <ConflictBar view={view} saver={saver} />
      <KeptBar view={view} saver={saver} />
      <Workspace>
        <Guarded>
          <Canvas onBegin={onBegin} />
        </Guarded>
        <Guarded>
          <SidePanel onRemove={ask} />
        </Guarded>
      </Workspace>
      <AddMenu onAdded={enterPanel} />
      {isSplitAsked && (
        <Suspense>
          <SplitDialog onChoose={remove} />
        </Suspense>
      )}
    </>
  )
}

/** Looks for problems; apart, so that what is typed draws nothing else anew. */
function Checking() {
  useChecks(useEditorStore())
  return null
}
