import { ActionIcon, Menu } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Copy, Ellipsis, Pause, Pencil, Play, SquareArrowRight, Trash2, Users } from 'lucide-react'
import { useRef, useState } from 'react'
import { m } from '../../texts/paraglide/messages.js'
import { useCampaignAction } from './actions.ts'
import { DeleteDialog, RenameDialog } from './dialogs.tsx'
import type { CampaignRow } from './query.ts'

/** What can be done with a campaign from the list. */
export function CampaignMenu({ campaign }: { campaign: CampaignRow }) {
  const [dialog, setDialog] = useState<'rename' | 'delete' | null>(null)
  const { mutate: act, isPending } = useCampaignAction(campaign)
  const { id, name, state } = campaign
  const target = useRef<HTMLButtonElement>(null)
  // the entry of the menu that opened the dialog is gone by then
  const close = () => {
    setDialog(null)
    target.current?.focus()
  }
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon
            ref={target}
            variant="subtle"
            color="gray"
            loading={isPending}
            aria-label={m.campaigns_menu({ name })}
          >
            <Ellipsis size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            renderRoot={(props) => <Link to="/campaigns/$id" params={{ id }} {...props} />}
            leftSection={<SquareArrowRight size={16} aria-hidden />}
          >
            {m.campaigns_open()}
          </Menu.Item>
          {state !== 'draft' && (
            <Menu.Item
              renderRoot={(props) => <Link to="/campaigns/$id" params={{ id }} search={{ mode: 'live' }} {...props} />}
              leftSection={<Users size={16} aria-hidden />}
            >
              {m.campaigns_open_live()}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<Pencil size={16} aria-hidden />} onClick={() => setDialog('rename')}>
            {m.campaigns_rename()}
          </Menu.Item>
          <Menu.Item leftSection={<Copy size={16} aria-hidden />} onClick={() => act('copy')}>
            {m.action_copy()}
          </Menu.Item>
          {state === 'live' && (
            <Menu.Item leftSection={<Pause size={16} aria-hidden />} onClick={() => act('pause')}>
              {m.campaigns_pause()}
            </Menu.Item>
          )}
          {state === 'paused' && (
            <Menu.Item leftSection={<Play size={16} aria-hidden />} onClick={() => act('resume')}>
              {m.campaigns_resume()}
            </Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Item leftSection={<Trash2 size={16} aria-hidden />} onClick={() => setDialog('delete')}>
            {m.action_delete()}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <RenameDialog campaign={campaign} isOpen={dialog === 'rename'} onClose={close} />
      <DeleteDialog campaign={campaign} isOpen={dialog === 'delete'} onClose={close} />
    </>
  )
}
