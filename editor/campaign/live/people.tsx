import { Drawer, Stack, Text } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Users } from 'lucide-react'
import { useState } from 'react'
import { api, ask } from '../../shell/api.ts'
import { Pager } from '../../shell/pager.tsx'
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
              {total > PEOPLE_PAGE && <Pager total={total} size={PEOPLE_PAGE} page={page} onPage={setPage} />}
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
