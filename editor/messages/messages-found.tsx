import { Stack } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { Pager } from '../shell/pager.tsx'
import { MESSAGES_PAGE, type Message } from './message-queries.ts'
import { MessageCards } from './messages-cards.tsx'
import { MessagesTable } from './messages-table.tsx'

interface Props {
  page: { total: number; messages: Message[] }
  number: number
  /** The rows are of the page before; the next is on its way. */
  isOld: boolean
  onPage: (page: number) => void
}

/** A page of texts: a table, or cards where a table does not fit. */
export function MessagesFound({ page, number, isOld, onPage }: Props) {
  const isWide = useMediaQuery('(min-width: 62em)', true, { getInitialValueInEffect: false })
  const List = isWide ? MessagesTable : MessageCards
  return (
    <Stack gap="md" opacity={isOld ? 0.6 : 1} aria-busy={isOld}>
      <List messages={page.messages} />
      <Pager total={page.total} size={MESSAGES_PAGE} page={number} onPage={onPage} />
    </Stack>
  )
}
