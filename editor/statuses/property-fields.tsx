import { Checkbox, Input, SegmentedControl, Select, Stack, TextInput } from '@mantine/core'
import { useId, useState } from 'react'
import { AXES, type Axis, MEANINGS } from '../../db/model/status.ts'
import { suggestCode } from '../../db/model/status-code.ts'
import type { StatusCount } from '../orders/order-queries.ts'
import { TYPE_WORDS } from '../orders/type-words.ts'
import { CopyIcon } from '../shell/copy.tsx'
import { m } from '../texts/paraglide/messages.js'
import { ContainerField } from './container-field.tsx'
import { meaningField, ofType } from './draft.ts'
import type { FormState } from './form-state.ts'
import { StatusDot } from './status-badge.tsx'
import { MEANING_WORDS } from './status-words.ts'

type Props = FormState & { status: StatusCount | undefined; statuses: StatusCount[] }

/** What a status is: name, type, code, meaning, and whether reports show it. Source: S1-10 to S1-14. */
export function PropertyFields(props: Props) {
  const { draft, errors, set, status, statuses } = props
  const [isOwnCode, setOwnCode] = useState(false)
  const taken = statuses.filter((s) => s.type === draft.type).map((s) => s.code)
  const codeFor = (name: string) => (status || isOwnCode ? {} : { code: suggestCode(name, taken) })
  return (
    <Stack gap="md">
      <TextInput
        label={m.statuses_name()}
        value={draft.name}
        onChange={({ currentTarget: { value } }) => set({ name: value, ...codeFor(value) }, 'name', 'code')}
        error={errors.name}
        disabled={status?.isLocked ?? false}
        maxLength={80}
        required
        data-autofocus={!status || undefined}
      />
      <TypeField {...props} />
      <TextInput
        label={m.statuses_code()}
        description={status ? m.statuses_code_fixed() : m.statuses_code_hint()}
        value={draft.code}
        onChange={({ currentTarget: { value } }) => {
          setOwnCode(value !== '')
          set({ code: value }, 'code')
        }}
        error={errors.code}
        readOnly={status !== undefined}
        rightSection={status && <CopyIcon value={status.code} />}
        maxLength={80}
        required={!status}
        spellCheck={false}
      />
      <MeaningField {...props} />
      <ContainerField {...props} />
      <Checkbox
        label={m.statuses_analytics()}
        description={m.statuses_analytics_hint()}
        checked={draft.includeInAnalytics}
        onChange={({ currentTarget: { checked } }) => set({ includeInAnalytics: checked })}
      />
    </Stack>
  )
}

function TypeField({ draft, set, status }: Props) {
  const id = useId()
  const choose = (type: string) => set(ofType(draft, type as Axis), 'group', 'kind', 'code', 'timeout/to')
  return (
    <Input.Wrapper
      label={m.statuses_type()}
      labelElement="div"
      labelProps={{ id }}
      description={m.statuses_type_fixed()}
      inputWrapperOrder={['label', 'input', 'description']}
    >
      <SegmentedControl
        fullWidth
        aria-labelledby={id}
        data={AXES.map((axis) => ({ value: axis, label: TYPE_WORDS[axis]() }))}
        value={draft.type}
        onChange={choose}
        disabled={status !== undefined}
        mb={4}
      />
    </Input.Wrapper>
  )
}

function MeaningField({ draft: { type, meaning }, errors, set, status }: Props) {
  const field = meaningField(type)
  const words = MEANING_WORDS[type]
  return (
    <Select
      label={type === 'general' ? m.statuses_group() : m.statuses_kind()}
      placeholder={m.statuses_choose()}
      description={meaning && words[meaning]?.sentence()}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      data={MEANINGS[type].map((value) => ({ value, label: words[value]?.name() ?? value }))}
      value={meaning}
      onChange={(value) => set({ meaning: MEANINGS[type].find((known) => known === value) ?? null }, field)}
      error={errors[field]}
      disabled={status?.isLocked ?? false}
      leftSection={meaning && <StatusDot type={type} meaning={meaning} />}
      allowDeselect={false}
      required
    />
  )
}
