import { Button, Group, Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { FileUp, Layers, Plus } from 'lucide-react'
import { AXES, type Axis } from '../../db/model/status.ts'
import { statusCountsQuery } from '../orders/order-queries.ts'
import { TYPE_WORDS } from '../orders/type-words.ts'
import { Page } from '../shell/page.tsx'
import { Loaded } from '../shell/states.tsx'
import { m } from '../texts/paraglide/messages.js'
import { ContainersDrawer } from './containers-drawer.tsx'
import { ImportDialog } from './import-dialog.tsx'
import { StatusDrawer } from './status-drawer.tsx'
import { StatusGroups } from './status-groups.tsx'
import { CheckMap, StatusMap } from './status-map.tsx'

const route = getRouteApi('/statuses')

/** The statuses of each type, what they mean and do. Source: S0-08, S1-08. */
export function Statuses() {
  const { type = 'general', import: isImporting = false } = route.useSearch()
  const navigate = route.useNavigate()
  const query = useQuery(statusCountsQuery)
  const choose = (chosen: string | null) =>
    void navigate({ search: { type: AXES.find((axis) => axis === chosen) ?? 'general' } })
  return (
    <Page title={m.nav_statuses()} actions={<Actions type={type} />}>
      <Tabs value={type} onChange={choose} keepMounted={false}>
        <Tabs.List aria-label={m.statuses_tabs()}>
          {AXES.map((axis) => (
            <Tabs.Tab key={axis} value={axis}>
              {TYPE_WORDS[axis]()}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {AXES.map((axis) => (
          <Tabs.Panel key={axis} value={axis} pt="md">
            <Loaded query={query}>{(statuses) => <StatusGroups type={axis} statuses={statuses} />}</Loaded>
          </Tabs.Panel>
        ))}
      </Tabs>
      {query.data && <StatusDrawer statuses={query.data} />}
      <ContainersDrawer />
      <StatusMap statuses={query.data ?? []} />
      {query.data && isImporting && (
        <ImportDialog type={type} statuses={query.data} onClose={() => void navigate({ search: { type } })} />
      )}
    </Page>
  )
}

const Actions = ({ type }: { type: Axis }) => (
  <Group gap="sm">
    <CheckMap type={type} />
    <Button
      variant="default"
      leftSection={<Layers size={16} aria-hidden />}
      renderRoot={(props) => <Link {...props} to="/statuses" search={{ type, containers: true }} />}
    >
      {m.containers_title()}
    </Button>
    <Button
      variant="default"
      leftSection={<FileUp size={16} aria-hidden />}
      renderRoot={(props) => <Link {...props} to="/statuses" search={{ type, import: true }} />}
    >
      {m.statuses_import()}
    </Button>
    <Button
      leftSection={<Plus size={16} aria-hidden />}
      renderRoot={(props) => <Link {...props} to="/statuses" search={{ type, add: true }} />}
    >
      {m.statuses_add()}
    </Button>
  </Group>
)
