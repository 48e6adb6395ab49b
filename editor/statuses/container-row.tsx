import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { Pencil, Trash2 } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { sentenceOf } from '../shell/states.tsx'
import { m } from '../texts/paraglide/messages.js'
import { type Container, deleteContainer, renameContainer } from './container-queries.ts'
import { useContainer } from './use-container.ts'

/** One container: its name, how many statuses stand in it, and what can be done with it. */
export function ContainerRow({ container }: { container: Container }) {
  const [open, setOpen] = useState<'rename' | 'delete' | null>(null)
  const close = () => setOpen(null)
  const { name, statuses } = container
  return (
    <Stack component="li" gap={4} style={{ listStyle: 'none' }}>
      <Group gap="xs" wrap="nowrap">
        <Stack gap={0} style={{ flex: 1, minWidth: 0 }}>
          <Text size="sm" fw={500} truncate title={name}>
            {name}
          </Text>
          <Text size="xs" c="dimmed">
            {m.containers_statuses({ count: statuses })}
          </Text>
        </Stack>
        <ActionIcon variant="subtle" onClick={() => setOpen('rename')} aria-label={m.containers_rename({ name })}>
          <Pencil size={16} aria-hidden />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="red"
          onClick={() => setOpen('delete')}
          aria-label={m.containers_delete({ name })}
        >
          <Trash2 size={16} aria-hidden />
        </ActionIcon>
      </Group>
      {open === 'rename' && <Rename container={container} onDone={close} />}
      {open === 'delete' && <Delete container={container} onDone={close} />}
    </Stack>
  )
}

interface Props {
  container: Container
  onDone: () => void
}

function Rename({ container: { id, name: before }, onDone }: Props) {
  const [name, setName] = useState(before)
  const renaming = useContainer(() => renameContainer(id, name.trim()), {
    told: m.containers_renamed({ name }),
    onDone,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() !== '') renaming.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Group gap="xs" align="flex-start" wrap="nowrap">
        <TextInput
          aria-label={m.containers_name()}
          value={name}
          onChange={({ currentTarget: { value } }) => setName(value)}
          error={renaming.error && sentenceOf(renaming.error)}
          maxLength={80}
          style={{ flex: 1 }}
          autoFocus
        />
        <Button variant="default" onClick={onDone}>
          {m.action_cancel()}
        </Button>
        <Button type="submit" loading={renaming.isPending}>
          {m.action_save()}
        </Button>
      </Group>
    </form>
  )
}

function Delete({ container: { id, name }, onDone }: Props) {
  const deleting = useContainer(() => deleteContainer(id), { told: m.containers_deleted({ name }), onDone })
  return (
    <Group gap="xs" justify="space-between">
      <Text size="sm" style={{ flex: 1 }}>
        {deleting.error ? sentenceOf(deleting.error) : m.containers_delete_text()}
      </Text>
      <Button variant="default" onClick={onDone} autoFocus>
        {m.action_cancel()}
      </Button>
      <Button color="red.9" onClick={() => deleting.mutate()} loading={deleting.isPending}>
        {m.action_delete()}
      </Button>
    </Group>
  )
}
