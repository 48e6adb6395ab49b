import { Alert, Button, Group, Stack } from '@mantine/core'
import { CircleAlert, Lock } from 'lucide-react'
import { type FormEvent, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { Axis } from '../../db/model/status.ts'
import type { StatusCount } from '../orders/order-queries.ts'
import { Unsaved } from '../shell/unsaved.tsx'
import { m } from '../texts/paraglide/messages.js'
import { AutoSmsFields } from './auto-sms-fields.tsx'
import type { Draft } from './draft.ts'
import { useFormState } from './form-state.ts'
import { PropertyFields } from './property-fields.tsx'
import { useSave } from './save.ts'
import { DeleteStatus } from './status-delete.tsx'
import { MapWarnings, useMapCheck } from './status-map-check.tsx'
import { TimeoutFields } from './timeout-fields.tsx'

interface Props {
  initial: Draft
  /** The status that is changed; none while one is added. */
  status?: StatusCount
  statuses: StatusCount[]
  /** Closes the form; with a type once the status of that type is saved or gone. */
  onDone: (saved?: Axis) => void
}

/** Everything that can be said of a status. The server has the last word on it. */
export function StatusForm({ initial, status, statuses, onDone }: Props) {
  const state = useFormState(initial)
  const form = useRef<HTMLFormElement>(null)
  const [isLeaving, setLeaving] = useState(false)
  const save = useSave(!status, {
    onSaved: () => {
      setLeaving(true)
      onDone(state.draft.type)
    },
    onRefused: (error) => {
      // or the errors would stand there only after the focus is set
      flushSync(() => state.refuse(error))
      focusFirstError(form.current)
    },
  })
  const check = useMapCheck(state.draft, save.mutate)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (state.check()) check.save()
    else focusFirstError(form.current)
  }
  return (
    <form ref={form} onSubmit={submit} noValidate>
      <Stack gap="lg">
        {state.error && <Refusal>{state.error}</Refusal>}
        {status?.isLocked && (
          <Alert variant="light" color="gray" icon={<Lock size={16} aria-hidden />}>
            {m.statuses_locked()}
          </Alert>
        )}
        <PropertyFields {...state} status={status} statuses={statuses} />
        <TimeoutFields {...state} statuses={statuses} isNew={!status} />
        <AutoSmsFields {...state} />
        <MapWarnings warnings={check.warnings} statuses={statuses} />
        <Group justify="space-between">
          {status && !status.isLocked ? (
            <DeleteStatus status={status} statuses={statuses} onDeleted={() => onDone(status.type)} />
          ) : (
            <span />
          )}
          <Group gap="sm">
            <Button variant="default" onClick={() => onDone()}>
              {m.action_cancel()}
            </Button>
            <Button type="submit" loading={check.isPending || save.isPending}>
              {check.warnings.length > 0 ? m.map_save_anyway() : status ? m.action_save() : m.statuses_add()}
            </Button>
          </Group>
        </Group>
      </Stack>
      <Unsaved isDirty={state.isDirty && !isLeaving} text={m.statuses_unsaved_text()} />
    </form>
  )
}

const Refusal = ({ children }: { children: string }) => (
  <Alert color="red" variant="light" role="alert" icon={<CircleAlert size={18} aria-hidden />}>
    {children}
  </Alert>
)

function focusFirstError(form: HTMLFormElement | null): void {
  // once the errors stand at their fields
  setTimeout(() => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
}
