import { useProblems } from '../draft/use-editor.ts'

/** What is wrong with a field of a step, as a sentence; null while nothing is. The field is told below the step. */
export function useFieldProblem(stepId: string, field: string): string | null {
  const found = useProblems(stepId).filter((problem) => problem.field === field)
  return found.length > 0 ? found.map(({ detail }) => sentence(detail)).join(' ') : null
}

/** A problem's words as a sentence of its own; a name that programs gave, such as customer.first_name, stays as it is. */
export function sentence(detail: string): string {
  const isName = /^\w*[._{]/.test(detail)
  const begun = isName ? detail : detail.charAt(0).toUpperCase() + detail.slice(1)
  return /[.!?…]$/.test(begun) ? begun : `${begun}.`
}
