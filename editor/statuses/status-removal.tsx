import { Button, Checkbox, Group, Select, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { StatusCount } from '../orders/order-queries.ts'
import { Failed, Loaded } from '../shell/states.tsx'
import { m } from '../texts/paraglide/messages.js'
import { remove, usesQuery } from './save.ts'
import { canBeReplaced, isStopped, isUsed, type Uses } from './uses.ts'
import { UsesList } from './uses-list.tsx'

interface Props {
  status: StatusCount
  statuses: StatusCount[]
  onCancel: () => void
  onDeleted: () => void
}

/** Asks before a status goes: what refers to it, and what takes its place. Source: C13. */
export function StatusRemoval(props: Props) {
  const query = useQuery(usesQuery(props.status))
  return (
    <Stack gap="md">
      <Text size="sm">{m.statuses_delete_text()}</Text>
      <Loaded query={query}>{(uses) => <Removal {...props} uses={uses} />}</Loaded>
    </Stack>
  )
}

function Removal({ status, statuses, onCancel, onDeleted, uses }: Props & { uses: Uses }) {
  const { type, code, name } = status
  const [replacement, setReplacement] = useState<string | null>(null)
  const [isTold, setTold] = useState(false)
  const queries = useQueryClient()
  const removal = useMutation({
    mutationFn: () => remove(type, code, replacement, !isTold),
    onSuccess: async () => {
      onDeleted()
      notifications.show({ message: m.statuses_deleted({ name }) })
      await queries.invalidateQueries({ queryKey: ['statuses'] })
    },
    onError: () => queries.invalidateQueries({ queryKey: ['status-uses'] }),
  })
  const others = statuses.filter((s) => s.type === type && s.code !== code)
  return (
    <>
      {isUsed(uses) && <UsesList uses={uses} status={status} />}
      {canBeReplaced(uses) && (
        <>
          <Select
            label={m.statuses_replacement()}
            description={m.statuses_replacement_hint()}
            placeholder={m.statuses_timeout_choose()}
            data={others.map((other) => ({ value: other.code, label: other.name }))}
            value={replacement}
            onChange={setReplacement}
            searchable
            openOnFocus={false}
            allowDeselect={false}
            required
          />
          {uses.orders > 0 && (
            <Checkbox
              label={m.statuses_replacement_tell()}
              description={m.statuses_replacement_tell_hint()}
              checked={isTold}
              onChange={({ currentTarget: { checked } }) => setTold(checked)}
            />
          )}
        </>
      )}
      {removal.error && <Failed error={removal.error} />}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onCancel} data-autofocus>
          {m.action_cancel()}
        </Button>
        <Button
          color="red.9"
          onClick={() => removal.mutate()}
          loading={removal.isPending}
          disabled={isStopped(uses) || (canBeReplaced(uses) && replacement === null)}
        >
          {m.action_delete()}
        </Button>
      </Group>
    </>
  )
}
