import { formatPeriod, parsePeriod, UNITS, type Unit } from '../../db/model/period.ts'
import { AXES, type Axis, MEANINGS, type Meaning } from '../../db/model/status.ts'
import { CODE_FORM } from '../../db/model/status-code.ts'
import type { StatusCount as Status } from '../orders/order-queries.ts'

/** What stands in the form. What is switched off keeps what was typed, until the form is closed. */
export interface Draft {
  type: Axis
  name: string
  code: string
  /** The group of a general status, the kind of another. */
  meaning: Meaning | null
  /** The name of the container it stands in. */
  container: string | null
  includeInAnalytics: boolean
  hasTimeout: boolean
  amount: number | string
  unit: Unit
  to: string | null
  hasAutoSms: boolean
  template: string
  always: boolean
}

/** Where something can be wrong. The names are those of the API's fields. */
export const FIELDS = [
  'name',
  'code',
  'group',
  'kind',
  'container',
  'timeout/after',
  'timeout/to',
  'autoSms/template',
] as const
export type Field = (typeof FIELDS)[number]

export const meaningOf = ({ group, kind }: Pick<Status, 'group' | 'kind'>): Meaning | null => group ?? kind
/** How the API calls what a status of a type means. */
export const meaningField = (type: Axis): 'group' | 'kind' => (type === 'general' ? 'group' : 'kind')

export function emptyDraft(type: Axis, meaning: Meaning | null): Draft {
  return {
    type,
    name: '',
    code: '',
    meaning,
    container: null,
    includeInAnalytics: true,
    hasTimeout: false,
    amount: 14,
    unit: 'day',
    to: null,
    hasAutoSms: false,
    template: '',
    always: true,
  }
}

export function draftOf(status: Status): Draft {
  const period = status.timeout && parsePeriod(status.timeout.after)
  return {
    ...emptyDraft(status.type, meaningOf(status)),
    name: status.name,
    code: status.code,
    container: status.container,
    includeInAnalytics: status.includeInAnalytics,
    hasTimeout: status.timeout !== null,
    ...period,
    to: status.timeout?.to ?? null,
    hasAutoSms: status.autoSms !== null,
    ...status.autoSms,
  }
}

/** The draft of another type: what belongs to the type is chosen anew. Source: S1-11. */
export const ofType = (draft: Draft, type: Axis): Draft => ({ ...draft, type, meaning: null, to: null })

export type DraftProblem = 'missing' | 'code_form' | 'amount'

/** What is wrong with a draft before the server has seen it. */
export function problemsIn(draft: Draft): Partial<Record<Field, DraftProblem>> {
  const found: Partial<Record<Field, DraftProblem>> = {}
  if (draft.name.trim() === '') found.name = 'missing'
  if (!CODE_FORM.test(draft.code)) found.code = draft.code === '' ? 'missing' : 'code_form'
  if (draft.meaning === null) found[meaningField(draft.type)] = 'missing'
  if (draft.hasTimeout && !periodOf(draft)) found['timeout/after'] = 'amount'
  if (draft.hasTimeout && draft.to === null) found['timeout/to'] = 'missing'
  if (draft.hasAutoSms && draft.template.trim() === '') found['autoSms/template'] = 'missing'
  return found
}

/** The period as the API reads it; null while it is none. */
export const periodOf = ({ amount, unit }: Draft): string | null => {
  const iso = formatPeriod({ amount: Number(amount), unit })
  return parsePeriod(iso) && iso
}

/** What the API is asked for. Group and name of a locked status are sent as they are, which changes nothing. */
export function wishOf(draft: Draft) {
  const after = periodOf(draft)
  return {
    name: draft.name.trim(),
    ...partOf(draft),
    container: draft.container,
    includeInAnalytics: draft.includeInAnalytics,
    timeout: draft.hasTimeout && after && draft.to ? { after, to: draft.to } : null,
    autoSms: draft.hasAutoSms ? { template: draft.template, always: draft.always } : null,
  }
}

function partOf({ type, meaning }: Draft) {
  const [group, kind] = [MEANINGS.general.find((g) => g === meaning), kindOf(type, meaning)]
  return type === 'general' ? { ...(group && { group }) } : { ...(kind && { kind }) }
}
const kindOf = (type: Axis, meaning: Meaning | null) =>
  [...MEANINGS.delivery, ...MEANINGS.payment].find((k) => k === meaning && type !== AXES[0])

/** Units to choose from; seconds only where a program has set some. */
export const unitsFor = (current: Unit): Unit[] => UNITS.filter((unit) => unit !== 'second' || current === 'second')
