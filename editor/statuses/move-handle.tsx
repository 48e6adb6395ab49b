import { ActionIcon } from '@mantine/core'
import { GripVertical } from 'lucide-react'
import type { DragEvent, KeyboardEvent } from 'react'
import type { StatusCount } from '../orders/order-queries.ts'
import { m } from '../texts/paraglide/messages.js'
import classes from './status-row.module.css'
import type { Positions } from './use-positions.ts'

interface Props {
  status: StatusCount
  positions: Positions
}

const STEPS: Record<string, -1 | 1> = { ArrowUp: -1, ArrowDown: 1 }

/** Takes hold of a status: dragged by the mouse, moved by the arrow keys. */
export function MoveHandle({ status, positions }: Props) {
  const press = (event: KeyboardEvent) => {
    const by = STEPS[event.key]
    if (by === undefined) return
    event.preventDefault()
    positions.moveBy(status, by)
  }
  return (
    <ActionIcon
      className={classes.handle}
      variant="subtle"
      color="gray"
      size="sm"
      draggable
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move'
        event.dataTransfer.setData('text/plain', status.name)
        positions.drag(status)
      }}
      onDragEnd={() => positions.drag(null)}
      onKeyDown={press}
      aria-label={m.statuses_move({ name: status.name })}
      title={m.statuses_move_hint()}
    >
      <GripVertical size={16} aria-hidden />
    </ActionIcon>
  )
}

/** Lets a row take what is dragged to its place, and shows which row would. */
export const dropFor = (status: StatusCount, { dragged, moveTo }: Positions) => ({
  onDragOver: (event: DragEvent<HTMLElement>) => {
    if (!dragged || dragged.code === status.code) return
    event.preventDefault()
    event.currentTarget.dataset.over = 'true'
  },
  onDragLeave: ({ currentTarget }: DragEvent<HTMLElement>) => {
    delete currentTarget.dataset.over
  },
  onDrop: (event: DragEvent<HTMLElement>) => {
    event.preventDefault()
    delete event.currentTarget.dataset.over
    if (dragged) moveTo(dragged, status.code)
  },
})
