import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { CircleAlert } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { api, ask } from '../shell/api.ts'
import { sentenceOf } from '../shell/states.tsx'
import { m } from '../texts/paraglide/messages.js'
import { Connected, type Connection } from './connected.tsx'

/** Connects a shop, and then shows what has to be pasted there; a secret made here is seen only once. */
export function ConnectShop({ onClose }: { onClose: (id?: string) => void }) {
  const [made, setMade] = useState<Connection | null>(null)
  return (
    <Modal
      opened
      onClose={() => onClose(made?.id)}
      title={made ? m.shops_connected() : m.shops_connect()}
      closeButtonProps={{ 'aria-label': m.action_close() }}
      size="lg"
      // a slip of the mouse would lose the secret
      closeOnClickOutside={!made}
      closeOnEscape={!made}
    >
      {made ? (
        <Connected made={made} onDone={() => onClose(made.id)} />
      ) : (
        <ConnectForm onMade={setMade} onCancel={() => onClose()} />
      )}
    </Modal>
  )
}

function ConnectForm({ onMade, onCancel }: { onMade: (made: Connection) => void; onCancel: () => void }) {
  const [name, setName] = useState('')
  const [secret, setSecret] = useState('')
  const [isMissing, setMissing] = useState(false)
  const queries = useQueryClient()
  const connect = useMutation({
    mutationFn: () => {
      const own = secret.trim()
      return ask(api.integrations.$post({ json: { kind: 'woocommerce', name, ...(own && { secret: own }) } }))
    },
    onSuccess: (made) => {
      onMade(made)
      void queries.invalidateQueries({ queryKey: ['integrations'] })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setMissing(name.trim() === '')
    if (name.trim() !== '') connect.mutate()
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text size="sm">{m.shops_connect_text()}</Text>
        {connect.error && (
          <Alert color="red" variant="light" role="alert" icon={<CircleAlert size={18} aria-hidden />}>
            {sentenceOf(connect.error)}
          </Alert>
        )}
        <TextInput
          label={m.shops_name()}
          placeholder={m.shops_name_example()}
          value={name}
          onChange={({ currentTarget: { value } }) => setName(value)}
          error={isMissing && name.trim() === '' && m.shops_name_missing()}
          maxLength={80}
          required
          data-autofocus
        />
        <TextInput
          label={m.shops_secret()}
          description={m.shops_secret_hint()}
          value={secret}
          onChange={({ currentTarget: { value } }) => setSecret(value)}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            {m.action_cancel()}
          </Button>
          <Button type="submit" loading={connect.isPending}>
            {m.shops_connect()}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
