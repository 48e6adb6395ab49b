import { useDebouncedValue, useLocalStorage } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { TextFacts } from '../../db/model/sms.ts'
import { api, ask } from '../shell/api.ts'

export interface PreviewOrder {
  /** Undefined while the workspace has no orders. */
  number: string | undefined
  facts: TextFacts | undefined
  /** Where the text would go; null: nowhere. Undefined until it is known. */
  phone: string | null | undefined
  optedOut: boolean
  choose: (number: string) => void
  found: { number: string; customer: string | null }[]
  query: string
  search: (query: string) => void
}

const FOUND_MAX = '20'
const PAUSE_MS = 200
const STORED_AT = 'tidings-preview-order'

/** The order by whose facts texts are previewed; the choice holds for all fields of this browser. */
export function usePreviewOrder(): PreviewOrder {
  const [stored, choose] = useLocalStorage({ key: STORED_AT, defaultValue: '', getInitialValueInEffect: false })
  const [query, search] = useState('')
  const [q] = useDebouncedValue(query, PAUSE_MS)
  const recent = useQuery({ ...listOf(q), placeholderData: keepPreviousData })
  const newest = useQuery(listOf('')).data?.orders[0]?.number
  const remembered = useQuery(factsOf(stored))
  // an order that is gone, or of another workspace, gives way to the newest
  const number = stored !== '' && !remembered.isError ? stored : newest
  const { data } = useQuery(factsOf(number ?? ''))
  const found = (recent.data?.orders ?? []).map((o) => ({ number: o.number, customer: o.customer?.name ?? null }))
  return {
    number,
    facts: data?.facts,
    phone: data?.phone,
    optedOut: data?.optedOut ?? false,
    choose,
    found,
    query,
    search,
  }
}

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
