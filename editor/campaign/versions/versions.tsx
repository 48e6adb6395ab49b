import { Drawer, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery } from '@tanstack/react-query'
import { History } from 'lucide-react'
import { useState } from 'react'
import type { Campaign } from '../../../db/model/campaign-schema.ts'
import { Empty, Loaded, sentenceOf } from '../../shell/states.tsx'
import { m } from '../../texts/paraglide/messages.js'
import { readCampaign } from '../document/read.ts'
import { useFocusBack } from '../keys/focus-back.ts'
import { VersionComparison } from './comparison.tsx'
import { VersionItem } from './item.tsx'
import { getVersion, versionsQuery } from './query.ts'
import classes from './versions.module.css'

interface Props {
  campaignId: string
  onClose: () => void
  /** Shows a version as it was. */
  onView: (version: number) => void
  /** Makes a version's document the draft. */
  onRestore: (document: Campaign) => void
}

/** Everything that was published, the newest first. */
export function VersionsDrawer({ campaignId, onClose, onView, onRestore }: Props) {
  const versions = useQuery(versionsQuery(campaignId))
  const [compared, setCompared] = useState<number | null>(null)
  const restore = (version: number) => void restoreFrom(campaignId, version, onRestore)
  useFocusBack()
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      title={compared === null ? m.versions_title() : m.versions_compared({ version: compared })}
      closeButtonProps={{ 'aria-label': m.action_close() }}
    >
      {compared === null ? (
        <Loaded query={versions}>
          {({ versions }) =>
            versions.length === 0 ? (
              <Empty icon={History} title={m.versions_empty()} text={m.versions_empty_text()} />
            ) : (
              <ul className={classes.versions}>
                {versions.map((version) => (
                  <VersionItem
                    key={version.number}
                    version={version}
                    onView={() => onView(version.number)}
                    onCompare={() => setCompared(version.number)}
                    onRestore={() => restore(version.number)}
                  />
                ))}
              </ul>
            )
          }
        </Loaded>
      ) : (
        <Stack gap="md">
          <Text size="sm">{m.versions_compared_text()}</Text>
          <VersionComparison
            campaignId={campaignId}
            version={compared}
            onBack={() => setCompared(null)}
            onRestore={() => restore(compared)}
          />
        </Stack>
      )}
    </Drawer>
  )
}

async function restoreFrom(campaignId: string, version: number, onRestore: Props['onRestore']): Promise<void> {
  try {
    const { document } = await getVersion(campaignId, version)
    const campaign = readCampaign(document)
    if (campaign) onRestore(campaign)
    else notifications.show({ color: 'red', message: m.versions_unreadable({ version }) })
  } catch (error) {
    if (!(error instanceof Error)) throw error
    notifications.show({ color: 'red', message: sentenceOf(error) })
  }
}
