import { Button, Group, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { SendHorizontal } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { api, ask } from '../shell/api.ts'
import { queries } from '../shell/queries.ts'
import { tellRefusal } from '../shell/tell-refusal.ts'
import { m } from '../texts/paraglide/messages.js'
import classes from './phones.module.css'

/** Characters that the API takes. */
const REPLY_MAX = 1_600
/** Answers that mean something to us, in the language that all readers of texts know. */
const QUICK = ['STOP', 'START']

/** Answers as the phone. */
export function ReplyBox({ number, isOff }: { number: string; isOff: boolean }) {
  const [text, setText] = useState('')
  const reply = useMutation({
    mutationFn: (text: string) =>
      ask(api.phones[':number'].replies.$post({ param: { number: encodeURIComponent(number) }, json: { text } })),
    onError: (error) => tellRefusal(error, m.phones_not_sent()),
    onSettled: () => queries.invalidateQueries({ queryKey: ['messages'] }),
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() !== '') reply.mutate(text.trim(), { onSuccess: () => setText('') })
  }
  return (
    <form onSubmit={send} className={classes.reply}>
      <Group gap="xs">
        <Text size="xs" c="dimmed">
          {m.phones_quick()}
        </Text>
        {QUICK.map((word) => (
          <Button key={word} size="compact-sm" variant="default" disabled={isOff} onClick={() => reply.mutate(word)}>
            {word}
          </Button>
        ))}
      </Group>
      <Group gap="xs" wrap="nowrap">
        <TextInput
          aria-label={m.phones_reply()}
          placeholder={m.phones_reply()}
          value={text}
          maxLength={REPLY_MAX}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          disabled={isOff}
          flex={1}
        />
        <Button type="submit" disabled={isOff} rightSection={<SendHorizontal size={14} aria-hidden />}>
          {m.phones_send()}
        </Button>
      </Group>
    </form>
  )
}
