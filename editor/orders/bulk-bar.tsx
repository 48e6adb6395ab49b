import { Anchor, Button, CloseButton, Paper, Switch, Text } from '@mantine/core'
import { Archive, ArchiveRestore, ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { formatCount } from '../shell/format.ts'
import { m } from '../texts/paraglide/messages.js'
import { useArchive, useUnarchive } from './archive.tsx'
import classes from './bulk.module.css'
import { BulkConfirm } from './bulk-confirm.tsx'
import { type BulkWish, useBulkMove } from './bulk-move.tsx'
import { type Choice, choicesFrom } from './choices.ts'
import { MoveMenu } from './move-menu.tsx'
import type { OrdersSearch, StatusCount } from './order-queries.ts'
import { chosenOf, countOf, EVERYTHING, type Selection } from './selection.ts'

export interface BulkBarProps {
  selection: Selection
  /** Of those shown, all are chosen. */
  isPageFull: boolean
  total: number
  search: OrdersSearch
  statuses: readonly StatusCount[]
  onSelect: (selection: Selection) => void
  /** The selection is over: something was done with it, or it was given up. */
  onDone: () => void
}

/** What can be done with the chosen orders. Source: S0-20, S3-27. */
export function BulkBar(props: BulkBarProps) {
  const { selection, isPageFull, total, search, onSelect, onDone } = props
  const count = countOf(selection, total)
  return (
    <Paper withBorder shadow="md" component="section" aria-label={m.bulk_bar()} className={classes.bar ?? ''}>
      <div className={classes.count}>
        <Text size="sm" fw={600} role="status">
          {m.bulk_selected({ count: formatCount(count) })}
        </Text>
        {isPageFull && count < total && (
          <Anchor component="button" type="button" size="sm" onClick={() => onSelect(EVERYTHING)}>
            {m.bulk_select_all({ count: formatCount(total) })}
          </Anchor>
        )}
      </div>
      {search.archived ? <FromArchive {...props} /> : <Moves {...props} count={count} />}
      <CloseButton aria-label={m.bulk_clear()} onClick={onDone} className={classes.clear ?? ''} />
    </Paper>
  )
}

function FromArchive({ selection, search, onDone }: BulkBarProps) {
  const { mutate, isPending } = useUnarchive(onDone)
  return (
    <Button
      size="xs"
      variant="default"
      loading={isPending}
      leftSection={<ArchiveRestore size={14} aria-hidden />}
      onClick={() => mutate(chosenOf(selection, search))}
    >
      {m.archive_take_out()}
    </Button>
  )
}

function Moves({ selection, search, statuses, total, count, onDone }: BulkBarProps & { count: number }) {
  const { type = 'general' } = search
  const [isSilent, setSilent] = useState(false)
  const [asked, setAsked] = useState<BulkWish | null>(null)
  const { mutate: move, isPending, done } = useBulkMove(onDone)
  const archive = useArchive(onDone)
  const chosen = chosenOf(selection, search)
  const choose = ({ code, name }: Choice) => {
    const wish = { chosen, type, code, name, silent: isSilent }
    // of what is seen one knows what one does
    if (selection.isAll) setAsked(wish)
    else move(wish)
  }
  return (
    <>
      <MoveMenu type={type} choices={choicesFrom(statuses, type, search.status ?? '')} onMove={choose}>
        <Button size="xs" loading={isPending} rightSection={<ChevronDown size={14} aria-hidden />}>
          {m.bulk_move()}
        </Button>
      </MoveMenu>
      <Switch
        size="sm"
        label={m.bulk_silent()}
        checked={isSilent}
        onChange={({ currentTarget }) => setSilent(currentTarget.checked)}
      />
      <Button
        size="xs"
        variant="default"
        loading={archive.isPending}
        disabled={isPending}
        leftSection={<Archive size={14} aria-hidden />}
        onClick={() => archive.mutate(chosen)}
      >
        {m.archive_put()}
      </Button>
      {isPending && done > 0 && (
        <Text size="xs" c="dimmed" role="status">
          {m.bulk_under_way({ done: formatCount(done), total: formatCount(total) })}
        </Text>
      )}
      <BulkConfirm wish={asked} count={count} onClose={() => setAsked(null)} onConfirm={move} />
    </>
  )
}
