import type { Step, StepOf } from '../../../db/model/campaign-schema.ts'
import { conditionsOf, FIELDS, OPERATORS } from '../../../db/model/filter.ts'
import type { Condition, Filter } from '../../../db/model/filter-schema.ts'
import { isNodeKind, type NodeKind } from '../../../db/model/node-outputs.ts'
import { type Axis, GROUP_ROWS, GROUPS } from '../../../db/model/status.ts'
import { formatPeriod } from '../../shell/format.ts'
import { m } from '../../texts/paraglide/messages.js'
import { type Named, triggerWords } from './trigger-words.ts'

export type Names = readonly Named[]

export const KIND_WORDS = {
  order_status_changed: m.step_trigger,
  filter_customers: m.step_filter,
  wait: m.step_wait,
  send_sms: m.step_sms,
  exit: m.step_exit,
} satisfies Record<NodeKind, () => string>

/** The step's own name, else its kind's; a kind of another release tells its code. */
export const titleOf = ({ title, kind }: Pick<Step, 'title'> & { kind: string }): string =>
  title || (isNodeKind(kind) ? KIND_WORDS[kind]() : kind)

const OUTPUT_WORDS: Record<string, () => string> = { yes: m.step_yes, no: m.step_no, out: m.step_out }
/** What a way out is called; one of another release tells its code. */
export const outputWord = (output: string): string => OUTPUT_WORDS[output]?.() ?? output

export const AXIS_WORDS = {
  general: m.step_type_general,
  delivery: m.step_type_delivery,
  payment: m.step_type_payment,
} satisfies Record<Axis, () => string>

/** What a step does, in one line. One row a kind. */
const SUMMARIES = {
  order_status_changed: triggerWords,
  filter_customers: ({ where }, statuses) => filterWords(where, statuses),
  wait: ({ for: iso }) => (iso === '' ? m.step_wait_empty() : formatPeriod(iso)),
  send_sms: ({ message }) => message.trim().replace(/\s+/g, ' ').slice(0, WORDS_MAX) || m.step_sms_empty(),
  exit: () => m.step_exit_summary(),
} satisfies { [K in NodeKind]: (step: StepOf<K>, statuses: Names) => string }

/** Characters of a summary; a card shows fewer. */
const WORDS_MAX = 120

export function summaryOf<K extends NodeKind>(step: StepOf<K>, statuses: Names): string {
  if (!isNodeKind(step.kind)) return m.step_unsupported()
  const summary = SUMMARIES[step.kind as K] as (step: StepOf<K>, statuses: Names) => string
  return summary(step, statuses)
}

const nameOf = (statuses: Names, type: Named['type'], code: string): string =>
  statuses.find((status) => status.type === type && status.code === code)?.name ?? code

function listWords([first, second, ...rest]: string[]): string {
  if (first === undefined) return ''
  if (second === undefined) return first
  return rest.length === 0 ? m.step_or({ first, second }) : m.step_and_more({ first, count: rest.length + 1 })
}

function filterWords(filter: Filter, statuses: Names): string {
  const [first, ...rest] = conditionsOf(filter)
  if (!first) return m.step_filter_empty()
  const words = conditionWords(first.condition, statuses)
  const whole = rest.length === 0 ? words : m.step_and_more({ first: words, count: rest.length })
  return filter.not ? m.step_filter_not({ words: whole }) : whole
}

function conditionWords({ field, operator, value }: Condition, statuses: Names): string {
  const { title, value: wants } = OPERATORS[operator]
  const words = `${FIELDS[field].title} ${title}`
  if (wants === 'none') return words
  const values = [value ?? []].flat().map((one) => valueWords(field, String(one), statuses))
  return `${words} ${listWords(values) || '…'}`
}

function valueWords(field: Condition['field'], value: string, statuses: Names): string {
  if (field === 'customer.segment') return nameOf(statuses, 'segment', value)
  if (FIELDS[field].type !== 'status') return value
  const group = GROUPS.find((name) => name === value)
  if (field === 'order.group') return group ? GROUP_ROWS[group].name : value
  return nameOf(statuses, field.slice('order.'.length) as Axis, value)
}
