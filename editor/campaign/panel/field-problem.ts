import { asSentence } from '../../shell/as-sentence.ts'
import { useProblems } from '../draft/use-editor.ts'

/** What is wrong with a field of a step, as a sentence; null while nothing is. The field is told below the step. */
export function useFieldProblem(stepId: string, field: string): string | null {
  const found = useProblems(stepId).filter((problem) => problem.field === field)
  return found.length > 0 ? found.map(({ detail }) => asSentence(detail)).join(' ') : null
}
