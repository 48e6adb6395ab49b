import '@mantine/spotlight/styles.css'
import { useDebouncedValue } from '@mantine/hooks'
import { Spotlight, spotlight } from '@mantine/spotlight'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Search, Tag } from 'lucide-react'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { statusCountsQuery } from '../orders/order-queries.ts'
import { TYPE_WORDS } from '../orders/type-words.ts'
import { m } from '../texts/paraglide/messages.js'
import { api, ask } from './api.ts'
import { pagesOf } from './nav.ts'
import { useWorkspace } from './session.ts'

const FOUND_MAX = 5
const QUERY_MIN = 2
/** So long after the last key orders are searched. */
const PAUSE_MS = 150

/** Goes anywhere by typing: pages, campaigns, statuses, orders. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const [query, setQuery] = useState('')
  const navigate = useNavigate()
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => spotlight.open(), [])
  useFirstChosen(list)
  const workspace = useWorkspace()
  const pages = pagesOf(workspace).filter(({ title }) => fits(title(), query))
  const campaigns = useCampaigns().filter(({ name }) => fits(name, query))
  const statuses = useStatuses(query)
  const orders = useOrders(query, workspace.ordersEnabled)
  const go = (to: string) => () => void navigate({ to })
  const isEmpty = pages.length + campaigns.length + statuses.length + orders.length === 0
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={onClose}
      shortcut={null}
      aria-label={m.palette_open()}
    >
      <Spotlight.Search
        placeholder={m.palette_placeholder()}
        aria-label={m.palette_open()}
        leftSection={<Search size={16} aria-hidden />}
      />
      <Spotlight.ActionsList ref={list}>
        {pages.length > 0 && (
          <Spotlight.ActionsGroup label={m.palette_pages()}>
            {pages.map(({ to, title, icon: Icon }) => (
              <Spotlight.Action
                key={to}
                label={title()}
                leftSection={<Icon size={16} aria-hidden />}
                onClick={go(to)}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {campaigns.length > 0 && (
          <Spotlight.ActionsGroup label={m.nav_campaigns()}>
            {campaigns.slice(0, FOUND_MAX).map(({ id, name }) => (
              <Spotlight.Action key={id} label={name} onClick={go(`/campaigns/${id}`)} />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {statuses.length > 0 && (
          <Spotlight.ActionsGroup label={m.nav_statuses()}>
            {statuses.map(({ type, code, name }) => (
              <Spotlight.Action
                key={`${type} ${code}`}
                label={name}
                description={TYPE_WORDS[type]()}
                leftSection={<Tag size={16} aria-hidden />}
                onClick={() => void navigate({ to: '/statuses', search: { type, code } })}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {orders.length > 0 && (
          <Spotlight.ActionsGroup label={m.nav_orders()}>
            {orders.map(({ number, customer }) => (
              <Spotlight.Action
                key={number}
                label={number}
                description={customer?.name ?? ''}
                onClick={go(`/orders/${encodeURIComponent(number)}`)}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {isEmpty && <Spotlight.Empty>{m.palette_nothing()}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

/** What Enter takes is marked also when it was found after the last key; the palette marks it at keys only. */
function useFirstChosen(list: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    if (list.current?.querySelector('[data-selected]')) return
    list.current?.querySelector('[data-action]')?.setAttribute('data-selected', 'true')
  })
}

const fits = (text: string, query: string): boolean => text.toLowerCase().includes(query.trim().toLowerCase())

function useCampaigns() {
  const { data } = useQuery({ queryKey: ['campaigns', 'list'], queryFn: () => ask(api.campaigns.$get()) })
  return data?.campaigns ?? []
}

/** Only when typed, as there may be hundreds. */
function useStatuses(query: string) {
  const { data } = useQuery(statusCountsQuery)
  return query.trim() ? (data ?? []).filter(({ name }) => fits(name, query)).slice(0, FOUND_MAX) : []
}

function useOrders(query: string, isOn: boolean) {
  const [q] = useDebouncedValue(query.trim(), PAUSE_MS)
  const { data } = useQuery({
    queryKey: ['orders', 'found', q],
    queryFn: () => ask(api.orders.$get({ query: { q, limit: `${FOUND_MAX}` } })),
    enabled: isOn && q.length >= QUERY_MIN,
    placeholderData: keepPreviousData,
  })
  return isOn && q.length >= QUERY_MIN ? (data?.orders ?? []) : []
}
