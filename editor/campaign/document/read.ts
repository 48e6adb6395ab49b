import type { Campaign, Step, StepOf } from '../../../db/model/campaign-schema.ts'
import { FIELDS, OPERATORS } from '../../../db/model/filter.ts'
import type { Condition, Filter } from '../../../db/model/filter-schema.ts'
import { CONDITIONS_MAX, NODES_MAX, NOTE_MAX, STEP_TITLE_MAX, TEMPLATE_MAX } from '../../../db/model/limits.ts'
import { isNodeKind, NODE_OUTPUTS, type NodeKind } from '../../../db/model/node-outputs.ts'
import { AXES, GROUPS } from '../../../db/model/status.ts'
import type { Common } from './insert.ts'

/**
 * The stored draft as a document; null when it is none that can be drawn. Steps of kinds that this release does not know are kept as
 * they are, for another release may know them.
 */
export function readCampaign(draft: unknown): Campaign | null {
  if (!isObject(draft) || !isListOf(isStoredStep, NODES_DRAWN_MAX)(draft.steps)) return null
  const steps = draft.steps as Step[]
  return new Set(steps.map((step) => step.id)).size === steps.length ? { steps } : null
}

/** Longer documents than anybody may publish are still drawn, up to this. */
const NODES_DRAWN_MAX = NODES_MAX * 10

const isStoredStep = (value: unknown): boolean => isAnyStep(value) && (!isNodeKind(value.kind) || isStep(value))

/** Whether this is a step as the store takes it, complete or not. */
export function isStep(value: unknown): value is Step {
  if (!isAnyStep(value) || !isNodeKind(value.kind)) return false
  const { id, kind, next, ...rest } = value
  const { title, note, disabled, ...settings } = rest
  const rules = Object.entries<Rule>(SETTINGS[kind])
  const outputs: readonly string[] = NODE_OUTPUTS[kind]
  return (
    [isOptional(isText(STEP_TITLE_MAX))(title), isOptional(isText(NOTE_MAX))(note)].every(Boolean) &&
    isOptional(isBoolean)(disabled) &&
    hasKeys(next, outputs) &&
    hasKeys(settings, Object.keys(SETTINGS[kind])) &&
    rules.every(([field, fits]) => fits(settings[field]))
  )
}

interface AnyStep {
  id: string
  kind: string
  next: Record<string, string | null>
  [setting: string]: unknown
}

/** What every release's steps have: enough to draw them. */
function isAnyStep(value: unknown): value is AnyStep {
  if (!isObject(value) || !isId(value.id) || typeof value.kind !== 'string') return false
  return isObject(value.next) && Object.values(value.next).every((to) => to === null || isId(to))
}

type Rule = (value: unknown) => boolean

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isId = (value: unknown): boolean => typeof value === 'string' && /^[\w-]{1,40}$/.test(value)
const isText =
  (charactersMax: number): Rule =>
  (value) =>
    typeof value === 'string' && value.length <= charactersMax
const isBoolean: Rule = (value) => typeof value === 'boolean'
const isOneOf =
  (list: readonly string[]): Rule =>
  (value) =>
    typeof value === 'string' && list.includes(value)
const isOptional =
  (fits: Rule): Rule =>
  (value) =>
    value === undefined || fits(value)
const isListOf =
  (fits: Rule, entriesMax: number): Rule =>
  (value) =>
    Array.isArray(value) && value.length <= entriesMax && value.every(fits)
const hasKeys = (value: object, keys: readonly string[]): boolean =>
  Object.keys(value).length === keys.length && keys.every((key) => Object.hasOwn(value, key))
/** An object of these fields; those named `optional` may be missing. */
const isRecord =
  (fields: Record<string, Rule>): Rule =>
  (value) =>
    isObject(value) &&
    Object.keys(value).every((key) => Object.hasOwn(fields, key)) &&
    Object.entries(fields).every(([key, fits]) => fits(value[key]))

const isSide: Rule = (value) =>
  value === 'any' || isRecord({ statuses: isListOf(isCode, 200) })(value) || isRecord({ group: isOneOf(GROUPS) })(value)
const isCode: Rule = (value) => isText(80)(value) && value !== ''

const isCondition = isRecord({
  field: isOneOf(Object.keys(FIELDS)),
  operator: isOneOf(Object.keys(OPERATORS)),
  value: isOptional((value) => Number.isFinite(value) || isText(500)(value) || isListOf(isText(500), 500)(value)),
} satisfies Record<keyof Condition, Rule>)

const isFilter: Rule = (value) =>
  isRecord({
    combinator: isOneOf(['and', 'or']),
    not: isOptional(isBoolean),
    rules: isListOf((rule) => isCondition(rule) || isFilter(rule), CONDITIONS_MAX),
  } satisfies Record<keyof Filter, Rule>)(value)

/** What each kind's settings must look like to be stored. One row a kind. */
const SETTINGS = {
  order_status_changed: {
    type: isOneOf(AXES),
    from: isSide,
    to: isSide,
    includingCreation: isBoolean,
    leaveWhenStatusChanges: isBoolean,
  },
  filter_customers: { where: isFilter },
  wait: { for: isText(40) },
  send_sms: { message: isText(TEMPLATE_MAX) },
  exit: {},
} satisfies { [K in NodeKind]: Record<Exclude<keyof StepOf<K>, Common>, Rule> }
