import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { suggestCode } from '../../db/model/status-code.ts'
import { api, ask } from '../shell/api.ts'
import { queries } from '../shell/queries.ts'
import { sentenceOf } from '../shell/states.tsx'
import { m } from '../texts/paraglide/messages.js'
import { statusCountsQuery } from './order-queries.ts'

interface Props {
  isOpen: boolean
  onClose: () => void
  /** The new status, which the order moves to. */
  onMade: (status: { code: string; name: string }) => void
}

/** Makes a general status of any name on the way; its group is the first, which Statuses can change. Source: C18, S2-12. */
export function NewLabel({ isOpen, onClose, onMade }: Props) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={m.label_title()}
      closeButtonProps={{ 'aria-label': m.action_close() }}
      centered
    >
      <LabelForm onClose={onClose} onMade={onMade} />
    </Modal>
  )
}

function LabelForm({ onClose, onMade }: Omit<Props, 'isOpen'>) {
  const [name, setName] = useState('')
  const { data: statuses = [] } = useQuery(statusCountsQuery)
  const taken = statuses.filter(({ type }) => type === 'general').map(({ code }) => code)
  const code = suggestCode(name, taken) || suggestCode('status', taken)
  const { mutate, error, isPending, reset } = useMutation({
    mutationFn: () =>
      ask(api.statuses.$post({ json: { type: 'general', group: 'processing', code, name: name.trim() } })),
    onSuccess: (made) => {
      void queries.invalidateQueries({ queryKey: ['statuses'] })
      onClose()
      onMade(made)
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() !== '') mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label={m.label_name()}
          description={m.label_about()}
          placeholder={m.label_example()}
          value={name}
          onChange={({ currentTarget: { value } }) => {
            reset()
            setName(value)
          }}
          error={error && sentenceOf(error)}
          maxLength={80}
          data-autofocus
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {m.action_cancel()}
          </Button>
          <Button type="submit" loading={isPending} disabled={name.trim() === ''}>
            {m.label_move()}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
