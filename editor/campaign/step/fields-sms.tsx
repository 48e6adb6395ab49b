import { Skeleton } from '@mantine/core'
import { lazy, Suspense } from 'react'
import type { StepOf } from '../../../db/model/campaign-schema.ts'
import { m } from '../../texts/paraglide/messages.js'
import { write } from '../draft/actions.ts'
import { useEditor, useEditorStore } from '../draft/use-editor.ts'
import { useFieldProblem } from '../panel/field-problem.ts'

// the reader of texts weighs as much as the rest of the panel
const TextField = lazy(async () => ({ default: (await import('../../messages/text-field.tsx')).TextField }))

/** The text that is sent, with its variables and how it reads for a real order. */
export function SmsFields({ step }: { step: StepOf<'send_sms'> }) {
  const editor = useEditorStore()
  const isReadOnly = useEditor((state) => state.isReadOnly)
  const missing = useFieldProblem(step.id, 'message')
  return (
    <Suspense fallback={<Skeleton height={160} data-pending />}>
      <TextField
        label={m.step_sms_message()}
        value={step.message}
        disabled={isReadOnly}
        // what is wrong with a text that is there, the field finds itself
        error={step.message.trim() === '' ? missing : undefined}
        onChange={(message) => write(editor, step.id, 'message', { message })}
      />
    </Suspense>
  )
}
