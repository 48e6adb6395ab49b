import { Button, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Radio, Users } from 'lucide-react'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import type { Campaign } from '../../../db/model/campaign-schema.ts'
import type { Counts } from '../../../db/model/counts.ts'
import { formatCount } from '../../shell/format.ts'
import { useWorkspace } from '../../shell/session.ts'
import { Empty, Failed } from '../../shell/states.tsx'
import { m } from '../../texts/paraglide/messages.js'
import { Canvas, CanvasSkeleton } from '../canvas/canvas.tsx'
import type { Overlay } from '../canvas/drawing.ts'
import { readCampaign } from '../document/read.ts'
import { lineId } from '../document/shape.ts'
import type { CampaignView } from '../draft/query.ts'
import { createEditor, leadOf } from '../draft/store.ts'
import { EditorContext, useEditorStore } from '../draft/use-editor.ts'
import classes from '../editor.module.css'
import { Guarded } from '../guarded.tsx'
import type { Surroundings } from '../keys/commands.ts'
import { useKeys } from '../keys/use-keys.ts'
import { PanelBody } from '../panel/body.tsx'
import { SidePanel } from '../panel/panel.tsx'
import { useAddress } from '../use-address.ts'
import { versionQuery } from '../versions/query.ts'
import { Workspace } from '../workspace.tsx'
import { asOfWords, chipWords, shareOf, shareWords, useCounts } from './counts.ts'

const route = getRouteApi('/campaigns/$id')

interface Props {
  view: CampaignView
  version: number | null
  /** Whether figures lie over the drawing. */
  hasCounts: boolean
}

/** A published version, to look at. */
export function Live({ view, version, hasCounts }: Props) {
  const query = useQuery({ ...versionQuery(view.id, version ?? 0), enabled: version !== null })
  const campaign = useMemo(() => (query.data ? readCampaign(query.data.document) : null), [query.data])
  if (version === null) return <Empty icon={Radio} title={m.editor_live_none()} text={m.editor_live_none_about()} />
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} />
  if (!campaign) return <CanvasSkeleton />
  return <Shown key={version} view={view} version={version} campaign={campaign} hasCounts={hasCounts} />
}

function Shown({ view, version, campaign, hasCounts }: Props & { version: number; campaign: Campaign }) {
  const [editor] = useState(() => createEditor({ name: view.name, campaign }, { isReadOnly: true }))
  return (
    <EditorContext value={editor}>
      {hasCounts ? <Counted view={view} version={version} /> : <Plain version={version} />}
    </EditorContext>
  )
}

/** An earlier version as it was; nothing is counted there. */
function Plain({ version }: { version: number }) {
  const navigate = route.useNavigate()
  return (
    <>
      <div className={classes.bar} role="status">
        {m.editor_version_shown({ version })}
        <Button size="xs" variant="default" onClick={() => void navigate({ search: {} })}>
          {m.editor_back_to_draft()}
        </Button>
      </div>
      <Looking overlay={null} onOpen={() => {}} />
    </>
  )
}

/** The live version with who went where; a click on a step opens who is there. */
function Counted({ view, version }: { view: CampaignView; version: number }) {
  const navigate = route.useNavigate()
  const { timezone } = useWorkspace()
  const { counts, isStale } = useCounts(view.id, version)
  const overlay = useMemo(() => (counts ? overlayOf(counts) : null), [counts])
  const onOpen = (step: string) => void navigate({ search: (now) => ({ ...now, step, open: 'people' }) })
  return (
    <Looking overlay={overlay} onOpen={onOpen}>
      <PanelBody>
        {counts && (
          <Stack gap={4}>
            <Text size="sm">{m.editor_live_entered({ count: formatCount(counts.entered) })}</Text>
            <Text size="sm">{m.editor_live_inside({ count: formatCount(counts.inside) })}</Text>
            <Text size="sm">{m.editor_live_finished({ count: formatCount(counts.ended.finished) })}</Text>
            <Text size="sm">{m.editor_live_left({ count: formatCount(counts.ended.leftStatus) })}</Text>
            {isStale && <Text size="sm">{asOfWords(counts.asOf, timezone)}</Text>}
          </Stack>
        )}
        <Group gap="xs" wrap="nowrap" align="flex-start">
          <Users size={16} aria-hidden style={{ flex: 'none', marginTop: 3 }} />
          <Text size="sm" c="dimmed">
            {counts?.entered === 0 ? m.editor_live_nobody() : m.editor_live_hint()}
          </Text>
        </Group>
      </PanelBody>
    </Looking>
  )
}

interface LookingProps {
  overlay: Overlay | null
  onOpen: (stepId: string) => void
  children?: ReactNode
}

/** Canvas and panel of a campaign that is only looked at. */
function Looking({ overlay, onOpen, children }: LookingProps) {
  const editor = useEditorStore()
  const enter = () => {
    const lead = leadOf(editor.getState())
    if (lead !== null) onOpen(lead)
  }
  const around: Surroundings = { saveNow: () => {}, publish: () => {}, remove: () => {}, enterPanel: enter }
  const latest = useRef(around)
  latest.current = around
  useKeys(editor, latest)
  useAddress(editor)
  return (
    <Workspace>
      <Guarded>
        <Canvas overlay={overlay} onOpen={onOpen} />
      </Guarded>
      <Guarded>
        <SidePanel onRemove={() => {}}>{children}</SidePanel>
      </Guarded>
    </Workspace>
  )
}

const overlayOf = ({ steps, lines }: Pick<Counts, 'steps' | 'lines'>): Overlay => ({
  steps: new Map(Object.entries(steps).map(([id, step]) => [id, chipWords(step)])),
  lines: new Map(
    lines.map((line) => {
      const share = shareOf(lines, line.from, line.output)
      const words = line.count === 0 ? '' : `${formatCount(line.count)} · ${shareWords(share)}`
      return [lineId(line), { words, share }]
    }),
  ),
})
