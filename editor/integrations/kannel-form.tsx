import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api, ask, Problem } from '../shell/api.ts'
import { asSentence } from '../shell/as-sentence.ts'
import { Failed } from '../shell/states.tsx'
import { Unsaved } from '../shell/unsaved.tsx'
import { m } from '../texts/paraglide/messages.js'
import { Copied } from './copied.tsx'
import type { Channel } from './queries.ts'

const FIELDS = ['url', 'username', 'password', 'from'] as const
type Field = (typeof FIELDS)[number]

const LABELS = {
  url: m.gateway_url,
  username: m.gateway_username,
  password: m.gateway_password,
  from: m.gateway_from,
} satisfies Record<Field, () => string>
const HINTS: Partial<Record<Field, () => string>> = { url: m.gateway_url_hint, from: m.gateway_from_hint }

/** The settings of Kannel. The password can be set but never be seen. */
export function KannelForm({ channel, onDone }: { channel: Channel; onDone: (isSaved?: boolean) => void }) {
  const { settings, replyUrl } = channel
  const [first] = useState({ url: '', username: '', from: '', ...settings, password: '' })
  const [draft, setDraft] = useState<Record<Field, string>>(first)
  const [isLeaving, setLeaving] = useState(false)
  const queries = useQueryClient()
  const save = useMutation({
    mutationFn: () => {
      const { password, url, username, from } = draft
      return ask(api.channels.kannel.$put({ json: { url, username, from, ...(password && { password }) } }))
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['channels'] })
      notifications.show({ message: m.gateway_saved() })
      // the first time, what has to stand in kannel.conf comes only now
      if (!settings) return
      setLeaving(true)
      onDone(true)
    },
  })
  const [missing, setMissing] = useState<Field[]>([])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const needed = FIELDS.filter((field) => field !== 'password' || !settings?.passwordSet)
    const absent = needed.filter((field) => draft[field].trim() === '')
    setMissing(absent)
    if (absent.length === 0) save.mutate()
  }
  const errors = save.error instanceof Problem ? save.error.errors : []
  const errorOf = (field: Field) => {
    const told = errors.find((error) => error.field === field)?.detail
    return missing.includes(field) && draft[field] === '' ? m.field_missing() : told && asSentence(told)
  }
  const isDirty = FIELDS.some((field) => draft[field] !== first[field])
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {save.error && !FIELDS.some(errorOf) && <Failed error={save.error} />}
        {FIELDS.map((field) => (
          <TextInput
            key={field}
            label={LABELS[field]()}
            description={field === 'password' && settings?.passwordSet ? m.gateway_password_kept() : HINTS[field]?.()}
            type={field === 'password' ? 'password' : 'text'}
            autoComplete={field === 'password' ? 'new-password' : 'off'}
            value={draft[field]}
            onChange={({ currentTarget: { value } }) => setDraft({ ...draft, [field]: value })}
            error={errorOf(field)}
            spellCheck={false}
            {...(field === 'url' && { 'data-autofocus': true, placeholder: 'http://127.0.0.1:13013/cgi-bin/sendsms' })}
          />
        ))}
        {replyUrl && <ReplyLine replyUrl={replyUrl} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={() => onDone()}>
            {isDirty ? m.action_cancel() : m.action_close()}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {m.action_save()}
          </Button>
        </Group>
      </Stack>
      <Unsaved isDirty={isDirty && !isLeaving} text={m.gateway_unsaved()} />
    </form>
  )
}

/** By it Kannel passes on what customers answer. */
function ReplyLine({ replyUrl }: { replyUrl: string }) {
  return (
    <section aria-labelledby="kannel-replies">
      <Title order={3} size="sm" id="kannel-replies">
        {m.gateway_replies()}
      </Title>
      <Text size="sm" c="dimmed" mb={4}>
        {m.gateway_replies_text()}
      </Text>
      <Copied value={`get-url = "${replyUrl}"`} what={m.gateway_replies_line()} />
    </section>
  )
}
