import type { Edge, Node } from '@xyflow/react'
import type { Campaign, Step } from '../../../db/model/campaign-schema.ts'
import type { Problem } from '../../../db/model/refusal.ts'
import { m } from '../../texts/paraglide/messages.js'
import { flowOf, type Line, linesOf } from '../document/document.ts'
import {
  END_SIZE_PX,
  endId,
  type Layout,
  lineId,
  NODE_HEIGHT_PX,
  NODE_WIDTH_PX,
  type Point,
} from '../document/shape.ts'
import { type Names, outputWord, summaryOf, titleOf } from '../step/words.ts'
import { pathOf } from './path.ts'

/** What lies over the drawing, such as figures; both by id. */
export interface Overlay {
  /** A few words on each card. */
  steps: ReadonlyMap<string, string>
  /** A few words on each line, and how much of its step's customers took it: 0 to 1. */
  lines: ReadonlyMap<string, { words: string; share: number }>
}

export type StepNode = Node<
  {
    kind: string
    title: string
    summary: string
    isOff: boolean
    hasNote: boolean
    problems: number
    chip: string | null
  },
  'step'
>
export type EndNode = Node<Record<string, never>, 'end'>
export type LineEdge = Edge<
  {
    path: string
    /** Where the + and the words stand. */
    at: Point
    words: string
    addWords: string
    port: { stepId: string; output: string }
    share: number | null
    isReadOnly: boolean
  },
  'line'
>

export interface Drawn {
  campaign: Campaign
  layout: Layout
  statuses: Names
  problems: ReadonlyMap<string, readonly Problem[]>
  selected: readonly string[]
  overlay: Overlay | null
  isReadOnly: boolean
}

/** Draws documents; what did not change is the same object as before, so that React Flow draws it no second time. */
export function createDrawer() {
  const keepNode = keeper<StepNode | EndNode>()
  const keepEdge = keeper<LineEdge>()
  const keepEdges = sameList<LineEdge>()
  return (drawn: Drawn): { nodes: (StepNode | EndNode)[]; edges: LineEdge[] } => {
    const { order, steps } = flowOf(drawn.campaign)
    const lines = linesOf(drawn.campaign)
    // of a document that has grown, only what has its place already
    const placed = lines.filter((line) => drawn.layout.lines.has(lineId(line)) && isPlaced(drawn.layout, line))
    const chosen = new Set(drawn.selected)
    const cards = order
      .filter((id) => drawn.layout.nodes.has(id))
      .map((id) => stepNode(keepNode, drawn, steps.get(id)!, chosen))
    const ends = placed.filter(({ to }) => to === null).map((line) => endNode(keepNode, drawn, line))
    const edges = placed.map((line) => lineEdge(keepEdge, drawn, line))
    keepNode.sweep()
    keepEdge.sweep()
    return { nodes: [...cards, ...ends], edges: keepEdges(edges) }
  }
}

const isPlaced = ({ nodes }: Layout, line: Line): boolean => nodes.has(line.from) && nodes.has(line.to ?? endId(line))

/** The list before when the new one holds the same. */
function sameList<T>() {
  let before: T[] = []
  return (list: T[]): T[] => {
    const isSame = list.length === before.length && list.every((item, i) => item === before[i])
    if (!isSame) before = list
    return before
  }
}

const titles = new WeakMap<Step, string>()
/** Words are looked up once a step: a thousand look-ups with every letter that is typed would be felt. */
function nameOf(step: Step): string {
  const name = titles.get(step) ?? titleOf(step)
  titles.set(step, name)
  return name
}

const paths = new WeakMap<readonly Point[], string>()
/** A line is drawn once for as long as it stands where it does. */
function pathThrough(points: readonly Point[]): string {
  const path = paths.get(points) ?? pathOf(points)
  paths.set(points, path)
  return path
}

type Keeper<T> = ReturnType<typeof keeper<T>>

/** Makes a thing again only when one of what it is made of changed; `sweep` forgets what was not asked for since. */
function keeper<T>() {
  let before = new Map<string, { of: readonly unknown[]; made: T }>()
  let now = new Map<string, { of: readonly unknown[]; made: T }>()
  const keep = (id: string, of: readonly unknown[], make: () => T): T => {
    const old = now.get(id) ?? before.get(id)
    const isSame = old !== undefined && old.of.length === of.length && of.every((part, i) => Object.is(part, old.of[i]))
    const entry = isSame ? old : { of, made: make() }
    now.set(id, entry)
    return entry.made
  }
  return Object.assign(keep, {
    sweep: () => {
      before = now
      now = new Map()
    },
  })
}

const handle = (type: 'source' | 'target', y: number, width: number) => ({
  type,
  position: (type === 'source' ? 'bottom' : 'top') as NonNullable<Node['handles']>[number]['position'],
  x: width / 2,
  y,
  width: 1,
  height: 1,
})
// what is out of view is never measured, and would be left out when all is to be seen
const STEP_SIZE = { width: NODE_WIDTH_PX, height: NODE_HEIGHT_PX }
const END_SIZE = { width: END_SIZE_PX, height: END_SIZE_PX }
const STEP_HANDLES = [handle('target', 0, NODE_WIDTH_PX), handle('source', NODE_HEIGHT_PX, NODE_WIDTH_PX)]
const END_HANDLES = [handle('target', 0, END_SIZE_PX)]

function stepNode(
  keep: Keeper<StepNode | EndNode>,
  drawn: Drawn,
  step: Step,
  chosen: ReadonlySet<string>,
): StepNode | EndNode {
  const { id } = step
  const { x, y } = drawn.layout.nodes.get(id)!
  const problems = drawn.problems.get(id)?.length ?? 0
  const isSelected = chosen.has(id)
  const isStop = (drawn.selected.at(-1) ?? flowOf(drawn.campaign).order[0]) === id
  const chip = drawn.overlay?.steps.get(id) ?? null
  return keep(id, [step, x, y, problems, isSelected, isStop, chip, drawn.statuses], () => ({
    id,
    type: 'step',
    position: { x, y },
    width: NODE_WIDTH_PX,
    height: NODE_HEIGHT_PX,
    measured: STEP_SIZE,
    handles: STEP_HANDLES,
    selected: isSelected,
    ariaRole: 'button',
    domAttributes: {
      tabIndex: isStop ? 0 : -1,
      'aria-pressed': isSelected,
      'aria-roledescription': m.editor_step_role(),
    },
    data: {
      kind: step.kind,
      title: nameOf(step),
      summary: summaryOf(step, drawn.statuses),
      isOff: step.disabled === true,
      hasNote: step.note !== undefined,
      problems,
      chip,
    },
  }))
}

function endNode(keep: Keeper<StepNode | EndNode>, drawn: Drawn, line: Line): StepNode | EndNode {
  const id = endId(line)
  const { x, y } = drawn.layout.nodes.get(id)!
  return keep(id, [x, y], () => ({
    id,
    type: 'end',
    position: { x, y },
    width: END_SIZE_PX,
    height: END_SIZE_PX,
    measured: END_SIZE,
    handles: END_HANDLES,
    domAttributes: { 'aria-hidden': true },
    data: {},
  }))
}

function lineEdge(keep: Keeper<LineEdge>, drawn: Drawn, line: Line): LineEdge {
  const { from, output, to } = line
  const { steps } = flowOf(drawn.campaign)
  const points = drawn.layout.lines.get(lineId(line))!
  const path = pathThrough(points)
  const above = nameOf(steps.get(from)!)
  const below = to === null ? null : nameOf(steps.get(to)!)
  const told = drawn.overlay?.lines.get(lineId(line))
  const hasName = flowOf(drawn.campaign).from.get(from)!.length > 1
  return keep(lineId(line), [path, to, above, below, told?.words, told?.share, drawn.isReadOnly], () => ({
    id: lineId(line),
    type: 'line',
    source: from,
    target: to ?? endId(line),
    data: {
      path,
      at: points[1]!,
      words: [hasName ? outputWord(output) : '', told?.words ?? ''].filter(Boolean).join(' · '),
      addWords: addWords(above, below, hasName ? outputWord(output) : null),
      port: { stepId: from, output },
      share: told?.share ?? null,
      isReadOnly: drawn.isReadOnly,
    },
  }))
}

function addWords(above: string, below: string | null, lane: string | null): string {
  const step = lane === null ? above : m.editor_add_lane({ step: above, lane })
  return below === null ? m.editor_add_at_end({ step }) : m.editor_add_between({ step, next: below })
}
