import { Paper, Select, Stack, Text, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { useState } from 'react'
import { problemsInSegment } from '../../db/model/segment.ts'
import type { SegmentRule } from '../../db/model/segment-schema.ts'
import { Failed } from '../shell/states.tsx'
import { m } from '../texts/paraglide/messages.js'
import { Explained } from './explained.tsx'
import { customersQuery, explanationQuery } from './queries.ts'

const route = getRouteApi('/segments/$id')

/** So long after the last key customers are searched, and after the last change a rule is asked. */
const PAUSE_MS = 300
const QUERY_MIN = 2

/** Why a customer, found by name or phone, is in or out by the conditions as they stand. */
export function Why({ rule }: { rule: SegmentRule }) {
  const { who } = route.useSearch()
  const navigate = route.useNavigate()
  const [asked] = useDebouncedValue(rule, PAUSE_MS)
  const isComplete = problemsInSegment(asked, 'rule').length === 0
  const explanation = useQuery({ ...explanationQuery(asked, who ?? ''), enabled: isComplete && who !== undefined })
  // the form is not left by it
  const choose = (id: string | null) =>
    void navigate({ search: id ? { who: id } : {}, ignoreBlocker: true, replace: true })
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="why">
      <Title order={2} size="h4" id="why" mb="sm">
        {m.segments_why()}
      </Title>
      <Stack gap="sm">
        <CustomerSelect value={who} known={explanation.data?.customer} onChoose={choose} />
        {who && !isComplete && (
          <Text size="sm" c="dimmed">
            {m.segments_incomplete()}
          </Text>
        )}
        {who && isComplete && explanation.isError && <Failed error={explanation.error} />}
        {who && isComplete && explanation.data && <Explained rule={asked} explanation={explanation.data} />}
      </Stack>
    </Paper>
  )
}

interface Customer {
  id: string
  name: string
  phone: string | null
  email: string | null
}
interface SelectProps {
  value: string | undefined
  known: Customer | undefined
  onChoose: (id: string | null) => void
}

function CustomerSelect({ value, known, onChoose }: SelectProps) {
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), PAUSE_MS)
  const isLong = q.length >= QUERY_MIN
  const found = useQuery({ ...customersQuery(q), enabled: isLong }).data ?? []
  // the one that is chosen has its name also before anybody searched
  const customers = known && known.id === value && !found.some(({ id }) => id === value) ? [known, ...found] : found
  return (
    <Select
      aria-label={m.segments_why_search()}
      placeholder={m.segments_why_search()}
      leftSection={<Search size={16} aria-hidden />}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': m.search_clear() }}
      value={value ?? null}
      onChange={onChoose}
      onSearchChange={setTyped}
      data={customers.map((customer) => ({ value: customer.id, label: labelOf(customer) }))}
      // the server has searched
      filter={({ options }) => options}
      nothingFoundMessage={isLong ? m.segments_why_nothing() : m.segments_why_type()}
    />
  )
}

const labelOf = ({ name, phone, email }: Customer): string =>
  [name || m.segments_nameless(), phone ?? email].filter(Boolean).join(' · ')
