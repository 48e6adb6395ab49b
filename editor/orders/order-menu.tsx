import { ActionIcon, Menu } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Archive, ArchiveRestore, Ellipsis, FolderOpen } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Axis } from '../../db/model/status.ts'
import links from '../shell/row-link.module.css'
import { m } from '../texts/paraglide/messages.js'
import { choicesFrom } from './choices.ts'
import type { MoveWish } from './move.ts'
import { MoveMenu } from './move-menu.tsx'
import type { OrderRow, StatusCount } from './order-queries.ts'

interface Props {
  order: Pick<OrderRow, 'number' | 'statuses' | 'archived'>
  type: Axis
  statuses: readonly StatusCount[]
  onMove: (wish: MoveWish) => void
  onArchive: (number: string, isIn: boolean) => void
}

/** What can be done with an order in a list. Source: S0-20, S3-29. */
export function OrderMenu({ order: { number, statuses: of, archived }, type, statuses, onMove, onArchive }: Props) {
  const [isSilent, setSilent] = useState(false)
  const first = (
    <>
      <Menu.Item
        component={Link}
        to={`/orders/${encodeURIComponent(number)}`}
        leftSection={<FolderOpen size={14} aria-hidden />}
      >
        {m.orders_open()}
      </Menu.Item>
      <ArchiveItem isArchived={archived} onArchive={(isIn) => onArchive(number, isIn)} />
    </>
  )
  const target = (
    <ActionIcon variant="subtle" size={28} className={links.above ?? ''} aria-label={m.orders_menu({ order: number })}>
      <Ellipsis size={16} aria-hidden />
    </ActionIcon>
  )
  if (archived) return <PlainMenu target={target}>{first}</PlainMenu>
  return (
    <MoveMenu
      type={type}
      choices={choicesFrom(statuses, type, of[type].code)}
      onMove={({ code, name }) => onMove({ number, type, code, name, silent: isSilent })}
      first={first}
      silent={{ isOn: isSilent, onChange: setSilent }}
    >
      {target}
    </MoveMenu>
  )
}

/** A menu of few entries; `target` opens it and gets the focus back. */
export const PlainMenu = ({ target, children }: { target: ReactNode; children: ReactNode }) => (
  <Menu position="bottom-end" returnFocus shadow="md">
    <Menu.Target>{target}</Menu.Target>
    <Menu.Dropdown>{children}</Menu.Dropdown>
  </Menu>
)

/** The entry that puts an order into the archive, or takes it out. */
export function ArchiveItem(props: { isArchived: boolean; onArchive: (isIn: boolean) => void }) {
  const { isArchived, onArchive } = props
  const Icon = isArchived ? ArchiveRestore : Archive
  return (
    <Menu.Item leftSection={<Icon size={14} aria-hidden />} onClick={() => onArchive(!isArchived)}>
      {isArchived ? m.archive_take_out() : m.archive_put()}
    </Menu.Item>
  )
}
