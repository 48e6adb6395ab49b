import { useState } from 'react'
import { Problem } from '../shell/api.ts'
import { asSentence } from '../shell/as-sentence.ts'
import { sentenceOf } from '../shell/states.tsx'
import { m } from '../texts/paraglide/messages.js'
import { type Draft, type DraftProblem, FIELDS, type Field, problemsIn } from './draft.ts'

const WORDS = {
  missing: m.field_missing,
  code_form: m.statuses_code_form,
  amount: m.statuses_amount,
} satisfies Record<DraftProblem, () => string>

export interface FormState {
  draft: Draft
  isDirty: boolean
  errors: Partial<Record<Field, string>>
  /** What belongs to no field. */
  error: string | null
  /** Changes a part, and forgives the fields named. */
  set: (part: Partial<Draft>, ...fields: Field[]) => void
  /** Whether the draft may be sent; else its fields say why not. */
  check: () => boolean
  refuse: (error: Error) => void
}

/** What stands in the form of a status, and what is wrong with it. */
export function useFormState(initial: Draft): FormState {
  const [first] = useState(initial)
  const [draft, setDraft] = useState(initial)
  const [errors, setErrors] = useState<FormState['errors']>({})
  const [error, setError] = useState<string | null>(null)
  return {
    draft,
    isDirty: JSON.stringify(draft) !== JSON.stringify(first),
    errors,
    error,
    set: (part, ...fields) => {
      setDraft((last) => ({ ...last, ...part }))
      setErrors((last) =>
        Object.fromEntries(Object.entries(last).filter(([field]) => !fields.some((f) => f === field))),
      )
    },
    check: () => {
      const found = Object.entries(problemsIn(draft)).map(([field, problem]) => [field, WORDS[problem]()])
      setErrors(Object.fromEntries(found))
      setError(null)
      return found.length === 0
    },
    refuse: (refusal) => {
      const told = fieldErrors(refusal)
      setErrors(told)
      setError(Object.keys(told).length > 0 ? null : sentenceOf(refusal))
    },
  }
}

/** The server's words at the fields they are about. */
function fieldErrors(refusal: Error): Partial<Record<Field, string>> {
  if (!(refusal instanceof Problem)) return {}
  const told = refusal.errors.flatMap(({ field, detail }) => {
    const known = FIELDS.find((f) => f === field)
    return known ? [[known, wordsOf(refusal.code, detail)]] : []
  })
  return Object.fromEntries(told)
}

function wordsOf(code: string, detail: string): string {
  return code === 'timeout_cycle' ? m.statuses_cycle({ path: detail }) : asSentence(detail)
}
