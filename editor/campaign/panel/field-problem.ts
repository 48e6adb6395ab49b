import type { Problem } from '../../../db/model/refusal.ts'
import { asSentence } from '../../shell/as-sentence.ts'
import { useProblems } from '../draft/use-editor.ts'

/** What is wrong with a field of a step, as a sentence; null while nothing is. The field is told below the step. */
export const useFieldProblem = (stepId: string, field: string): string | null =>
  fieldProblem(useProblems(stepId), field)

/** Those of the problems that are about a field, as sentences. */
export function fieldProblem(problems: readonly Problem[], field: string): string | null {
  const found = problems.filter((problem) => problem.field === field)
  return found.length > 0 ? found.map(({ detail }) => asSentence(detail)).join(' ') : null
}
