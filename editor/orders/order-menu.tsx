import { ActionIcon, Menu } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Ellipsis, FolderOpen } from 'lucide-react'
import type { Axis } from '../../db/model/status.ts'
import links from '../shell/row-link.module.css'
import { m } from '../texts/paraglide/messages.js'
import { choicesFrom } from './choices.ts'
import type { MoveWish } from './move.ts'
import { MoveMenu } from './move-menu.tsx'
import type { OrderRow, StatusCount } from './order-queries.ts'

interface Props {
  order: Pick<OrderRow, 'number' | 'statuses'>
  type: Axis
  statuses: readonly StatusCount[]
  onMove: (wish: MoveWish) => void
}

/** What can be done with an order in a list. Source: S0-20. */
export function OrderMenu({ order: { number, statuses: of }, type, statuses, onMove }: Props) {
  const open = (
    <Menu.Item
      component={Link}
      to={`/orders/${encodeURIComponent(number)}`}
      leftSection={<FolderOpen size={14} aria-hidden />}
    >
      {m.orders_open()}
    </Menu.Item>
  )
  return (
    <MoveMenu
      type={type}
      choices={choicesFrom(statuses, type, of[type].code)}
      onMove={({ code, name }) => onMove({ number, type, code, name })}
      first={open}
    >
      <ActionIcon
        variant="subtle"
        size={28}
        className={links.above ?? ''}
        aria-label={m.orders_menu({ order: number })}
      >
        <Ellipsis size={16} aria-hidden />
      </ActionIcon>
    </MoveMenu>
  )
}
