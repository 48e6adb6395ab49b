import type { Campaign } from '../../../db/model/campaign-schema.ts'
import { flowOf, type Line, linesOf } from './document.ts'

/** Pixels of a step's card, the same for all. */
export const NODE_WIDTH_PX = 264
export const NODE_HEIGHT_PX = 72
/** Pixels across the round mark where a line ends. */
export const END_SIZE_PX = 24

/** What decides where steps stand: ids and lines, no settings. Plain data, in reading order. */
export interface Shape {
  steps: string[]
  lines: Line[]
}

export const shapeOf = (campaign: Campaign): Shape => ({
  steps: [...flowOf(campaign).order],
  lines: linesOf(campaign),
})

/** Two documents with the same key look the same but for what their cards say. */
export const shapeKey = (campaign: Campaign): string => JSON.stringify(shapeOf(campaign))

export interface Point {
  x: number
  y: number
}

export interface Layout {
  /** Upper left corners, in pixels, of steps by id and of ends by `endId`. */
  nodes: Map<string, Point>
  /**
   * The points each line goes through, from the bottom of its step to the top of the next, by `lineId`.
   * The second is in the middle of the gap below the step, where there is room for the + and the branch's name.
   */
  lines: Map<string, Point[]>
  width: number
  height: number
}

type End = Pick<Line, 'from' | 'output'>
/** Names the mark at the end of a line that leads nowhere. */
export const endId = ({ from, output }: End): string => `end:${from}:${output}`
export const lineId = ({ from, output }: End): string => `${from}:${output}`
