import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import type { Campaign } from '../../db/model/campaign-schema.ts'
import { Problem } from '../shell/api.ts'
import { m } from '../texts/paraglide/messages.js'
import { flowOf } from './document/document.ts'
import { readCampaign } from './document/read.ts'
import { select } from './draft/actions.ts'
import type { CampaignView } from './draft/query.ts'
import type { Saver } from './draft/saver.ts'
import { change } from './draft/store.ts'
import { useEditorStore } from './draft/use-editor.ts'
import { titleOf } from './step/words.ts'
import { versionQuery } from './versions/query.ts'

const route = getRouteApi('/campaigns/$id')
const PublishDialog = lazy(async () => ({ default: (await import('./publish/publish.tsx')).PublishDialog }))
const VersionsDrawer = lazy(async () => ({ default: (await import('./versions/versions.tsx')).VersionsDrawer }))
const PeopleDrawer = lazy(async () => ({ default: (await import('./live/people.tsx')).PeopleDrawer }))

/** What the address says stands open over the campaign. */
export function Overlays({ view, saver }: { view: CampaignView; saver: Saver }) {
  const editor = useEditorStore()
  const navigate = route.useNavigate()
  const { open, step, v } = route.useSearch()
  const close = () => void navigate({ replace: true, search: ({ open: _, ...rest }) => rest })
  const restore = async (campaign: Campaign) => {
    await navigate({ search: {} })
    change(editor, m.editor_did_restore(), { campaign })
  }
  const goTo = async (stepId: string) => {
    await navigate({ search: {} })
    select(editor, [stepId], { focus: true })
  }
  return (
    <Suspense>
      {open === 'publish' && (
        <PublishDialog
          campaignId={view.id}
          beforePublish={() => saved(saver)}
          onClose={close}
          onPublished={close}
          goTo={(stepId) => void goTo(stepId)}
        />
      )}
      {open === 'versions' && (
        <VersionsDrawer
          campaignId={view.id}
          onClose={close}
          onView={(version) => void navigate({ search: { v: version } })}
          onRestore={(document) => void restore(document)}
        />
      )}
      {open === 'people' && step !== undefined && (
        <People view={view} version={v ?? null} step={step} onClose={close} />
      )}
    </Suspense>
  )
}

interface PeopleProps {
  view: CampaignView
  version: number | null
  step: string
  onClose: () => void
}

/** Steps are called as in the version that is looked at; the draft may have renamed or removed them. */
function People({ view, version, ...props }: PeopleProps) {
  const shown = version ?? view.version
  const published = useQuery({ ...versionQuery(view.id, shown ?? 0), enabled: shown !== null }).data
  const campaign = published ? readCampaign(published.document) : null
  return <PeopleDrawer campaignId={view.id} version={version} {...props} {...named(campaign, props.step)} />
}

/** @throws Problem while the draft at the server is not what is drawn here: nothing older may be published. */
async function saved(saver: Saver): Promise<void> {
  if (!(await saver.flush())) throw new Problem(0, { code: 'unsaved', detail: m.publish_unsaved() })
}

/** The name of the step, if this campaign has it. */
function named(campaign: Campaign | null, id: string): { title: string } | undefined {
  const step = campaign && flowOf(campaign).steps.get(id)
  return step ? { title: titleOf(step) } : undefined
}
