import { Group, Stack, Textarea } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useRef } from 'react'
import { TEMPLATE_MAX } from '../../db/model/limits.ts'
import { m } from '../texts/paraglide/messages.js'
import type { TextCheck } from './sms-check.ts'
import { EXAMPLE } from './sms-example.ts'
import { SmsHint } from './sms-hint.tsx'
import { usePreviewOrder } from './sms-order.ts'
import { SmsPreview } from './sms-preview.tsx'
import { VariableMenu } from './sms-variable-menu.tsx'
import { placeholder } from './sms-variables.ts'
import { problemSentence, sizeSentence } from './sms-words.ts'

interface Props {
  label: string
  value: string
  onChange: (template: string) => void
  /** What the server says is wrong; without it, what the text itself shows. */
  error?: ReactNode
  disabled?: boolean
}

/** How long nobody types until the text is looked at, in milliseconds. */
const PAUSE_MS = 200

/** The text of an SMS: its variables, how many parts it takes, and how it reads for a real order. */
export function TextField({ label, value, onChange, error, disabled = false }: Props) {
  const area = useRef<HTMLTextAreaElement>(null)
  const preview = usePreviewOrder()
  const [settled] = useDebouncedValue(value, PAUSE_MS)
  const check = useCheck(settled, preview.facts ?? EXAMPLE)
  const insert = (variable: string) => {
    const { selectionStart = value.length, selectionEnd = value.length } = area.current ?? {}
    onChange(value.slice(0, selectionStart) + placeholder(variable) + value.slice(selectionEnd))
    focusAt(area.current, selectionStart + placeholder(variable).length)
  }
  return (
    <Stack gap="xs">
      <Group justify="flex-end" mb={-34} style={{ zIndex: 1 }}>
        <VariableMenu onPick={insert} disabled={disabled} />
      </Group>
      <Textarea
        ref={area}
        label={label}
        labelProps={{ mb: 8 }}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        rows={4}
        resize="vertical"
        maxLength={TEMPLATE_MAX}
        disabled={disabled}
        error={error ?? wordsOf(check)}
        description={check?.rendering ? sizeSentence(check.rendering) : m.sms_hint()}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
      />
      {check?.rendering && <SmsHint rendering={check.rendering} template={value} onChange={onChange} />}
      <SmsPreview preview={preview} text={check?.rendering?.text} />
    </Stack>
  )
}

/** Undefined while the counter loads, and for an empty field. */
function useCheck(template: string, facts: typeof EXAMPLE): TextCheck | undefined {
  // templates and counting weigh more than the rest of a page
  const { data } = useQuery({ queryKey: ['code', 'sms'], queryFn: () => import('./sms-check.ts'), staleTime: Infinity })
  return template === '' ? undefined : data?.checkText(template, facts)
}

const wordsOf = (check: TextCheck | undefined): string | null =>
  check && check.problems.length > 0 ? check.problems.map(problemSentence).join(' ') : null

function focusAt(area: HTMLTextAreaElement | null, position: number): void {
  // after the menu has closed and the text stands in the field
  setTimeout(() => {
    area?.focus()
    area?.setSelectionRange(position, position)
  })
}
