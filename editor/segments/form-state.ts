import { useState } from 'react'
import { problemsInSegment, problemsInStatuses } from '../../db/model/segment.ts'
import type { SegmentRule } from '../../db/model/segment-schema.ts'
import type { StatusName } from '../campaign/list/query.ts'
import type { ProblemAt } from '../filter/problems.ts'
import { Problem } from '../shell/api.ts'
import { asSentence } from '../shell/as-sentence.ts'
import { sentenceOf } from '../shell/states.tsx'
import { m } from '../texts/paraglide/messages.js'
import { newRule } from './edit.ts'
import type { Segment } from './queries.ts'

export interface Draft {
  name: string
  rule: SegmentRule
}
/** The segment that was opened; none while one is added. */
export type Opened = Pick<Segment, 'id' | 'name' | 'rule' | 'version'>

export interface FormState {
  draft: Draft
  opened: Opened | undefined
  isDirty: boolean
  hasNewRule: boolean
  /** What is wrong with a field, told once it was tried to save. */
  problemAt: ProblemAt
  /** What belongs to no field. */
  error: string | null
  set: (part: Partial<Draft>) => void
  /** Whether the draft may be sent; else its fields say why not. */
  check: (statuses: readonly StatusName[]) => boolean
  refuse: (error: Error) => void
  /** Goes on from what is stored. */
  open: (segment: Opened) => void
}

type Fault = { field: string; detail: string }

/** What stands in the form of a segment, and what is wrong with it. */
export function useFormState(segment: Opened | undefined): FormState {
  const [opened, setOpened] = useState(segment)
  const [draft, setDraft] = useState<Draft>(() => draftOf(segment))
  const [faults, setFaults] = useState<readonly Fault[]>([])
  const [error, setError] = useState<string | null>(null)
  const first = draftOf(opened)
  const hasNewRule = JSON.stringify(draft.rule) !== JSON.stringify(first.rule)
  return {
    draft,
    opened,
    hasNewRule,
    isDirty: hasNewRule || draft.name !== first.name,
    error,
    problemAt: (path) => {
      const found = faults.filter(({ field }) => field === path)
      return found.length > 0 ? found.map(({ detail }) => asSentence(detail)).join(' ') : null
    },
    set: (part) => {
      setDraft((last) => ({ ...last, ...part }))
      // paths of the conditions are others after a change
      setFaults((last) => last.filter(({ field }) => !Object.keys(part).some((key) => field.startsWith(key))))
      setError(null)
    },
    check: (statuses) => {
      const found = problemsIn(draft, hasNewRule ? statuses : [])
      setFaults(found)
      setError(null)
      return found.length === 0
    },
    refuse: (refusal) => {
      const told = refusal instanceof Problem ? refusal.errors : []
      const fields = told.filter(({ field }) => /^(name|rule)/.test(field))
      const isTaken = refusal instanceof Problem && refusal.code === 'segment_exists'
      setFaults(isTaken ? [{ field: 'name', detail: m.refusal_segment_exists() }] : fields)
      setError(fields.length > 0 ? null : sentenceOf(refusal))
    },
    open: (stored) => {
      setOpened(stored)
      setDraft(draftOf(stored))
      setFaults([])
      setError(null)
    },
  }
}

const draftOf = (segment: Opened | undefined): Draft => ({
  name: segment?.name ?? '',
  rule: segment?.rule ?? newRule(),
})

/** Statuses are looked at where the rule is a new one: one that was saved goes on as it was. */
function problemsIn({ name, rule }: Draft, statuses: readonly StatusName[]): Fault[] {
  const nameless = name.trim() === '' ? [{ field: 'name', detail: m.field_missing() }] : []
  const unnamed = statuses.length > 0 ? problemsInStatuses(rule, statuses, 'rule') : []
  return [...nameless, ...problemsInSegment(rule, 'rule'), ...unnamed]
}
