import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTitle } from '../shell/page.tsx'
import { Failed } from '../shell/states.tsx'
import { m } from '../texts/paraglide/messages.js'
import { CanvasSkeleton } from './canvas/canvas.tsx'
import { readCampaign } from './document/read.ts'
import { Opened } from './draft/opened.tsx'
import { draftQuery } from './draft/query.ts'
import { Unreadable } from './draft/unreadable.tsx'

const route = getRouteApi('/campaigns/$id')

/** One campaign: its draft to edit, or its live version with figures. */
export function Editor() {
  const { id } = route.useParams()
  const query = useQuery(draftQuery(id))
  useTitle(query.data?.name ?? m.nav_campaigns())
  if (query.data) {
    const campaign = readCampaign(query.data.draft)
    return campaign ? <Opened key={id} view={query.data} /> : <Unreadable view={query.data} />
  }
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} />
  return <CanvasSkeleton />
}
