import { Alert, Button, Group, Stack, Text, TextInput, Title } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { CircleAlert } from 'lucide-react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { SEGMENT_NAME_MAX } from '../../db/model/limits.ts'
import { useStatuses } from '../campaign/step/use-statuses.ts'
import { FilterGroup } from '../filter/group.tsx'
import { FilterProblems } from '../filter/problems.ts'
import { Unsaved } from '../shell/unsaved.tsx'
import { m } from '../texts/paraglide/messages.js'
import { SegmentConditionForm } from './condition.tsx'
import { newSegmentCondition } from './edit.ts'
import { type FormState, useFormState } from './form-state.ts'
import { Members } from './members.tsx'
import type { Segment } from './queries.ts'
import { useSave } from './save.ts'
import { DeleteSegment } from './segment-delete.tsx'
import classes from './segments.module.css'
import { Why } from './why.tsx'

const route = getRouteApi('/segments/$id')

/** The name of a segment and its conditions, with who is in by them beside it, saved or not. */
export function SegmentForm({ segment }: { segment?: Segment }) {
  const state = useFormState(segment)
  const { draft, opened, isDirty, open } = state
  const statuses = useStatuses()
  const form = useRef<HTMLFormElement>(null)
  const navigate = route.useNavigate()
  const [isLeaving, setLeaving] = useState(false)
  // what somebody else saved is shown as it is, unless something here would be lost
  useEffect(() => {
    if (segment && opened && segment.version > opened.version && !isDirty) open(segment)
  }, [segment, opened, isDirty, open])
  const save = useSave(state, {
    onSaved: (saved) => {
      if (opened) return open(saved)
      setLeaving(true)
      void navigate({ to: '/segments/$id', params: { id: saved.id }, replace: true, ignoreBlocker: true })
    },
    onRefused: (error) => {
      state.refuse(error)
      focusFirstError(form.current)
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (state.check(statuses)) save.mutate()
    else focusFirstError(form.current)
  }
  const leave = () => {
    setLeaving(true)
    void navigate({ to: '/segments', ignoreBlocker: true })
  }
  return (
    <div className={classes.page}>
      <form ref={form} onSubmit={submit} noValidate>
        <Stack gap="lg">
          {state.error && <Refused state={state} stored={segment} />}
          <TextInput
            label={m.segments_name()}
            placeholder={m.segments_name_hint()}
            value={draft.name}
            onChange={({ currentTarget }) => state.set({ name: currentTarget.value })}
            maxLength={SEGMENT_NAME_MAX}
            error={state.problemAt('name')}
            maw={420}
            required
          />
          <Conditions state={state} />
          <Group justify="space-between">
            {opened ? <DeleteSegment segment={opened} onDeleted={leave} /> : <span />}
            <Button type="submit" loading={save.isPending} disabled={opened !== undefined && !isDirty}>
              {m.action_save()}
            </Button>
          </Group>
        </Stack>
        <Unsaved isDirty={isDirty && !isLeaving} text={m.segments_unsaved_text()} />
      </form>
      <Stack gap="lg">
        <Members rule={draft.rule} />
        <Why rule={draft.rule} />
      </Stack>
    </div>
  )
}

function Conditions({ state }: { state: FormState }) {
  const { rule } = state.draft
  const problem = state.problemAt('rule')
  return (
    <section aria-labelledby="rule">
      <Title order={2} size="h4" id="rule">
        {m.segments_rule()}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {rule.rules.length === 0 ? m.segments_rule_empty() : m.segments_rule_about()}
      </Text>
      {problem && (
        <Text size="xs" c="var(--mantine-color-error)" mb="xs">
          {problem}
        </Text>
      )}
      <FilterProblems value={state.problemAt}>
        <FilterGroup
          filter={rule}
          at="rule"
          newCondition={newSegmentCondition}
          Condition={SegmentConditionForm}
          onChange={(changed) => state.set({ rule: changed })}
        />
      </FilterProblems>
    </section>
  )
}

function Refused({ state, stored }: { state: FormState; stored: Segment | undefined }) {
  const isOld = stored !== undefined && state.opened !== undefined && stored.version > state.opened.version
  return (
    <Alert color="red" variant="light" role="alert" icon={<CircleAlert size={18} aria-hidden />}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{state.error}</Text>
        {isOld && (
          <Button size="xs" variant="default" onClick={() => state.open(stored)}>
            {m.segments_open_again()}
          </Button>
        )}
      </Stack>
    </Alert>
  )
}

function focusFirstError(form: HTMLFormElement | null): void {
  // once the errors stand at their fields
  setTimeout(() => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
}
