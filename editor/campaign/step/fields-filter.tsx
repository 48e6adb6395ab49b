import { Stack, Text } from '@mantine/core'
import type { StepOf } from '../../../db/model/campaign-schema.ts'
import type { Filter } from '../../../db/model/filter-schema.ts'
import { m } from '../../texts/paraglide/messages.js'
import { set, write } from '../draft/actions.ts'
import { useEditorStore } from '../draft/use-editor.ts'
import { useFieldProblem } from '../panel/field-problem.ts'
import { FilterGroup } from './filter-group.tsx'

/** Who goes on by Yes. */
export function FilterFields({ step }: { step: StepOf<'filter_customers'> }) {
  const editor = useEditorStore()
  const problem = useFieldProblem(step.id, 'where')
  const change = (where: Filter, typedAt?: string) =>
    typedAt === undefined ? set(editor, step.id, { where }) : write(editor, step.id, typedAt, { where })
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {m.step_filter_about_long()}
      </Text>
      {problem && (
        <Text size="xs" c="var(--mantine-color-error)">
          {problem}
        </Text>
      )}
      <FilterGroup stepId={step.id} filter={step.where} at="where" depth={0} onChange={change} />
    </Stack>
  )
}
