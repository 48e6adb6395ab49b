import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { api, ask } from '../../shell/api.ts'
import { OrdersOffNote } from '../../shell/orders-off.tsx'
import { queries } from '../../shell/queries.ts'
import { useWorkspace } from '../../shell/session.ts'
import { m } from '../../texts/paraglide/messages.js'
import { NAME_MAX } from '../list/query.ts'
import { Refusal } from '../list/refusal.tsx'
import { ChoiceText } from './cards.tsx'
import { type Choice, choicesFor } from './choices.ts'
import type { KnownStatus } from './parts.ts'
import classes from './templates.module.css'

interface Props {
  /** The id of what is chosen; an unknown one means blank, none that the dialog is closed. */
  chosen: string | undefined
  statuses: readonly KnownStatus[] | undefined
  onChoose: (id: string) => void
  onClose: () => void
}

/** Makes a campaign, from a template or blank, and opens it. */
export function NewCampaign(props: Props) {
  return (
    <Modal
      opened={props.chosen !== undefined}
      onClose={props.onClose}
      title={m.campaigns_new()}
      size="lg"
      closeButtonProps={{ 'aria-label': m.action_close() }}
    >
      <Form {...props} />
    </Modal>
  )
}

function Form({ chosen, statuses, onChoose, onClose }: Props) {
  const templates = choicesFor(statuses ?? [], useWorkspace())
  const blank = templates.at(-1)!
  const choices = [blank, ...(statuses ? templates.slice(0, -1) : [])]
  const choice = choices.find((c) => c.id === chosen && c.draft) ?? blank
  const [typed, setTyped] = useState<string | null>(null)
  const name = typed ?? (choice.id === 'blank' ? '' : choice.name)
  const create = useCreate()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() !== '' && choice.draft) create.mutate({ name: name.trim(), draft: choice.draft })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <OrdersOffNote text={m.campaigns_orders_off()} />
        <Choices choices={choices} chosen={choice.id} onChoose={onChoose} />
        <TextInput
          label={m.campaigns_name()}
          value={name}
          onChange={(event) => setTyped(event.currentTarget.value)}
          maxLength={NAME_MAX}
          required
          data-autofocus
        />
        {create.isError && <Refusal error={create.error} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {m.action_cancel()}
          </Button>
          <Button type="submit" loading={create.isPending} disabled={name.trim() === '' || !choice.draft}>
            {m.campaigns_create()}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function Choices(props: { choices: readonly Choice[]; chosen: string; onChoose: (id: string) => void }) {
  return (
    <fieldset className={classes.cards}>
      <Text component="legend" size="sm" fw={500} mb={4}>
        {m.campaigns_begin_with()}
      </Text>
      {props.choices.map((choice) => (
        <label key={choice.id} className={classes.card}>
          <input
            type="radio"
            name="template"
            checked={choice.id === props.chosen}
            disabled={!choice.draft}
            onChange={() => props.onChoose(choice.id)}
          />
          <ChoiceText {...choice} />
        </label>
      ))}
    </fieldset>
  )
}

function useCreate() {
  const navigate = useNavigate()
  return useMutation({
    mutationFn: ({ name, draft }: { name: string; draft: NonNullable<Choice['draft']> }) =>
      ask(api.campaigns.$post({ json: { name, draft } })),
    onSuccess: async ({ id }) => {
      void queries.invalidateQueries({ queryKey: ['campaigns'] })
      await navigate({ to: '/campaigns/$id', params: { id } })
    },
  })
}
