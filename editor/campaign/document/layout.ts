import { Graph, layout } from '@dagrejs/dagre'
import type { Line } from './document.ts'
import {
  END_SIZE_PX,
  endId,
  type Layout,
  lineId,
  NODE_HEIGHT_PX,
  NODE_WIDTH_PX,
  type Point,
  type Shape,
} from './shape.ts'

/** Room between a card and the next: for a line's + and its name. */
const RANK_GAP_PX = 64
const NODE_GAP_PX = 48
/** Room between two lines side by side: for their + and names. */
const LINE_GAP_PX = 72

/** Where everything stands, from top to bottom, branches in their order from left to right. The same for the same shape. */
export function layoutOf({ steps, lines }: Shape): Layout {
  const graph = new Graph({ multigraph: true })
  graph.setGraph({
    rankdir: 'TB',
    ranker: 'tight-tree',
    rankalign: 'top',
    ranksep: RANK_GAP_PX,
    nodesep: NODE_GAP_PX,
    edgesep: LINE_GAP_PX,
  })
  for (const id of steps) graph.setNode(id, { x: 0, y: 0, width: NODE_WIDTH_PX, height: NODE_HEIGHT_PX })
  for (const line of lines) {
    if (line.to === null) graph.setNode(endId(line), { x: 0, y: 0, width: END_SIZE_PX, height: END_SIZE_PX })
    graph.setEdge(line.from, goalOf(line), { points: [] }, line.output)
  }
  if (steps.length > 0) layout(graph, { customOrder: orderAsRead })
  return read(graph, lines)
}

/**
 * Places what stands side by side in reading order. dagre's own heuristic starts from this order and then saves
 * crossings by changing the order of branches, which takes most of its time as well.
 */
function orderAsRead(graph: Layers): void {
  const placed = new Set<string>()
  const counts = new Map<number, number>()
  const visit = (id: string): void => {
    if (placed.has(id)) return
    placed.add(id)
    const node = graph.node(id)
    node.order = counts.get(node.rank) ?? 0
    counts.set(node.rank, node.order + 1)
    for (const next of graph.successors(id)) visit(next)
  }
  const rankOf = (id: string) => graph.node(id).rank
  for (const id of graph.nodes().sort((a, b) => rankOf(a) - rankOf(b))) visit(id)
}

/** The graph as dagre hands it to whoever orders it. */
interface Layers {
  nodes(): string[]
  node(id: string): { rank: number; order: number }
  successors(id: string): string[]
}

interface Box extends Point {
  width: number
  height: number
}

/** What is used of dagre's graph, whose own types say little. */
interface Drawing {
  graph(): { width?: number; height?: number }
  nodes(): string[]
  node(id: string): Box
  edge(from: string, to: string, name: string): { points: Point[] }
}

const goalOf = (line: Line): string => line.to ?? endId(line)

function read(graph: Drawing, lines: readonly Line[]): Layout {
  const { width = 0, height = 0 } = graph.graph()
  const box = (id: string): Box => graph.node(id)
  const corner = (id: string): [string, Point] => {
    const { x, y, width, height } = box(id)
    return [id, { x: x - width / 2, y: y - height / 2 }]
  }
  const points = (line: Line): [string, Point[]] => {
    const [from, to] = [box(line.from), box(goalOf(line))]
    const between = graph.edge(line.from, goalOf(line), line.output).points.slice(1, -1)
    const start = { x: from.x, y: from.y + from.height / 2 }
    return [lineId(line), [start, ...between, { x: to.x, y: to.y - to.height / 2 }]]
  }
  return { nodes: new Map(graph.nodes().map(corner)), lines: new Map(lines.map(points)), width, height }
}
