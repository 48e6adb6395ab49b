import { Alert, Anchor, Button, Group, Loader, Modal, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useNavigate } from '@tanstack/react-router'
import { RefreshCw } from 'lucide-react'
import { Failed } from '../../shell/states.tsx'
import { m } from '../../texts/paraglide/messages.js'
import { useFocusBack } from '../keys/focus-back.ts'
import type { CampaignRow } from '../list/query.ts'
import { Refusal } from '../list/refusal.tsx'
import { PublishChecklist } from './checklist.tsx'
import { PublishImpact } from './impact.tsx'
import { isStale, type Prepared, usePrepared, usePublish } from './query.ts'
import { titlesOf } from './words.ts'

interface Props {
  campaignId: string
  /** Saves what is not saved yet; the dialog looks at the stored draft. */
  beforePublish: () => Promise<void>
  onClose: () => void
  onPublished: () => void
  /** Opens a step of the draft that has a problem. */
  goTo: (stepId: string) => void
}

/** What publishing the draft would mean, told before it is done. */
export function PublishDialog({ campaignId, beforePublish, onClose, onPublished, goTo }: Props) {
  const prepared = usePrepared(campaignId, beforePublish)
  const tell = useToast()
  const publish = usePublish(campaignId, (campaign) => {
    tell(campaign)
    onPublished()
  })
  useFocusBack()
  return (
    <Modal
      opened
      onClose={onClose}
      title={m.publish_title()}
      size="lg"
      closeButtonProps={{ 'aria-label': m.action_close() }}
    >
      <Stack gap="md">
        {publish.isError && <NotDone error={publish.error} />}
        {prepared.isError ? (
          <Failed error={prepared.error} retry={() => void prepared.refetch()} />
        ) : prepared.data ? (
          <Told prepared={prepared.data} goTo={goTo} />
        ) : (
          <Group gap="sm" role="status">
            <Loader size="sm" aria-hidden />
            <Text size="sm">{m.publish_checking()}</Text>
          </Group>
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {m.action_cancel()}
          </Button>
          {prepared.data && (
            <Button
              disabled={prepared.isError || !mayPublish(prepared.data)}
              loading={publish.isPending}
              onClick={() => publish.mutate(prepared.data)}
            >
              {m.publish_do({ version: prepared.data.nextVersion })}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  )
}

/** Somebody else's save is no failure: what is told below is their draft by now. */
function NotDone({ error }: { error: Error }) {
  if (!isStale(error)) return <Refusal error={error} />
  return (
    <Alert color="orange" variant="light" icon={<RefreshCw size={18} aria-hidden />} role="alert">
      {m.publish_stale()}
    </Alert>
  )
}

function Told({ prepared, goTo }: { prepared: Prepared; goTo: (stepId: string) => void }) {
  if (!prepared.campaign.hasChanges && prepared.campaign.version !== null)
    return <Text size="sm">{m.publish_no_changes({ version: prepared.campaign.version })}</Text>
  return (
    <>
      <PublishChecklist
        problems={prepared.publication.problems}
        titles={titlesOf(prepared.campaign.draft)}
        goTo={goTo}
      />
      {mayPublish(prepared) && <PublishImpact prepared={prepared} />}
    </>
  )
}

const mayPublish = ({ publication, campaign }: Prepared): boolean =>
  campaign.hasChanges && publication.problems.every(({ level }) => level !== 'error')

/** Says that it is done, with the way to the figures. */
function useToast() {
  const navigate = useNavigate()
  return ({ id, version, state }: CampaignRow) => {
    const look = () => void navigate({ to: '/campaigns/$id', params: { id }, search: { mode: 'live' } })
    notifications.show({
      color: 'green',
      title: m.publish_done({ version: version ?? 1 }),
      message: (
        <>
          {state === 'paused' ? m.publish_done_paused() : m.publish_done_live()}{' '}
          <Anchor component="button" type="button" size="sm" onClick={look}>
            {m.publish_look()}
          </Anchor>
        </>
      ),
    })
  }
}
