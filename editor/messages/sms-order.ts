import { useDebouncedValue, useLocalStorage } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { TextFacts } from '../../db/model/sms.ts'
import { api, ask } from '../shell/api.ts'

export interface PreviewOrder {
  /** Null while the workspace has no orders. */
  chosen: OrderOption | null
  facts: TextFacts | undefined
  /** Where the text would go; null: nowhere. Undefined until it is known. */
  phone: string | null | undefined
  optedOut: boolean
  choose: (number: string) => void
  /** The newest orders that fit what is typed. */
  found: OrderOption[]
  search: (typed: string) => void
}
export interface OrderOption {
  value: string
  label: string
}

const FOUND_MAX = '20'
const PAUSE_MS = 200
const STORED_AT = 'tidings-preview-order'

/** The order by whose facts texts are previewed; the choice holds for all fields of this browser. */
export function usePreviewOrder(): PreviewOrder {
  const [stored, choose] = useLocalStorage({ key: STORED_AT, defaultValue: '', getInitialValueInEffect: false })
  const [typed, search] = useState('')
  const [q] = useDebouncedValue(typed, PAUSE_MS)
  const found = useQuery({ ...listOf(q), placeholderData: keepPreviousData }).data?.orders ?? []
  const newest = useQuery(listOf('')).data?.orders[0]?.number
  const isGone = useQuery(factsOf(stored)).isError
  // an order that is gone, or of another workspace, gives way to the newest
  const number = stored !== '' && !isGone ? stored : newest
  const { data } = useQuery(factsOf(number ?? ''))
  return {
    chosen: number === undefined ? null : optionOf(number, data?.facts.customer.name),
    facts: data?.facts,
    phone: data?.phone,
    optedOut: data?.optedOut ?? false,
    choose,
    found: found.map((order) => optionOf(order.number, order.customer?.name)),
    search,
  }
}

const optionOf = (number: string, customer: string | undefined): OrderOption => ({
  value: number,
  label: customer ? `${number} · ${customer}` : number,
})

const listOf = (q: string) => ({
  queryKey: ['orders', 'to-preview', q],
  queryFn: () => ask(api.orders.$get({ query: { limit: FOUND_MAX, ...(q !== '' && { q }) } })),
})

const factsOf = (number: string) => ({
  queryKey: ['orders', 'facts', number],
  queryFn: () => ask(api.orders[':number'].facts.$get({ param: { number: encodeURIComponent(number) } })),
  enabled: number !== '',
  retry: false,
})
