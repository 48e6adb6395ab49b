import { groupBy } from '../../db/model/lists.ts'

/** Changes from one item to another; `new` and `other` are no items. */
export interface Change {
  from: string
  to: string
  orders: number
}

/** What a Sankey can show: links that never lead round in a circle. */
export interface Drawing {
  /** Ids of items, each once; an end that stands for many has one id on each side. */
  nodes: string[]
  links: Change[]
  /** Changes that would close a circle with those that are drawn; the largest first. */
  back: Change[]
}

/** What is drawn as two, one where orders come from and one where they go: it stands for many, so a way through it means nothing. */
const SIDES: Readonly<Record<string, { from: string; to: string }>> = {
  other: { from: 'from:other', to: 'to:other' },
  rest: { from: 'from:rest', to: 'to:rest' },
}

/** The item, or the collection, that a node of the drawing stands for. */
export const standsFor = (node: string): string => node.replace(/^(from|to):/, '')

/**
 * Lays changes out without circles: the largest are drawn first, and one that would lead back to where its orders came
 * from is kept apart. So what most orders do is drawn, whatever the order of the statuses, and no number is lost.
 */
export function drawFlow(changes: readonly Change[]): Drawing {
  const links: Change[] = []
  const back: Change[] = []
  const next = new Map<string, string[]>()
  for (const change of [...changes].sort(byWeight)) {
    const from = SIDES[change.from]?.from ?? change.from
    const to = SIDES[change.to]?.to ?? change.to
    if (leads(next, to, from)) back.push(change)
    else {
      links.push({ from, to, orders: change.orders })
      next.set(from, [...(next.get(from) ?? []), to])
    }
  }
  return { nodes: [...new Set(links.flatMap(({ from, to }) => [from, to]))], links, back }
}

const byWeight = (a: Change, b: Change): number =>
  b.orders - a.orders || a.from.localeCompare(b.from) || a.to.localeCompare(b.to)

/** Whether there is a way from one node to another along what is drawn; there is one from each to itself. */
function leads(next: ReadonlyMap<string, string[]>, from: string, to: string): boolean {
  const seen = new Set([from])
  for (const node of seen) {
    if (node === to) return true
    for (const following of next.get(node) ?? []) seen.add(following)
  }
  return false
}

/** The same changes with every item but `kept` counted as `rest`; `new` and `other` stay. */
export function mergeRest(changes: readonly Change[], kept: ReadonlySet<string>): Change[] {
  const name = (id: string) => (kept.has(id) || id === 'new' || id === 'other' ? id : 'rest')
  const merged = changes.map(({ from, to, orders }) => ({ from: name(from), to: name(to), orders }))
  return [...groupBy(merged, ({ from, to }) => `${from} ${to}`).values()].map((same) => ({
    ...same[0]!,
    orders: same.reduce((sum, { orders }) => sum + orders, 0),
  }))
}
