import { Button } from '@mantine/core'
import { Pause, Play } from 'lucide-react'
import { m } from '../../texts/paraglide/messages.js'
import type { CampaignView } from '../draft/query.ts'
import { useCampaignAction } from '../list/actions.ts'

/** Holds everybody inside, or lets them go on. */
export function PauseButton({ view }: { view: CampaignView }) {
  const { mutate: act, isPending } = useCampaignAction(view)
  if (view.state === 'draft') return null
  const isLive = view.state === 'live'
  const Icon = isLive ? Pause : Play
  return (
    <Button
      size="xs"
      variant="default"
      loading={isPending}
      leftSection={<Icon size={14} aria-hidden />}
      onClick={() => act(isLive ? 'pause' : 'resume')}
    >
      {isLive ? m.campaigns_pause() : m.campaigns_resume()}
    </Button>
  )
}
