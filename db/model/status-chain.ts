import { CHAIN_DEPTH_MAX, CHAIN_MEMORY_MS } from './limits.ts'
import { fixedMs, formatPeriod, type Period } from './period.ts'
import type { RefusalCode } from './refusal.ts'
import type { GraphCampaign, GraphStatus } from './status-graph.ts'

/** A status that an order comes to; `after` is how long it waited in the one before, null for the first. */
export interface Link {
  status: GraphStatus
  after: Period | null
}

/** The way of an order that timeouts alone move. */
export interface Chain {
  /** Where it comes, each status once. */
  links: Link[]
  /** Why it ends: no timeout leads on, it comes round again, or the move that follows will always be refused. */
  end: 'rest' | 'loop' | RefusalCode
  /** The move that does not count any more: back into the circle, or refused. */
  beyond: Link | null
}

/** The statuses of one type, the campaigns that react to it, and the way from each status. */
export interface AxisGraph {
  statuses: readonly GraphStatus[]
  campaigns: readonly GraphCampaign[]
  chains: readonly Chain[]
}

/**
 * Why a move of a timeout will always be refused, one row a guard: `links` are the way so far, the last one is what the
 * move asks for. Only what is sure at any hour counts. Source: the refusals of moves.ts.
 */
const GUARDS: readonly { code: RefusalCode; refuses: (links: readonly Link[]) => boolean }[] = [
  { code: 'chain_too_deep', refuses: (links) => hurriedMoves(links) > CHAIN_DEPTH_MAX },
]

/** How many moves at the end of the way came so soon that each still counts as caused by the one before. */
function hurriedMoves(links: readonly Link[]): number {
  const patient = links.findLastIndex(({ after }) => after === null || !isHurried(after))
  return links.length - 1 - patient
}
function isHurried(after: Period): boolean {
  const ms = fixedMs(after)
  return ms !== null && ms < CHAIN_MEMORY_MS
}

/** Where timeouts take an order that somebody puts into `start`. `byCode` holds the statuses of one type. */
export function chainFrom(start: GraphStatus, byCode: ReadonlyMap<string, GraphStatus>): Chain {
  const links: Link[] = [{ status: start, after: null }]
  for (let next = after(start, byCode); next; next = after(next.status, byCode)) {
    // a circle is one whatever a guard makes of it
    if (links.some(({ status }) => status === next!.status)) return { links, end: 'loop', beyond: next }
    links.push(next)
  }
  const stops = links.findIndex((_, i) => i > 0 && guardOf(links.slice(0, i + 1)))
  if (stops === -1) return { links, end: 'rest', beyond: null }
  return {
    links: links.slice(0, stops),
    end: guardOf(links.slice(0, stops + 1))!.code,
    beyond: links[stops]!,
  }
}

function after({ timeout }: GraphStatus, byCode: ReadonlyMap<string, GraphStatus>): Link | null {
  const status = timeout && byCode.get(timeout.to)
  return status ? { status, after: timeout.after } : null
}

const guardOf = (links: readonly Link[]) => GUARDS.find(({ refuses }) => refuses(links))

/** A text that comes of entering a status: of the status itself, or of a campaign. */
export interface StepText {
  /** Null for the status's own text. */
  campaign: { id: string; name: string } | null
  count: number
}

/** One status of an example, in words that a page can draw. */
export interface PathStep {
  code: string
  name: string
  /** How long the order waits in the status before, as an ISO 8601 duration; null where nothing moves it here by itself. */
  after: string | null
  texts: StepText[]
}

export const stepOf = ({ status: { code, name }, after }: Link, texts: StepText[] = []): PathStep => ({
  code,
  name,
  after: after && formatPeriod(after),
  texts,
})
