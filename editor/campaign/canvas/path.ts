import type { Point } from '../document/shape.ts'

/** How far from the middle of a gap lines turn, in pixels: clear of the + that stands there. */
const TURN_PX = 16
const RADIUS_PX = 8

/**
 * The line through these points, by right angles with round corners, as SVG. Every second point is the middle of a gap
 * between rows; lines go sideways beside it, for elsewhere cards may stand.
 */
export function pathOf(points: readonly Point[]): string {
  const [start, ...rest] = corners(points)
  if (!start) return ''
  const parts = rest.map((at, i) => {
    const before = i === 0 ? start : rest[i - 1]!
    const after = rest[i + 1]
    return after ? bend(before, at, after) : `L${at.x},${at.y}`
  })
  return `M${start.x},${start.y}${parts.join('')}`
}

function corners(points: readonly Point[]): Point[] {
  const all = points.flatMap((at, i) => {
    const before = points[i - 1]
    if (!before || before.x === at.x) return [at]
    const y = i % 2 === 1 ? at.y - TURN_PX : before.y + TURN_PX
    return [{ x: before.x, y }, { x: at.x, y }, at]
  })
  return all.filter((at, i) => !isBetween(all[i - 1], at, all[i + 1]))
}

/** Whether nothing turns here. */
const isBetween = (before: Point | undefined, at: Point, after: Point | undefined): boolean =>
  before !== undefined &&
  after !== undefined &&
  ((before.x === at.x && at.x === after.x) || (before.y === at.y && at.y === after.y))

function bend(before: Point, at: Point, after: Point): string {
  const radius = Math.min(RADIUS_PX, distance(before, at) / 2, distance(at, after) / 2)
  const from = towards(at, before, radius)
  const to = towards(at, after, radius)
  return `L${from.x},${from.y}Q${at.x},${at.y} ${to.x},${to.y}`
}

const distance = (a: Point, b: Point): number => Math.abs(a.x - b.x) + Math.abs(a.y - b.y)
const towards = (at: Point, goal: Point, by: number): Point => ({
  x: at.x + Math.sign(goal.x - at.x) * by,
  y: at.y + Math.sign(goal.y - at.y) * by,
})
