import { Button, Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Plus, Store } from 'lucide-react'
import { OrdersOffNote } from '../shell/orders-off.tsx'
import { Page } from '../shell/page.tsx'
import { Empty, Loaded } from '../shell/states.tsx'
import { m } from '../texts/paraglide/messages.js'
import { ConnectShop } from './connect-shop.tsx'
import { Gateways } from './gateways.tsx'
import classes from './integrations.module.css'
import { channelsQuery, shopsQuery } from './queries.ts'
import { ShopCard } from './shop-card.tsx'
import { ShopDrawer } from './shop-drawer.tsx'

const route = getRouteApi('/integrations')

/** The shops whose orders come in, and the gateway by which texts go out. */
export function Integrations() {
  const { id, add } = route.useSearch()
  const navigate = route.useNavigate()
  const shops = useQuery(shopsQuery)
  const channels = useQuery(channelsQuery)
  return (
    <Page title={m.nav_integrations()} actions={<Connect />}>
      <Stack gap="xl">
        <OrdersOffNote text={m.shops_orders_off()} />
        <section aria-labelledby="shops">
          <Title order={2} size="h4" id="shops" mb="sm">
            {m.shops_title()}
          </Title>
          <Loaded query={shops}>
            {(list) =>
              list.length === 0 ? (
                <Empty icon={Store} title={m.shops_none()} text={m.shops_none_text()} />
              ) : (
                <ul className={classes.cards}>
                  {list.map((shop) => (
                    <ShopCard key={shop.id} shop={shop} />
                  ))}
                </ul>
              )
            }
          </Loaded>
        </section>
        <section aria-labelledby="gateways">
          <Title order={2} size="h4" id="gateways" mb="sm">
            {m.gateway_title()}
          </Title>
          <Loaded query={channels}>{(list) => <Gateways channels={list} />}</Loaded>
        </section>
      </Stack>
      {add && <ConnectShop onClose={(made) => void navigate({ search: made ? { id: made } : {} })} />}
      {id && shops.data && <ShopDrawer key={id} shop={shops.data.find((s) => s.id === id)} />}
    </Page>
  )
}

const Connect = () => (
  <Button
    leftSection={<Plus size={16} aria-hidden />}
    renderRoot={(props) => <Link {...props} to="/integrations" search={{ add: true }} />}
  >
    {m.shops_connect()}
  </Button>
)
