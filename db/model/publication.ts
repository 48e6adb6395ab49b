import { problemsIn } from './campaign.ts'
import type { Campaign, Step } from './campaign-schema.ts'
import { conditionsOf, FIELDS } from './filter.ts'
import type { Filter } from './filter-schema.ts'
import type { Problem } from './refusal.ts'
import { renderText, type TextFacts } from './sms.ts'
import { type Axis, findStatus, GROUPS, type Status } from './status.ts'

/** Everything that keeps a campaign from being published where these statuses and segments exist, the latter by their
 *  ids. Paths begin with `steps/`. */
export const problemsToPublish = (
  campaign: Campaign,
  statuses: readonly Status[],
  segments: readonly string[] = [],
): Problem[] => [
  ...problemsIn(campaign),
  ...problemsInCodes(campaign, statuses),
  ...problemsInSegments(campaign, segments),
]

/** What may be meant but rarely is; it keeps nobody from publishing. Steps that are switched off do not count. */
export function warningsIn({ steps }: Campaign): Problem[] {
  const own = steps.flatMap((step, i) =>
    step.disabled ? [] : warningsOf(step).map((w) => ({ ...w, field: `steps/${i}/${w.field}` })),
  )
  const texts = steps.some((step) => step.kind === 'send_sms' && !step.disabled)
  return texts || steps.length === 0 ? own : [...own, { field: 'steps', detail: 'no step sends a text' }]
}

function warningsOf(step: Step): Problem[] {
  if (step.kind === 'filter_customers')
    return conditionsOf(step.where).length > 0
      ? []
      : [{ field: 'where', detail: 'everybody passes: there is no condition yet' }]
  if (step.kind !== 'send_sms') return []
  return gapsIn(step.message).map((name) => ({
    field: 'message',
    detail: `${name} is empty for some customers: say what stands there then, {{ ${name} | default: "…" }}`,
  }))
}

/** What a customer whom a text can reach may lack. */
const MAY_BE_EMPTY = {
  'customer.name': 'name',
  'customer.first_name': 'first_name',
  'customer.email': 'email',
} as const
/** Stands for a fact; signs that no filter for letters changes. */
const MARK = '70915'

/** The variables that would leave a gap in the text of a customer who lacks them. */
function gapsIn(message: string): string[] {
  return Object.entries(MAY_BE_EMPTY)
    .filter(([, key]) => {
      const whole = wordsOf(message, factsWith(key, MARK))
      return whole?.includes(MARK) && whole.replaceAll(MARK, '') === wordsOf(message, factsWith(key, ''))
    })
    .map(([name]) => name)
}

/** The text to its last space; null when it cannot be made. */
function wordsOf(message: string, facts: TextFacts): string | null {
  const rendered = renderText(`|${message}|`, facts)
  return 'text' in rendered ? rendered.text : null
}

const factsWith = (key: keyof TextFacts['customer'], value: string): TextFacts => ({
  customer: { name: 'N', first_name: 'F', phone: '+1', email: 'e', [key]: value },
  order: { number: '1', total: '1', currency: 'C', status: 'S', delivery: 'D', payment: 'P' },
  shop: { name: 'W' },
})

/** Status codes that do not exist, where steps that are switched on name them. */
function problemsInCodes({ steps }: Campaign, statuses: readonly Status[]): Problem[] {
  const missing = (axis: Axis, codes: readonly string[], field: string): Problem[] =>
    codes
      .filter((code) => !findStatus(statuses, axis, { code }))
      .map((code) => ({ field, detail: `no ${axis} status has the code ${code}` }))
  return steps.flatMap((step, i) => {
    if (step.disabled) return []
    if (step.kind === 'filter_customers') return missingInFilter(step.where, `steps/${i}/where`, missing)
    if (step.kind !== 'order_status_changed') return []
    return (['from', 'to'] as const).flatMap((name) => {
      const side = step[name]
      return typeof side === 'object' && 'statuses' in side
        ? missing(step.type, side.statuses, `steps/${i}/${name}`)
        : []
    })
  })
}

/** Segments that do not exist, where steps that are switched on look at them. */
const problemsInSegments = ({ steps }: Campaign, segments: readonly string[]): Problem[] =>
  steps.flatMap((step, i) =>
    step.disabled || step.kind !== 'filter_customers'
      ? []
      : conditionsOf(step.where, `steps/${i}/where`)
          .filter(({ condition: { field, value } }) => field === 'customer.segment' && isMissing(value, segments))
          .map(({ path }) => ({ field: `${path}/value`, detail: 'this segment is gone; choose another one' })),
  )

// that nothing is chosen yet is told already
const isMissing = (value: unknown, segments: readonly string[]): boolean =>
  typeof value === 'string' && value !== '' && !segments.includes(value)

type Missing = (axis: Axis, codes: readonly string[], field: string) => Problem[]

function missingInFilter(filter: Filter, at: string, missing: Missing): Problem[] {
  return conditionsOf(filter, at).flatMap(({ condition: { field, value }, path }) => {
    if (FIELDS[field].type !== 'status') return []
    const codes = [value ?? []].flat().map(String)
    const axis = field.slice('order.'.length)
    if (axis !== 'group') return missing(axis as Axis, codes, `${path}/value`)
    const unknown = codes.filter((code) => !(GROUPS as readonly string[]).includes(code))
    return unknown.map((code) => ({ field: `${path}/value`, detail: `${code} is not one of ${GROUPS.join(', ')}` }))
  })
}
