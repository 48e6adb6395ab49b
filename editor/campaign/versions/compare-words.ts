import type { Campaign, Step, StepOf } from '../../../db/model/campaign-schema.ts'
import { FIELDS, isGroup, OPERATORS } from '../../../db/model/filter.ts'
import type { Condition, Filter } from '../../../db/model/filter-schema.ts'
import { GROUP_ROWS, type Group } from '../../../db/model/status.ts'
import { formatPeriod } from '../../shell/format.ts'
import { m } from '../../texts/paraglide/messages.js'
import { outputsOf } from '../document/document.ts'
import { type Named, triggerWords } from '../step/trigger-words.ts'
import { outputWord, titleOf } from '../step/words.ts'
import type { StepChange } from './compare.ts'

/** A setting before and after, in words; null where there was or is none. */
export interface FieldWords {
  field: string
  label: string
  was: string | null
  is: string | null
}

interface Context {
  statuses: readonly Named[]
  was: Campaign
  is: Campaign
}

/** What changed in a step. Settings that are told together are one entry. */
export function changeWords({ was, is, fields }: StepChange, context: Context): FieldWords[] {
  const rows = [...new Set(fields.map((field) => TOGETHER[field] ?? field))]
  return rows.map((field) => {
    const row = Object.hasOwn(FIELD_WORDS, field) ? FIELD_WORDS[field as keyof typeof FIELD_WORDS] : undefined
    const words = (step: Step, campaign: Campaign) =>
      row ? row.words(step as AnyStep, context.statuses, campaign) : rawWords(step, field)
    return { field, label: row?.label() ?? field, was: words(was, context.was), is: words(is, context.is) }
  })
}

/** The three parts of one sentence. */
const TOGETHER: Readonly<Record<string, string>> = { type: 'starts', from: 'starts', to: 'starts' }

/** A step of whatever kind, as the settings of all. */
type AnyStep = Pick<Step, 'id' | 'kind' | 'next' | 'title' | 'note' | 'disabled'> &
  Partial<
    Omit<StepOf<'order_status_changed'> & StepOf<'filter_customers'> & StepOf<'wait'> & StepOf<'send_sms'>, keyof Step>
  >

type Words = (step: AnyStep, statuses: readonly Named[], campaign: Campaign) => string | null

const yesNo = (value: boolean | undefined): string => (value ? m.versions_yes() : m.versions_no())

/** What each setting is called, and its value in words. */
const FIELD_WORDS = {
  title: { label: m.versions_field_title, words: ({ title }) => title ?? null },
  note: { label: m.versions_field_note, words: ({ note }) => note ?? null },
  disabled: {
    label: m.versions_field_disabled,
    words: ({ disabled }) => (disabled ? m.versions_off() : m.versions_on()),
  },
  starts: {
    label: m.versions_field_starts,
    words: ({ type, from, to }, statuses) => (type && from && to ? triggerWords({ type, from, to }, statuses) : null),
  },
  includingCreation: {
    label: m.versions_field_creation,
    words: ({ includingCreation }) => yesNo(includingCreation),
  },
  leaveWhenStatusChanges: {
    label: m.versions_field_leave,
    words: ({ leaveWhenStatusChanges }) => yesNo(leaveWhenStatusChanges),
  },
  where: {
    label: m.versions_field_where,
    words: ({ where }, statuses) => (where ? filterWords(where, statuses) : null),
  },
  for: { label: m.versions_field_for, words: (step) => (step.for ? formatPeriod(step.for) : null) },
  message: { label: m.versions_field_message, words: ({ message }) => message || null },
  next: { label: m.versions_field_next, words: (step, _, campaign) => linesWords(step, campaign) },
} satisfies Record<string, { label: () => string; words: Words }>

/** A setting of another release. */
function rawWords(step: Step, field: string): string | null {
  const value = new Map<string, unknown>(Object.entries(step)).get(field)
  return value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value)
}

function linesWords(step: AnyStep, { steps }: Campaign): string {
  const next: Record<string, string | null> = step.next
  const goal = (id: string | null | undefined) => {
    const found = steps.find((s) => s.id === id)
    return found ? titleOf(found) : m.versions_the_end()
  }
  const outputs = outputsOf(step as Step)
  const lines = outputs.map((output) =>
    outputs.length === 1
      ? goal(next[output])
      : m.versions_line({ output: outputWord(output), goal: goal(next[output]) }),
  )
  return lines.join('; ')
}

/** The conditions as a sentence. */
export function filterWords({ combinator, not, rules }: Filter, statuses: readonly Named[]): string {
  if (rules.length === 0) return m.versions_everybody()
  const parts = rules.map((rule) =>
    isGroup(rule) ? m.versions_bracket({ words: filterWords(rule, statuses) }) : conditionWords(rule, statuses),
  )
  const words = parts.join(combinator === 'and' ? m.versions_and() : m.versions_or())
  return not ? m.versions_not({ words }) : words
}

function conditionWords({ field, operator, value }: Condition, statuses: readonly Named[]): string {
  const values = value === undefined ? [] : [value].flat().map((v) => valueWords(field, String(v), statuses))
  return [FIELDS[field].title, OPERATORS[operator].title, values.join(', ')].filter(Boolean).join(' ')
}

function valueWords(field: Condition['field'], value: string, statuses: readonly Named[]): string {
  if (field === 'order.group') return Object.hasOwn(GROUP_ROWS, value) ? GROUP_ROWS[value as Group].name : value
  if (!['status', 'segment'].includes(FIELDS[field].type)) return value
  const type = field === 'customer.segment' ? 'segment' : field.slice('order.'.length)
  return statuses.find((s) => s.type === type && s.code === value)?.name ?? value
}
