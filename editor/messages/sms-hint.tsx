import { Button, Group, Text } from '@mantine/core'
import { Lightbulb } from 'lucide-react'
import { m } from '../texts/paraglide/messages.js'
import type { Rendering } from './sms-check.ts'
import { allHavePlain, inPlainSigns } from './sms-plain.ts'
import { charactersOf } from './sms-words.ts'

interface Props {
  rendering: Rendering
  template: string
  onChange: (template: string) => void
}

/** Names the few characters that halve the room of a text, and replaces them where plain ones say the same. */
export function SmsHint({ rendering: { forcing }, template, onChange }: Props) {
  if (forcing.length === 0) return null
  const plain = inPlainSigns(template)
  const canReplace = allHavePlain(forcing) && plain !== template
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <Lightbulb size={16} aria-hidden style={{ flexShrink: 0, marginTop: 2 }} />
      <div>
        <Text size="sm">{m.sms_forced({ characters: charactersOf(forcing) })}</Text>
        {canReplace && (
          <Button variant="default" size="compact-sm" mt={4} onClick={() => onChange(plain)}>
            {m.sms_make_plain()}
          </Button>
        )}
      </div>
    </Group>
  )
}
