import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pathOf } from '../../../../editor/campaign/canvas/path.ts'
import { layoutOf } from '../../../../editor/campaign/document/layout.ts'
import { NODE_HEIGHT_PX, NODE_WIDTH_PX, shapeOf } from '../../../../editor/campaign/document/shape.ts'
import { anyFlow } from '../flows.ts'

/** The corners of a path as numbers; of a bend its middle. */
const pointsOf = (path: string) =>
  [...path.matchAll(/([MLQ])(-?[\d.]+),(-?[\d.]+)/g)].map(([, , x, y]) => ({ x: Number(x), y: Number(y) }))

describe('pathOf', () => {
  it('draws a straight line without corners', () => {
    expect(
      pathOf([
        { x: 5, y: 0 },
        { x: 5, y: 32 },
        { x: 5, y: 64 },
      ]),
    ).toBe('M5,0L5,64')
  })

  it('goes by right angles, and through no card', () => {
    fc.assert(
      fc.property(anyFlow(25), (campaign) => {
        const layout = layoutOf(shapeOf(campaign))
        const cards = campaign.steps.map((step) => layout.nodes.get(step.id)!)
        for (const line of layout.lines.values()) {
          const corners = pointsOf(pathOf(line))
          for (const [i, at] of corners.entries()) {
            const before = corners[i - 1]
            if (!before) continue
            expect(Math.min(Math.abs(at.x - before.x), Math.abs(at.y - before.y))).toBeLessThan(0.01)
            const middle = { x: (at.x + before.x) / 2, y: (at.y + before.y) / 2 }
            const isInCard = cards.some(
              ({ x, y }) =>
                middle.x > x &&
                middle.x < x + NODE_WIDTH_PX &&
                middle.y > y + 0.01 &&
                middle.y < y + NODE_HEIGHT_PX - 0.01,
            )
            expect(isInCard).toBe(false)
          }
        }
      }),
      { numRuns: 40 },
    )
  })
})
