import { NumberInput, Select, Stack, Switch } from '@mantine/core'
import type { Unit } from '../../db/model/period.ts'
import type { StatusCount } from '../orders/order-queries.ts'
import { m } from '../texts/paraglide/messages.js'
import { unitsFor } from './draft.ts'
import classes from './fields.module.css'
import type { FormState } from './form-state.ts'
import { TimeoutPreview } from './timeout-preview.tsx'

const UNIT_NAMES = {
  second: m.statuses_unit_second,
  minute: m.statuses_unit_minute,
  hour: m.statuses_unit_hour,
  day: m.statuses_unit_day,
  week: m.statuses_unit_week,
  month: m.statuses_unit_month,
} satisfies Record<Unit, () => string>

interface Props {
  statuses: StatusCount[]
  /** Whether the status is only being added: no order stands in it yet. */
  isNew: boolean
}

/** Where orders go that stay too long. Source: S0-22, S0-26. */
export function TimeoutFields({ draft, errors, set, statuses, isNew }: FormState & Props) {
  const targets = statuses.filter((s) => s.type === draft.type && s.code !== draft.code)
  return (
    <Stack gap="sm">
      <Switch
        label={m.statuses_timeout()}
        description={m.statuses_timeout_hint()}
        checked={draft.hasTimeout}
        onChange={({ currentTarget: { checked } }) => set({ hasTimeout: checked }, 'timeout/after', 'timeout/to')}
      />
      {draft.hasTimeout && (
        <div className={classes.timeout}>
          <NumberInput
            label={m.statuses_timeout_after()}
            value={draft.amount}
            onChange={(amount) => set({ amount }, 'timeout/after')}
            error={errors['timeout/after']}
            // what is typed stays as it is, or 1.5 would become 15 without a word
            clampBehavior="none"
          />
          <Select
            label={m.statuses_timeout_unit()}
            data={unitsFor(draft.unit).map((value) => ({ value, label: UNIT_NAMES[value]() }))}
            value={draft.unit}
            onChange={(unit) => unit && set({ unit: unit as Unit }, 'timeout/after')}
            allowDeselect={false}
          />
          <Select
            className={classes.target!}
            label={m.statuses_timeout_to()}
            placeholder={m.statuses_timeout_choose()}
            data={targets.map(({ code, name }) => ({ value: code, label: name }))}
            value={draft.to}
            onChange={(to) => set({ to }, 'timeout/to')}
            error={errors['timeout/to']}
            searchable
            openOnFocus={false}
            allowDeselect={false}
          />
        </div>
      )}
      {draft.hasTimeout && !isNew && <TimeoutPreview draft={draft} />}
    </Stack>
  )
}
