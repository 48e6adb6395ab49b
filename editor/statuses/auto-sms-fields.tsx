import { Input, SegmentedControl, Stack, Switch } from '@mantine/core'
import { useId } from 'react'
import { TextField } from '../messages/text-field.tsx'
import { m } from '../texts/paraglide/messages.js'
import type { FormState } from './form-state.ts'

/** The text that orders send on entry, every time or once. Source: S0-27 to S0-29. */
export function AutoSmsFields({ draft, errors, set }: FormState) {
  return (
    <Stack gap="sm">
      <Switch
        label={m.statuses_sms()}
        checked={draft.hasAutoSms}
        onChange={({ currentTarget: { checked } }) => set({ hasAutoSms: checked }, 'autoSms/template')}
      />
      {draft.hasAutoSms && (
        <>
          <HowOften always={draft.always} onChange={(always) => set({ always })} />
          <TextField
            label={m.statuses_sms_text()}
            value={draft.template}
            onChange={(template) => set({ template }, 'autoSms/template')}
            error={errors['autoSms/template']}
          />
        </>
      )}
    </Stack>
  )
}

function HowOften({ always, onChange }: { always: boolean; onChange: (always: boolean) => void }) {
  const id = useId()
  return (
    <Input.Wrapper
      label={m.statuses_sms_when()}
      labelElement="div"
      labelProps={{ id }}
      description={always ? m.statuses_sms_always_means() : m.statuses_sms_once_means()}
      inputWrapperOrder={['label', 'input', 'description']}
    >
      <SegmentedControl
        fullWidth
        aria-labelledby={id}
        data={[
          { value: 'always', label: m.statuses_sms_when_always() },
          { value: 'once', label: m.statuses_sms_when_once() },
        ]}
        value={always ? 'always' : 'once'}
        onChange={(value) => onChange(value === 'always')}
        mb={4}
      />
    </Input.Wrapper>
  )
}
