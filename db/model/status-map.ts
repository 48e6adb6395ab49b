import { STORM_TEXTS_MAX, UNREACHED_AFTER_MS } from './limits.ts'
import { AXES, type Axis, type Meaning } from './status.ts'
import { type AxisGraph, chainFrom, type PathStep, stepOf } from './status-chain.ts'
import type { GraphCampaign, GraphStatus, StatusGraph } from './status-graph.ts'
import { findStorms, shareWay } from './status-storm.ts'

export const FINDING_KINDS = ['loop', 'always_refused', 'dead_end', 'unreachable', 'storm'] as const
export type FindingKind = (typeof FINDING_KINDS)[number]

/** Something of the statuses, timeouts, texts and campaigns that will not end well. */
export interface Finding {
  kind: FindingKind
  /** Errors are refused when they are saved; warnings may be meant. */
  level: 'error' | 'warning'
  type: Axis
  /** Codes of the statuses that it is about, in the order of the path. */
  statuses: string[]
  /** An example: what happens to one order, or what waits for the status in vain. */
  path: PathStep[]
  /** Of a storm: how many texts the order gets. */
  texts?: number
}

type Found = Pick<Finding, 'statuses' | 'path' | 'texts'>
type Rule = { level: Finding['level']; find: (graph: AxisGraph, nowMs: number) => Found[] }

/** What is looked for, one row a kind; what each means stands at its function. */
const RULES = {
  loop: { level: 'error', find: findLoops },
  always_refused: { level: 'warning', find: findRefused },
  dead_end: { level: 'warning', find: findDeadEnds },
  unreachable: { level: 'warning', find: findUnreachable },
  storm: { level: 'warning', find: (graph) => findStorms(graph, STORM_TEXTS_MAX) },
} satisfies Record<FindingKind, Rule>

/** Everything that the map of statuses, timeouts, texts and live campaigns shows to be wrong, by type and kind. Source: P22. */
export function findingsIn(graph: StatusGraph, nowMs: number): Finding[] {
  return AXES.flatMap((type) => {
    const statuses = graph.statuses.filter((status) => status.type === type)
    const byCode = new Map(statuses.map((status) => [status.code, status]))
    const own: AxisGraph = {
      statuses,
      campaigns: graph.campaigns.filter(({ trigger }) => trigger.type === type),
      chains: statuses.map((status) => chainFrom(status, byCode)),
    }
    return FINDING_KINDS.flatMap((kind) =>
      RULES[kind].find(own, nowMs).map((found): Finding => ({ kind, level: RULES[kind].level, type, ...found })),
    )
  })
}

/** A circle of timeouts: an order would go round for ever. Told once, from its first status on. Source: store.md 5.2. */
function findLoops({ chains }: AxisGraph): Found[] {
  const told = new Set<string>()
  return chains.flatMap(({ links, end, beyond }) => {
    const [first] = links
    // a way into a circle from outside is no circle of its own
    if (end !== 'loop' || beyond!.status !== first!.status || told.has(first!.status.code)) return []
    for (const { status } of links) told.add(status.code)
    return [{ statuses: links.map((l) => l.status.code), path: [...links, beyond!].map((link) => stepOf(link)) }]
  })
}

/**
 * A chain of timeouts at whose end a guard refuses the move, whatever the order: it stays where it is. The last status of
 * the path is the one it never reaches. Told of the chain's beginning only.
 */
function findRefused({ chains }: AxisGraph): Found[] {
  const refused = chains.filter(({ end }) => end !== 'rest' && end !== 'loop')
  const later = new Set(refused.flatMap(({ links }) => links.slice(1).map(({ status }) => status)))
  return refused
    .filter(({ links }) => !later.has(links[0]!.status))
    .map(({ links, beyond }) => ({
      statuses: [links.at(-1)!.status.code],
      path: [...links, beyond!].map((link) => stepOf(link)),
    }))
}

/** Meanings of an order that is not done: somebody or something still has to move it. */
const OPEN: Record<Axis, readonly Meaning[]> = {
  general: ['processing', 'accepted', 'sent'],
  delivery: ['not_shipped', 'preparing', 'shipped', 'at_delivery_point'],
  payment: ['unpaid', 'awaiting', 'held'],
}

/**
 * A status that is not the end of anything, to which a timeout takes orders with nobody watching, which has no timeout
 * itself, and out of which nobody ever moved an order: what comes there by itself is forgotten. Where people bring orders
 * by hand they also fetch them, and one that was ever fetched shows that somebody looks there; so shops whose orders are
 * moved by hand hear nothing.
 */
function findDeadEnds({ statuses }: AxisGraph): Found[] {
  return statuses
    .filter(({ timeout, left, type, meaning }) => !timeout && !left && OPEN[type].includes(meaning))
    .flatMap((status) => {
      const before = statuses.find(({ timeout }) => timeout?.to === status.code)
      if (!before) return []
      const links = [
        { status: before, after: null },
        { status, after: before.timeout!.after },
      ]
      return [{ statuses: [status.code], path: links.map((link) => stepOf(link)) }]
    })
}

/**
 * A status that something waits for, a text of its own or a live campaign that names no other, though no order ever came
 * there and neither a timeout, nor a shop's word, nor being the first brings one: only people, or other systems by its
 * code, can. Not told while the status is younger than UNREACHED_AFTER_MS, nor before any order of the type was moved:
 * a status that is just being set up waits for its first order, as every one does. The path is the status alone, with
 * what waits there.
 */
function findUnreachable({ statuses, campaigns, chains }: AxisGraph, nowMs: number): Found[] {
  if (!statuses.some(({ entered, isInitial }) => entered && !isInitial)) return []
  const mayBegin = (s: GraphStatus) =>
    s.isInitial || s.isMapped || s.entered || nowMs - s.createdAtMs < UNREACHED_AFTER_MS
  const reached = new Set(
    chains
      .filter(({ links }) => mayBegin(links[0]!.status))
      .flatMap(({ links }) => links.map(({ status }) => status.code)),
  )
  const isVain = (codes: readonly string[]) => codes.length > 0 && codes.every((code) => !reached.has(code))
  return statuses
    .filter(({ code }) => !reached.has(code))
    .flatMap((status) => {
      const waiting = campaigns
        .filter((campaign) => namedBy(campaign).some((codes) => codes.includes(status.code) && isVain(codes)))
        .map(({ id, name, textTimesMs }) => ({ campaign: { id, name }, count: textTimesMs.length }))
      const texts = [...(status.autoSms ? [{ campaign: null, count: 1 }] : []), ...waiting]
      return texts.length === 0 ? [] : [{ statuses: [status.code], path: [stepOf({ status, after: null }, texts)] }]
    })
}

/** The codes that each side of a trigger names; groups and "any" name none. */
const namedBy = ({ trigger }: GraphCampaign): string[][] =>
  [trigger.from, trigger.to].map((side) => (typeof side === 'object' && 'statuses' in side ? side.statuses : []))

/** What a change brings: the findings after it that were not there before, or that it makes worse. */
export const newFindings = (after: readonly Finding[], before: readonly Finding[]): Finding[] =>
  after.filter((finding) => !before.some((known) => covers(known, finding)))

function covers(known: Finding, finding: Finding): boolean {
  if (known.kind !== finding.kind || known.type !== finding.type) return false
  if (finding.kind === 'storm') return known.texts! >= finding.texts! && shareWay(known, finding)
  const waiting = sourcesOf(known)
  return `${known.statuses}` === `${finding.statuses}` && sourcesOf(finding).every((id) => waiting.includes(id))
}

const sourcesOf = ({ path }: Finding) => path.flatMap(({ texts }) => texts.map(({ campaign }) => campaign?.id))

/** A finding as one sentence, beginning in lower case as problems of a draft do. */
export function wordFinding({ kind, path, statuses, texts }: Finding): string {
  const way = path.map(({ name }) => name).join(' → ')
  const name = path.find(({ code }) => code === statuses[0])!.name
  const WORDS = {
    loop: `timeouts would move an order round in a circle for ever: ${way}`,
    always_refused: `the last of these timeouts is always refused, as too many follow each other within a day: ${way}`,
    dead_end: `timeouts bring orders to ${name}, and nothing moves them on: ${way}`,
    unreachable: `no order ever came to ${name}: only people, or other systems by its code, can bring one there`,
    storm: `one order could get ${texts} texts without anybody's doing: ${way}`,
  } satisfies Record<FindingKind, string>
  return WORDS[kind]
}
