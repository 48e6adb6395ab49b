import { Group, Pagination, Text } from '@mantine/core'
import { useEffect } from 'react'
import { m } from '../texts/paraglide/messages.js'
import { formatCount } from './format.ts'

interface Props {
  /** Rows in all, and of one page. */
  total: number
  size: number
  page: number
  onPage: (page: number) => void
}

/** Which rows of how many are shown, and the way to the others. */
export function Pager({ total, size, page, onPage }: Props) {
  const last = Math.max(1, Math.ceil(total / size))
  // an address may name a page that is gone meanwhile
  useEffect(() => {
    if (page > last) onPage(last)
  }, [page, last, onPage])
  const from = (page - 1) * size + 1
  const to = Math.min(page * size, total)
  return (
    <Group justify="space-between" gap="sm">
      <Text size="sm" c="dimmed">
        {m.pager_shown({ from: formatCount(from), to: formatCount(to), total: formatCount(total) })}
      </Text>
      {total > size && (
        <Pagination
          total={last}
          value={page}
          onChange={onPage}
          size="sm"
          siblings={1}
          getControlProps={(control) => ({ 'aria-label': CONTROLS[control]() })}
          getItemProps={(number) => ({ 'aria-label': m.pager_page({ number }) })}
          aria-label={m.pager_pages()}
        />
      )}
    </Group>
  )
}

const CONTROLS = {
  first: m.pager_first,
  previous: m.pager_previous,
  next: m.pager_next,
  last: m.pager_last,
}
