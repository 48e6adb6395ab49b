import type { Campaign, Step } from '../../../db/model/campaign-schema.ts'

/** What became different from one document to another. Steps are the same when their ids and kinds are. */
export interface Comparison {
  added: Step[]
  removed: Step[]
  changed: StepChange[]
}

export interface StepChange {
  was: Step
  is: Step
  /** Which of the step's settings differ, in their order; `next` when a line leads to another step that both have. */
  fields: string[]
}

/** Added and changed steps in the order of `is`, removed ones in that of `was`. */
export function compare(was: Campaign, is: Campaign): Comparison {
  const before = new Map(was.steps.map((step) => [step.id, step]))
  const after = new Map(is.steps.map((step) => [step.id, step]))
  const isIn = (steps: ReadonlyMap<string, Step>) => (step: Step) => steps.get(step.id)?.kind === step.kind
  const added = is.steps.filter((step) => !isIn(before)(step))
  const removed = was.steps.filter((step) => !isIn(after)(step))
  const fresh = new Set(added.map((step) => step.id))
  const gone = new Set(removed.map((step) => step.id))
  const changed = is.steps.filter(isIn(before)).flatMap((step): StepChange[] => {
    const old = before.get(step.id)!
    const fields = [...changedSettings(old, step), ...(isRerouted(old, step, fresh, gone) ? ['next'] : [])]
    return fields.length === 0 ? [] : [{ was: old, is: step, fields }]
  })
  return { added, removed, changed }
}

export const isSame = ({ added, removed, changed }: Comparison): boolean =>
  added.length + removed.length + changed.length === 0

/** Not settings: what makes a step this one, and its lines. */
const OTHERS = ['id', 'kind', 'next']

function changedSettings(was: Step, is: Step): string[] {
  const [old, now] = [new Map<string, unknown>(Object.entries(was)), new Map<string, unknown>(Object.entries(is))]
  return [...new Set([...now.keys(), ...old.keys()])]
    .filter((field) => !OTHERS.includes(field))
    .filter((field) => written(old.get(field)) !== written(now.get(field)))
}

/** A value as text, whatever the order of its keys: stored documents come back with another one. */
function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(written).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? ''
  const parts = Object.entries(value).filter(([, part]) => part !== undefined)
  return `{${parts
    .map(([key, part]) => `${JSON.stringify(key)}:${written(part)}`)
    .sort()
    .join(',')}}`
}

/** A line that goes to an added step, or went to a removed one, is told by that step. */
function isRerouted(was: Step, is: Step, added: ReadonlySet<string>, removed: ReadonlySet<string>): boolean {
  const [old, now]: Record<string, string | null>[] = [was.next, is.next]
  return Object.keys({ ...old, ...now }).some((output) => {
    const [from, to] = [old![output] ?? null, now![output] ?? null]
    return from !== to && !(from !== null && removed.has(from)) && !(to !== null && added.has(to))
  })
}
