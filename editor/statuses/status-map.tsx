import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { CircleCheck, Waypoints } from 'lucide-react'
import type { Axis } from '../../db/model/status.ts'
import type { StatusCount } from '../orders/order-queries.ts'
import { Empty, Loaded } from '../shell/states.tsx'
import { m } from '../texts/paraglide/messages.js'
import { Findings } from './status-map-findings.tsx'
import { statusMapQuery } from './status-map-query.ts'

const route = getRouteApi('/statuses')

/** The way to the check, from the page of statuses. */
export const CheckMap = ({ type }: { type: Axis }) => (
  <Button
    variant="default"
    leftSection={<Waypoints size={16} aria-hidden />}
    renderRoot={(props) => <Link {...props} to="/statuses" search={{ type, check: true }} />}
  >
    {m.map_open()}
  </Button>
)

/** What is wrong with the statuses, timeouts, texts and live campaigns together, as the address says. Source: P22. */
export function StatusMap({ statuses }: { statuses: readonly StatusCount[] }) {
  const { type = 'general', check = false } = route.useSearch()
  const navigate = route.useNavigate()
  const close = () => void navigate({ search: { type }, resetScroll: false })
  return (
    <Modal
      opened={check}
      onClose={close}
      title={m.map_title()}
      size="lg"
      closeButtonProps={{ 'aria-label': m.action_close() }}
    >
      <Stack gap="sm">
        <Text size="sm">{m.map_about()}</Text>
        <Told statuses={statuses} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {m.action_close()}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

function Told({ statuses }: { statuses: readonly StatusCount[] }) {
  const query = useQuery(statusMapQuery)
  return (
    <Loaded query={query}>
      {({ findings }) =>
        findings.length > 0 ? (
          <Findings findings={findings} statuses={statuses} />
        ) : (
          <Empty icon={CircleCheck} title={m.map_fine()} text={m.map_fine_text()} />
        )
      }
    </Loaded>
  )
}
