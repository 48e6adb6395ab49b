import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { AnchorLink } from '../shell/anchor-link.tsx'
import { Page } from '../shell/page.tsx'
import { Loaded } from '../shell/states.tsx'
import { m } from '../texts/paraglide/messages.js'
import { segmentQuery } from './queries.ts'
import { SegmentForm } from './segment-form.tsx'

const route = getRouteApi('/segments/$id')

/** One segment, or a new one: who is in, how many they are, and why. Source: S1-23. */
export function SegmentPage() {
  const { id } = route.useParams()
  return id === 'new' ? (
    <Page title={m.segments_new()} actions={<All />}>
      <SegmentForm key="new" />
    </Page>
  ) : (
    <Known key={id} id={id} />
  )
}

function Known({ id }: { id: string }) {
  const segment = useQuery(segmentQuery(id))
  return (
    <Page title={segment.data?.name ?? m.nav_segments()} actions={<All />}>
      <Loaded query={segment}>{(stored) => <SegmentForm segment={stored} />}</Loaded>
    </Page>
  )
}

const All = () => (
  <AnchorLink to="/segments" size="sm">
    {m.segments_all()}
  </AnchorLink>
)
