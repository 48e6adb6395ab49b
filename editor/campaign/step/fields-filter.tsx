import { Stack, Text } from '@mantine/core'
import { useCallback } from 'react'
import type { StepOf } from '../../../db/model/campaign-schema.ts'
import type { Filter } from '../../../db/model/filter-schema.ts'
import { FilterCondition } from '../../filter/condition.tsx'
import { newCondition } from '../../filter/edit.ts'
import { FilterGroup } from '../../filter/group.tsx'
import { FilterProblems } from '../../filter/problems.ts'
import { m } from '../../texts/paraglide/messages.js'
import { set, write } from '../draft/actions.ts'
import { useEditorStore, useProblems } from '../draft/use-editor.ts'
import { fieldProblem } from '../panel/field-problem.ts'

/** Who goes on by Yes. */
export function FilterFields({ step }: { step: StepOf<'filter_customers'> }) {
  const editor = useEditorStore()
  const problems = useProblems(step.id)
  const problemAt = useCallback((path: string) => fieldProblem(problems, path), [problems])
  const problem = problemAt('where')
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
      <FilterProblems value={problemAt}>
        <FilterGroup
          filter={step.where}
          at="where"
          newCondition={newCondition}
          Condition={FilterCondition}
          onChange={change}
        />
      </FilterProblems>
    </Stack>
  )
}
