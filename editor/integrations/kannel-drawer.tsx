import { Drawer } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { m } from '../texts/paraglide/messages.js'
import { KannelForm } from './kannel-form.tsx'
import type { Channel } from './queries.ts'

const route = getRouteApi('/integrations')

/** How Kannel is reached, at the side, while the address says so. */
export function KannelDrawer({ channel }: { channel: Channel }) {
  const { gateway } = route.useSearch()
  const navigate = route.useNavigate()
  const close = (isSaved = false) => void navigate({ search: {}, ignoreBlocker: isSaved })
  return (
    <Drawer
      opened={gateway === true}
      onClose={() => close()}
      position="right"
      size={560}
      title={m.gateway_kannel()}
      styles={{ title: { fontWeight: 600 } }}
      closeButtonProps={{ 'aria-label': m.action_close() }}
      transitionProps={{ duration: 150, exitDuration: 0 }}
    >
      {gateway && <KannelForm key={channel.settings ? 'set' : 'first'} channel={channel} onDone={close} />}
    </Drawer>
  )
}
