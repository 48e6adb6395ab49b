import { CHAIN_DEPTH_MAX, CHAIN_MEMORY_MS, FUTURE_MAX_MS } from './limits.ts'
import { REFUSALS, type RefusalCode } from './refusal.ts'
import { AXES, type Axis } from './status.ts'

/** Who asks for a change. Source: every change knows its actor, design 6. */
export const ACTOR_KINDS = ['key', 'person', 'integration', 'timeout', 'campaign', 'bulk', 'import'] as const
export interface Actor {
  kind: (typeof ACTOR_KINDS)[number]
  /** The key, person, integration, rule or campaign; null where the kind says it all. */
  id: string | null
}

/** Where an order stands on one axis; `seq` 0 and no status before its first move. */
export interface Standing {
  statusId: string | null
  seq: number
  changedAtMs: number
  /** From when a timeout counts; null when the order does not wait. */
  dueFromMs: number | null
}

export interface OrderStanding {
  id: string
  archived: boolean
  axes: Record<Axis, Standing>
  /** The latest time each source told, in epoch ms, by `wordKey`. */
  words: Readonly<Record<string, number>>
}

/** What a source's last word on an axis is kept under. */
export const wordKey = (axis: Axis, source: string): string => `${axis} ${source}`
export function readWordKey(key: string): { axis: Axis; source: string } {
  const space = key.indexOf(' ')
  return { axis: key.slice(0, space) as Axis, source: key.slice(space + 1) }
}

/** A wish that one order have one status. */
export interface Move {
  orderId: string
  axis: Axis
  toId: string
  actor: Actor
  /** The change that led to this one. */
  cause?: { changeId: string; depth: number; recordedAtMs: number }
  /** Only if the axis still stands at this sequence: the fence of deadlines and editors. */
  expectedSeq?: number
  /** The time its source tells; null or missing when it tells none. */
  occurredAtMs?: number | null
  source?: string
  sourceEventId?: string
  reason?: string
  /** A change the customer is not told about. */
  silent?: boolean
  /** The status that the order stands in goes: an archived order moves too. Source: C13. */
  isForced?: boolean
}

/** What came of a move. Only `moved` changed anything. */
export type Outcome =
  | { outcome: 'moved'; changeId: string; seq: number }
  | { outcome: 'noop' }
  | { outcome: 'stale' }
  | { outcome: 'refused'; code: RefusalCode }

/** One line of an order's history. */
export interface Change extends Move {
  id: string
  seq: number
  fromId: string | null
  changedAtMs: number
  recordedAtMs: number
  depth: number
}

export interface Folded {
  /** One per move, in the order of the moves. */
  outcomes: Outcome[]
  changes: Change[]
  /** Where the order stands after all of them. */
  after: OrderStanding
}

/**
 * Applies moves to one order, one after the other, as if each had come alone.
 * Pure: `nowMs` is the moment the store learns of them, `newId` makes the changes' ids. Source: store.md 4.
 */
export function foldMoves(order: OrderStanding, moves: readonly Move[], nowMs: number, newId: () => string): Folded {
  const after: OrderStanding = { ...order, axes: { ...order.axes } }
  const changes: Change[] = []
  const outcomes = moves.map((move): Outcome => {
    const at = after.axes[move.axis]
    const outcome = outcomeOf(after, at, move, nowMs, newId)
    if (outcome.outcome !== 'refused') after.words = heard(after.words, move)
    if (outcome.outcome !== 'moved') return outcome
    const change = changeFor(at, move, outcome, nowMs)
    changes.push(change)
    after.axes[move.axis] = moved(change, nowMs)
    return outcome
  })
  return { outcomes, changes, after }
}

/** The rules in their order, the first that applies decides. Source: store.md 4, steps 3 to 6. */
function outcomeOf(order: OrderStanding, at: Standing, move: Move, nowMs: number, newId: () => string): Outcome {
  if (move.expectedSeq !== undefined && move.expectedSeq !== at.seq) return { outcome: 'stale' }
  const code = refusalToMove(order, move, nowMs)
  if (code) return { outcome: 'refused', code }
  if (at.statusId === move.toId) return { outcome: 'noop' }
  if (isOldNews(order, move)) return { outcome: 'stale' }
  return { outcome: 'moved', changeId: newId(), seq: at.seq + 1 }
}

/** Why an order cannot be given a status by somebody who chooses one; `current` is the one it has. */
export interface ChoiceRefusal {
  code: RefusalCode | 'current'
  /** For people. */
  detail: string
}

/** Why somebody may not choose this status for an order now; null if they may. What `foldMoves` would do, asked before. */
export function refusalToChoose(
  order: { archived: boolean; statusId: string | null },
  toId: string,
  nowMs: number,
): ChoiceRefusal | null {
  if (order.statusId === toId) return { code: 'current', detail: 'The order has this status already.' }
  const code = refusalToMove(order, {}, nowMs)
  return code && { code, detail: REFUSALS[code] }
}

/** Why an order may not make this move; null if it may. */
function refusalToMove(
  order: Pick<OrderStanding, 'archived'>,
  move: Pick<Move, 'occurredAtMs' | 'cause' | 'isForced'>,
  nowMs: number,
): RefusalCode | null {
  if (order.archived && !move.isForced) return 'order_archived'
  if ((move.occurredAtMs ?? 0) > nowMs + FUTURE_MAX_MS) return 'event_from_future'
  if (depthOf(move, nowMs) > CHAIN_DEPTH_MAX) return 'chain_too_deep'
  return null
}

/** A time told by a source is compared within that source only. Source: design 5, pitfall P4. */
function isOldNews(order: OrderStanding, { axis, source, occurredAtMs }: Move): boolean {
  if (occurredAtMs == null || source === undefined) return false
  return occurredAtMs < (order.words[wordKey(axis, source)] ?? Number.NEGATIVE_INFINITY)
}

function depthOf({ cause }: Pick<Move, 'cause'>, nowMs: number): number {
  return cause && nowMs - cause.recordedAtMs < CHAIN_MEMORY_MS ? cause.depth + 1 : 0
}

function heard(words: OrderStanding['words'], move: Move): OrderStanding['words'] {
  if (move.occurredAtMs == null || move.source === undefined) return words
  const key = wordKey(move.axis, move.source)
  return { ...words, [key]: Math.max(words[key] ?? move.occurredAtMs, move.occurredAtMs) }
}

function changeFor(at: Standing, move: Move, outcome: { changeId: string; seq: number }, nowMs: number): Change {
  return {
    ...move,
    id: outcome.changeId,
    seq: outcome.seq,
    fromId: at.statusId,
    changedAtMs: move.occurredAtMs ?? nowMs,
    recordedAtMs: nowMs,
    depth: depthOf(move, nowMs),
  }
}

function moved({ toId, seq, changedAtMs, actor }: Change, nowMs: number): Standing {
  // an imported past fires nothing; its orders join timeouts with their next change
  return { statusId: toId, seq, changedAtMs, dueFromMs: actor.kind === 'import' ? null : Math.max(changedAtMs, nowMs) }
}

/** An order that no move has reached yet. */
export function unmoved(id: string): OrderStanding {
  const at: Standing = { statusId: null, seq: 0, changedAtMs: 0, dueFromMs: null }
  const axes = Object.fromEntries(AXES.map((axis) => [axis, at])) as Record<Axis, Standing>
  return { id, archived: false, axes, words: {} }
}
