import { Alert, Button, Drawer, Group, Stack, TextInput, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { statusCountsQuery } from '../orders/order-queries.ts'
import { api, ask } from '../shell/api.ts'
import { Failed, Loaded } from '../shell/states.tsx'
import { Unsaved } from '../shell/unsaved.tsx'
import { m } from '../texts/paraglide/messages.js'
import { Copied } from './copied.tsx'
import type { Shop } from './queries.ts'
import { tidied } from './status-map.ts'
import { StatusMapTable } from './status-map-table.tsx'
import { UnusableBodies } from './unusable-bodies.tsx'

const route = getRouteApi('/integrations')

/** Everything of one shop at the side: its name, where it posts, what its words mean, what could not be used. */
export function ShopDrawer({ shop }: { shop: Shop | undefined }) {
  const navigate = route.useNavigate()
  const close = (isSaved = false) => void navigate({ search: {}, ignoreBlocker: isSaved })
  return (
    <Drawer
      opened
      onClose={() => close()}
      position="right"
      size={880}
      title={shop?.name ?? m.nav_integrations()}
      styles={{ title: { fontWeight: 600 } }}
      closeButtonProps={{ 'aria-label': m.action_close() }}
      transitionProps={{ duration: 150, exitDuration: 0 }}
    >
      {shop ? <ShopForm shop={shop} onDone={close} /> : <Alert color="orange">{m.shops_gone()}</Alert>}
    </Drawer>
  )
}

function ShopForm({ shop, onDone }: { shop: Shop; onDone: (isSaved?: boolean) => void }) {
  const { id } = shop
  const [first] = useState({ name: shop.name, statusMap: tidied(shop.statusMap) })
  const [draft, setDraft] = useState(first)
  const [isLeaving, setLeaving] = useState(false)
  const statuses = useQuery(statusCountsQuery)
  const queries = useQueryClient()
  const save = useMutation({
    mutationFn: () => ask(api.integrations[':id'].$patch({ param: { id }, json: draft })),
    onSuccess: async ({ name }) => {
      await queries.invalidateQueries({ queryKey: ['integrations'] })
      notifications.show({ message: m.shops_saved({ name }) })
      setLeaving(true)
      onDone(true)
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (draft.name.trim() !== '') save.mutate()
  }
  const isDirty = JSON.stringify(draft) !== JSON.stringify(first)
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        {save.error && <Failed error={save.error} />}
        <TextInput
          label={m.shops_name()}
          value={draft.name}
          onChange={({ currentTarget: { value } }) => setDraft({ ...draft, name: value })}
          error={draft.name.trim() === '' && m.shops_name_missing()}
          maxLength={80}
          required
        />
        <div>
          <Title order={3} size="sm" mb={4}>
            {m.shops_url()}
          </Title>
          <Copied value={shop.url} what={m.shops_url()} />
        </div>
        <Loaded query={statuses}>
          {(list) => (
            <StatusMapTable
              map={draft.statusMap}
              statuses={list}
              onChange={(statusMap) => setDraft({ ...draft, statusMap })}
            />
          )}
        </Loaded>
        <UnusableBodies shop={shop} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={() => onDone()}>
            {m.action_cancel()}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {m.action_save()}
          </Button>
        </Group>
      </Stack>
      <Unsaved isDirty={isDirty && !isLeaving} text={m.shops_unsaved()} />
    </form>
  )
}
