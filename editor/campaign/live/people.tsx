import { Drawer, Pagination, Stack, Text } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Users } from 'lucide-react'
import { useState } from 'react'
import { api, ask } from '../../shell/api.ts'
import { Empty, Loaded } from '../../shell/states.tsx'
import { m } from '../../texts/paraglide/messages.js'
import { useFocusBack } from '../keys/focus-back.ts'
import classes from './people.module.css'
import { PersonCard } from './people-card.tsx'

/** Customers of one page. */
const PEOPLE_PAGE = 25

interface Props {
  campaignId: string
  /** Of which version; null for the live one. */
  version: number | null
  step: string
  /** What the step is called. */
  title?: string
  onClose: () => void
}

/** Who stands at a step now, and until when. */
export function PeopleDrawer({ campaignId, version, step, title, onClose }: Props) {
  const [page, setPage] = useState(1)
  const people = useQuery(peopleQuery({ campaignId, version, step, page }))
  useFocusBack()
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      title={title === undefined ? m.people_title() : m.people_title_at({ title })}
      closeButtonProps={{ 'aria-label': m.action_close() }}
    >
      <Loaded query={people}>
        {({ total, customers }) =>
          total === 0 ? (
            <Empty icon={Users} title={m.people_empty()} text={m.people_empty_text()} />
          ) : (
            <Stack gap="sm">
              <Text size="sm" role="status">
                {m.people_count({ count: total })}
              </Text>
              <ul className={classes.people}>
                {customers.map((person) => (
                  <PersonCard key={`${person.order} ${person.since}`} {...person} />
                ))}
              </ul>
              <Pages total={total} page={page} onGo={setPage} />
            </Stack>
          )
        }
      </Loaded>
    </Drawer>
  )
}

const peopleQuery = (at: { campaignId: string; version: number | null; step: string; page: number }) => ({
  queryKey: ['campaigns', at.campaignId, 'people', at],
  queryFn: () =>
    ask(
      api.campaigns[':id'].steps[':step'].customers.$get({
        param: { id: at.campaignId, step: at.step },
        query: {
          ...(at.version !== null && { version: `${at.version}` }),
          limit: `${PEOPLE_PAGE}`,
          offset: `${(at.page - 1) * PEOPLE_PAGE}`,
        },
      }),
    ),
  placeholderData: keepPreviousData,
})

function Pages({ total, page, onGo }: { total: number; page: number; onGo: (page: number) => void }) {
  const pages = Math.ceil(total / PEOPLE_PAGE)
  if (pages < 2) return null
  return (
    <Pagination
      size="sm"
      total={pages}
      value={page}
      onChange={onGo}
      aria-label={m.people_pages()}
      getItemProps={(n) => ({ 'aria-label': m.people_page({ page: n }) })}
      getControlProps={(control) => ({ 'aria-label': CONTROLS[control]() })}
    />
  )
}

const CONTROLS = {
  first: m.people_first,
  previous: m.people_previous,
  next: m.people_next,
  last: m.people_last,
}
