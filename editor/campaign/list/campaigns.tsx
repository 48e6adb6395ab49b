import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Plus, Workflow } from 'lucide-react'
import { OrdersOffNote } from '../../shell/orders-off.tsx'
import { Page } from '../../shell/page.tsx'
import { Empty, Loaded } from '../../shell/states.tsx'
import { m } from '../../texts/paraglide/messages.js'
import { TemplateCards } from '../templates/cards.tsx'
import { NewCampaign } from '../templates/dialog.tsx'
import { campaignsQuery, statusNamesQuery } from './query.ts'
import { CampaignsTable } from './table.tsx'

/** All campaigns, and the way to a first one. */
export function Campaigns() {
  const campaigns = useQuery(campaignsQuery)
  const statuses = useQuery(statusNamesQuery).data?.statuses
  const { add } = useSearch({ from: '/campaigns' })
  const navigate = useNavigate({ from: '/campaigns' })
  const choose = (template?: string) => void navigate({ search: template ? { add: template } : {} })
  const begin = (
    <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => choose('blank')}>
      {m.campaigns_new()}
    </Button>
  )
  return (
    <Page title={m.nav_campaigns()} actions={begin}>
      <OrdersOffNote text={m.campaigns_orders_off()} />
      <Loaded query={campaigns}>
        {({ campaigns }) =>
          campaigns.length > 0 ? (
            <CampaignsTable campaigns={campaigns} statuses={statuses ?? []} />
          ) : (
            <Empty icon={Workflow} title={m.campaigns_empty()} text={m.campaigns_empty_text()}>
              <TemplateCards statuses={statuses} onChoose={choose} />
            </Empty>
          )
        }
      </Loaded>
      <NewCampaign chosen={add} statuses={statuses} onChoose={choose} onClose={() => choose()} />
    </Page>
  )
}
