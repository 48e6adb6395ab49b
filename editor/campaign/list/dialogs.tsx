import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { m } from '../../texts/paraglide/messages.js'
import { useDelete, useRename } from './actions.ts'
import { type CampaignRow, NAME_MAX } from './query.ts'
import { Refusal } from './refusal.tsx'

interface Props {
  campaign: CampaignRow
  isOpen: boolean
  onClose: () => void
}

export function RenameDialog({ campaign, isOpen, onClose }: Props) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      returnFocus={false}
      title={m.campaigns_rename_title()}
      closeButtonProps={{ 'aria-label': m.action_close() }}
    >
      <RenameForm campaign={campaign} onClose={onClose} />
    </Modal>
  )
}

function RenameForm({ campaign, onClose }: Omit<Props, 'isOpen'>) {
  const [name, setName] = useState(campaign.name)
  const rename = useRename(campaign, onClose)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() !== '') rename.mutate(name.trim())
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label={m.campaigns_name()}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={NAME_MAX}
          required
          data-autofocus
        />
        {rename.isError && <Refusal error={rename.error} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {m.action_cancel()}
          </Button>
          <Button type="submit" loading={rename.isPending} disabled={name.trim() === ''}>
            {m.action_save()}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

export function DeleteDialog({ campaign, isOpen, onClose }: Props) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      returnFocus={false}
      title={m.campaigns_delete_title({ name: campaign.name })}
      closeButtonProps={{ 'aria-label': m.action_close() }}
    >
      <DeleteQuestion campaign={campaign} onClose={onClose} />
    </Modal>
  )
}

function DeleteQuestion({ campaign, onClose }: Omit<Props, 'isOpen'>) {
  const remove = useDelete(campaign, onClose)
  const wasPublished = campaign.version !== null
  const isOver = remove.isError || wasPublished
  const text = wasPublished ? m.refusal_campaign_published() : m.campaigns_delete_text()
  return (
    <Stack gap="md">
      {remove.isError ? <Refusal error={remove.error} /> : <Text size="sm">{text}</Text>}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose} data-autofocus>
          {isOver ? m.action_close() : m.action_cancel()}
        </Button>
        {!isOver && (
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
            {m.action_delete()}
          </Button>
        )}
      </Group>
    </Stack>
  )
}
