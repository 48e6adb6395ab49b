import { nameKey } from '../../db/model/name.ts'
import { type Axis, GROUP_ROWS, GROUPS, type Meaning } from '../../db/model/status.ts'

/** A status as one may be chosen; `refusal` says why not. */
export interface Choice {
  code: string
  name: string
  meaning: Meaning
  refusal: { code: string; detail: string } | null
}

/** As many statuses as are found at a glance; more are searched by name. */
export const GLANCE_MAX = 12

/** The code that the API refuses the present status with. */
const CURRENT = 'current'
export const isCurrent = ({ refusal }: Pick<Choice, 'refusal'>): boolean => refusal?.code === CURRENT

interface Section {
  /** Null where the type has no groups. */
  title: string | null
  choices: Choice[]
}

/** Those whose names have these words in them, whatever their case. */
export const named = <T extends { name: string }>(list: readonly T[], words: string): T[] =>
  list.filter(({ name }) => nameKey(name).includes(nameKey(words)))

/** The other statuses of an order, by group in the groups' order; delivery and payment statuses stand in one list. Source: S0-11. */
export function sectionsOf(type: Axis, choices: readonly Choice[]): Section[] {
  const others = choices.filter((choice) => !isCurrent(choice))
  if (type !== 'general') return others.length > 0 ? [{ title: null, choices: others }] : []
  return GROUPS.map((group) => ({
    title: GROUP_ROWS[group].name,
    choices: others.filter(({ meaning }) => meaning === group),
  })).filter(({ choices: inGroup }) => inGroup.length > 0)
}

/** The same choices where only the list of statuses is known: all may be tried, but for the present one. */
export const choicesFrom = (
  statuses: readonly { type: Axis; code: string; name: string; group: string | null; kind: string | null }[],
  type: Axis,
  current: string,
): Choice[] =>
  statuses
    .filter((status) => status.type === type)
    .map(({ code, name, group, kind }) => ({
      code,
      name,
      meaning: (group ?? kind) as Meaning,
      refusal: code === current ? { code: CURRENT, detail: '' } : null,
    }))
