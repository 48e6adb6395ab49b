import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { CanvasSkeleton } from '../canvas/canvas.tsx'
import { readCampaign } from '../document/read.ts'
import classes from '../editor.module.css'
import { Guarded } from '../guarded.tsx'
import { EditorHeader } from '../header/header.tsx'
import { Overlays } from '../overlays.tsx'
import { Drafting } from './drafting.tsx'
import type { CampaignView } from './query.ts'
import { createSaver } from './saver.ts'
import { createEditor } from './store.ts'
import { EditorContext } from './use-editor.ts'
import { useLeaving } from './use-leaving.ts'
import { useTheirs } from './use-theirs.ts'

const route = getRouteApi('/campaigns/$id')
const Live = lazy(async () => ({ default: (await import('../live/live.tsx')).Live }))

/** An opened campaign. What is edited lives on while its live version is looked at. */
export function Opened({ view }: { view: CampaignView }) {
  const [{ editor, saver }] = useState(() => open(view))
  const { mode = 'edit', v } = route.useSearch()
  useEffect(() => saver.start(), [saver])
  useTheirs(view, editor, saver)
  useLeaving(saver)
  const isDraft = mode === 'edit' && v === undefined
  return (
    <EditorContext value={editor}>
      <div className={classes.editor} data-editor>
        <EditorHeader view={view} saver={saver} isDraft={isDraft} />
        {isDraft ? (
          <Drafting view={view} saver={saver} />
        ) : (
          <Guarded>
            <Suspense fallback={<CanvasSkeleton />}>
              <Live view={view} version={v ?? view.version} hasCounts={mode === 'live'} />
            </Suspense>
          </Guarded>
        )}
        <Guarded>
          <Overlays view={view} saver={saver} />
        </Guarded>
      </div>
    </EditorContext>
  )
}

function open(view: CampaignView) {
  const doc = { name: view.name, campaign: readCampaign(view.draft) ?? { steps: [] } }
  const editor = createEditor(doc)
  return { editor, saver: createSaver(editor, view.id, { doc, version: view.draftVersion, savedAtMs: null }) }
}
