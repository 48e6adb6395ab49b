import { Anchor, Group, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { MessageSquareText, SearchX } from 'lucide-react'
import { messages as inAddress } from '../search.ts'
import { Page } from '../shell/page.tsx'
import { SearchField } from '../shell/search-field.tsx'
import { Empty, Loaded } from '../shell/states.tsx'
import { m } from '../texts/paraglide/messages.js'
import { MessageDrawer } from './message-drawer.tsx'
import { messagesQuery } from './message-queries.ts'
import { STATES_TO_FIND, wordsOf } from './message-words.ts'
import { MessagesFound } from './messages-found.tsx'

const route = getRouteApi('/messages')

/** The ledger: every text that was sent, or was to be. */
export function Messages() {
  const { id, ...search } = route.useSearch()
  const navigate = route.useNavigate()
  const query = useQuery(messagesQuery(search))
  const go = (change: Record<string, unknown>) =>
    void navigate({ search: (before) => inAddress({ ...before, page: undefined, ...change }) })
  const isFiltered = Boolean(search.state || search.q)
  return (
    <Page title={m.nav_messages()}>
      <Group gap="sm" align="flex-end">
        <SearchField label={m.messages_search()} value={search.q} onSearch={(q) => go({ q })} />
        <Select
          aria-label={m.messages_state()}
          placeholder={m.messages_any_state()}
          data={STATES_TO_FIND.map((state) => ({ value: state, label: wordsOf(state).word() }))}
          value={search.state ?? null}
          onChange={(state) => go({ state: state ?? undefined })}
          clearable
          clearButtonProps={{ 'aria-label': m.messages_clear_state() }}
          w={200}
        />
      </Group>
      <Loaded query={query}>
        {(page) =>
          page.total > 0 ? (
            <MessagesFound
              page={page}
              number={search.page ?? 1}
              isOld={query.isPlaceholderData}
              onPage={(number) => go({ page: number })}
            />
          ) : (
            <None isFiltered={isFiltered} onClear={() => go({ state: undefined, q: undefined })} />
          )
        }
      </Loaded>
      <MessageDrawer id={id} onClose={() => go({ id: undefined, page: search.page })} />
    </Page>
  )
}

function None({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  if (!isFiltered) return <Empty icon={MessageSquareText} title={m.messages_none()} text={m.messages_none_text()} />
  return (
    <Empty icon={SearchX} title={m.messages_nothing_found()} text={m.messages_nothing_found_text()}>
      <Anchor component="button" type="button" size="sm" onClick={onClear}>
        {m.action_clear_filters()}
      </Anchor>
    </Empty>
  )
}
