import { Button, Drawer, Group, Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Layers } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { Empty, Loaded, sentenceOf } from '../shell/states.tsx'
import { m } from '../texts/paraglide/messages.js'
import { addContainer, containersQuery } from './container-queries.ts'
import { ContainerRow } from './container-row.tsx'
import { useContainer } from './use-container.ts'

const route = getRouteApi('/statuses')

/** The containers of statuses at the side: made, renamed, taken away. Source: S0-31. */
export function ContainersDrawer() {
  const { type, containers = false } = route.useSearch()
  const navigate = route.useNavigate()
  const query = useQuery({ ...containersQuery, enabled: containers })
  return (
    <Drawer
      opened={containers}
      onClose={() => void navigate({ search: type ? { type } : {}, resetScroll: false })}
      position="right"
      size={480}
      title={m.containers_title()}
      styles={{ title: { fontWeight: 600 } }}
      closeButtonProps={{ 'aria-label': m.action_close() }}
    >
      <Stack gap="lg">
        <Text size="sm">{m.containers_about()}</Text>
        <AddContainer />
        <Loaded query={query}>
          {(list) =>
            list.length === 0 ? (
              <Empty icon={Layers} title={m.containers_empty()} text={m.containers_empty_text()} />
            ) : (
              <Stack component="ul" gap="xs" p={0} m={0}>
                {list.map((container) => (
                  <ContainerRow key={container.id} container={container} />
                ))}
              </Stack>
            )
          }
        </Loaded>
      </Stack>
    </Drawer>
  )
}

function AddContainer() {
  const [name, setName] = useState('')
  const adding = useContainer(() => addContainer(name.trim()), {
    told: m.containers_added({ name: name.trim() }),
    onDone: () => setName(''),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() !== '') adding.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Group gap="sm" align="flex-end" wrap="nowrap">
        <TextInput
          label={m.containers_name()}
          value={name}
          onChange={({ currentTarget: { value } }) => {
            adding.reset()
            setName(value)
          }}
          error={adding.error && sentenceOf(adding.error)}
          maxLength={80}
          style={{ flex: 1 }}
          data-autofocus
        />
        <Button type="submit" loading={adding.isPending} disabled={name.trim() === ''}>
          {m.containers_add()}
        </Button>
      </Group>
    </form>
  )
}
