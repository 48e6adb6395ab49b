import { longestMs } from './period.ts'
import { type AxisGraph, type Chain, type PathStep, type StepText, stepOf } from './status-chain.ts'
import { type GraphCampaign, type GraphStatus, startsBy } from './status-graph.ts'

interface Storm {
  statuses: string[]
  path: PathStep[]
  texts: number
}

/**
 * Where one act of a person or system brings more than `textsMax` texts upon an order: those of the change itself, from
 * the status where it is worst, and those of every timeout that follows. Counted are the texts of the statuses that are
 * entered and of the campaigns that each change starts, as many as one customer can get; a campaign that customers leave
 * with the status sends what it can while the order stays. Circles are not followed, nor moves that will be refused.
 * Of ways that run into each other only the worst is told. Where the status before matters, the path begins with it.
 */
export function findStorms(graph: AxisGraph, textsMax: number): Storm[] {
  const texting = { ...graph, campaigns: graph.campaigns.filter(({ textTimesMs }) => textTimesMs.length > 0) }
  const storms = graph.chains
    .filter(({ end }) => end !== 'loop')
    .map((chain) => stormOf(chain, texting))
    .filter(({ texts }) => texts > textsMax)
    .sort((a, b) => b.texts - a.texts || b.statuses.length - a.statuses.length)
  const told: Storm[] = []
  for (const storm of storms) if (!told.some((worse) => shareWay(worse, storm))) told.push(storm)
  return told
}

function stormOf({ links }: Chain, graph: AxisGraph): Storm {
  const stays = links.map((_, i) => {
    const next = links[i + 1]?.after
    return next ? longestMs(next) : Number.POSITIVE_INFINITY
  })
  const entry = worstEntry(links[0]!.status, stays[0]!, graph)
  const later = links
    .slice(1)
    .map((link, i) => stepOf(link, textsOf(graph.campaigns, links[i]!.status, link.status, stays[i + 1]!)))
  const steps = [stepOf(links[0]!, entry.texts), ...later]
  const before = entry.from ? [stepOf({ status: entry.from, after: null })] : []
  return {
    statuses: links.map(({ status }) => status.code),
    path: [...before, ...steps],
    texts: countOf(steps.flatMap(({ texts }) => texts)),
  }
}

/** The change into `status` that brings the most texts; `from` is null for a new order, and where all others bring as many. */
function worstEntry(status: GraphStatus, stayMs: number, { statuses, campaigns }: AxisGraph) {
  const near = campaigns.filter((campaign) => [null, ...statuses].some((from) => startsBy(campaign, from, status)))
  const entries = [null, ...statuses.filter((s) => s !== status)].map((from) => ({
    from,
    texts: textsOf(near, from, status, stayMs),
  }))
  const most = Math.max(...entries.map(({ texts }) => countOf(texts)))
  const worst = entries.filter(({ texts }) => countOf(texts) === most)
  const isAny = entries.every((entry) => entry.from === null || worst.includes(entry))
  return isAny ? { ...worst[0]!, from: null } : worst[0]!
}

/** The texts that one change brings to an order that stays so long where it comes. */
function textsOf(
  campaigns: readonly GraphCampaign[],
  from: GraphStatus | null,
  to: GraphStatus,
  stayMs: number,
): StepText[] {
  const started = campaigns
    .filter((campaign) => startsBy(campaign, from, to))
    .map(({ id, name, trigger: { leaveWhenStatusChanges: leaves }, textTimesMs }) => ({
      campaign: { id, name },
      count: leaves ? textTimesMs.filter((ms) => ms <= stayMs).length : textTimesMs.length,
    }))
    .filter(({ count }) => count > 0)
  return [...(to.autoSms ? [{ campaign: null, count: 1 }] : []), ...started]
}

const countOf = (texts: readonly StepText[]): number => texts.reduce((sum, { count }) => sum + count, 0)

/** Whether one way runs into the other. */
export const shareWay = (a: { statuses: readonly string[] }, b: { statuses: readonly string[] }): boolean =>
  a.statuses.includes(b.statuses[0]!) || b.statuses.includes(a.statuses[0]!)
