import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Campaign } from '../../../../db/model/campaign-schema.ts'
import { NODES_MAX } from '../../../../db/model/limits.ts'
import { flowOf, linesOf } from '../../../../editor/campaign/document/document.ts'
import { layoutOf } from '../../../../editor/campaign/document/layout.ts'
import { updateStep } from '../../../../editor/campaign/document/settings.ts'
import {
  END_SIZE_PX,
  endId,
  type Layout,
  lineId,
  NODE_HEIGHT_PX,
  NODE_WIDTH_PX,
  shapeKey,
  shapeOf,
} from '../../../../editor/campaign/document/shape.ts'
import { anyFlow, anyTree, draw, frozen } from '../flows.ts'

const boxes = ({ nodes }: Layout) =>
  [...nodes].map(([id, { x, y }]) => {
    const [width, height] = id.startsWith('end:') ? [END_SIZE_PX, END_SIZE_PX] : [NODE_WIDTH_PX, NODE_HEIGHT_PX]
    return { id, x, y, right: x + width, bottom: y + height, middle: x + width / 2 }
  })
const boxesById = (layout: Layout) => new Map(boxes(layout).map((box) => [box.id, box]))
const lay = (campaign: Campaign) => layoutOf(shapeOf(campaign))

describe('layoutOf', () => {
  it('lets nothing overlap or stand outside, and children stand below all their parents with room between', () => {
    fc.assert(
      fc.property(fc.oneof(anyTree, anyFlow(40)), (campaign) => {
        const layout = lay(campaign)
        const all = boxes(layout)
        for (const [i, a] of all.entries()) {
          expect(Math.min(a.x, a.y)).toBeGreaterThanOrEqual(0)
          expect([a.right <= layout.width, a.bottom <= layout.height]).toEqual([true, true])
          for (const b of all.slice(i + 1)) {
            expect(a.right <= b.x || b.right <= a.x || a.bottom <= b.y || b.bottom <= a.y, `${a.id} ${b.id}`).toBe(true)
          }
        }
        const byId = boxesById(layout)
        for (const line of linesOf(campaign)) {
          const [from, to] = [byId.get(line.from)!, byId.get(line.to ?? endId(line))!]
          expect(to.y - from.bottom).toBeGreaterThanOrEqual(60)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('keeps branches in their order: what only yes leads to stands left of what only no leads to', () => {
    let splits = 0
    fc.assert(
      fc.property(fc.oneof(anyTree, anyFlow(40)), (campaign) => {
        const byId = boxesById(lay(campaign))
        const { from, into } = flowOf(campaign)
        for (const [yes, no] of from.values()) {
          const isOwn = [yes, no].every((line) => line && (line.to === null || into.get(line.to)!.length === 1))
          if (!isOwn) continue
          splits++
          const [left, right] = [yes!, no!].map((line) => byId.get(line.to ?? endId(line))!)
          expect(left!.middle, yes!.from).toBeLessThan(right!.middle)
        }
      }),
      { numRuns: 60 },
    )
    expect(splits).toBeGreaterThan(20)
  })

  it('leads every line from the bottom of its step to the top of the next, downwards, yes left of no', () => {
    fc.assert(
      fc.property(fc.oneof(anyTree, anyFlow(40)), (campaign) => {
        const layout = lay(campaign)
        const byId = boxesById(layout)
        for (const line of linesOf(campaign)) {
          const points = layout.lines.get(lineId(line))!
          const [from, to] = [byId.get(line.from)!, byId.get(line.to ?? endId(line))!]
          expect(points.at(0)).toEqual({ x: from.middle, y: from.bottom })
          expect(points.at(-1)).toEqual({ x: to.middle, y: to.y })
          expect(points.length).toBeGreaterThanOrEqual(3)
          const ys = points.map((p) => p.y)
          expect([...ys].sort((a, b) => a - b)).toEqual(ys)
        }
        for (const [yes, no] of flowOf(campaign).from.values()) {
          if (!yes || !no) continue
          const [left, right] = [yes, no].map((line) => layout.lines.get(lineId(line))![1]!.x)
          expect(left! + END_SIZE_PX, yes.from).toBeLessThan(right!)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('is the same for the same shape, whatever the order of the steps in the document', () => {
    fc.assert(
      fc.property(anyFlow(30), (campaign) => {
        const shape = frozen(shapeOf(campaign))
        const first = layoutOf(shape)
        expect(layoutOf(shape)).toEqual(first)
        expect(layoutOf(JSON.parse(shapeKey(campaign)))).toEqual(first)
        const [head, ...rest] = campaign.steps
        expect(lay({ steps: [head!, ...rest.reverse()] })).toEqual(first)
      }),
      { numRuns: 40 },
    )
  })

  it('takes at most 100 ms of a processor for as many steps as there may be', () => {
    const blocks = Array.from(
      { length: 24 },
      (_, i) =>
        `a${i}>b${i} b${i}>f${i} f${i}>c${i}|d${i} c${i}>e${i} d${i}>g${i} e${i}>g${i} g${i}>f${i}x f${i}x>a${i + 1}|`,
    )
    const shape = shapeOf(draw(`trigger>a0 ${blocks.join(' ')} a24>`))
    expect(shape.steps).toHaveLength(NODES_MAX - 6)
    const times = Array.from({ length: 5 }, () => {
      const before = process.cpuUsage()
      layoutOf(shape)
      return process.cpuUsage(before).user / 1_000
    })
    expect(Math.min(...times)).toBeLessThan(100)
  })

  it('puts a straight line in one column, and a mark where it ends', () => {
    const { nodes } = lay(draw('trigger>s1 s1>s2'))
    expect([...nodes]).toEqual([
      ['trigger', { x: 0, y: 0 }],
      ['s1', { x: 0, y: 136 }],
      ['s2', { x: 0, y: 272 }],
      ['end:s2:out', { x: 120, y: 408 }],
    ])
  })

  it('lays out nothing, one step, circles and steps that nobody reaches', () => {
    expect(lay({ steps: [] })).toEqual({ nodes: new Map(), lines: new Map(), width: 0, height: 0 })
    expect(lay(draw('trigger>x1 x1')).nodes.size).toBe(2)
    expect(lay(draw('trigger>s1 s1>s1')).nodes.size).toBe(2)
    expect([...lay(draw('trigger>s1 s1>s2 s2>s1 lost>')).nodes.keys()].sort()).toEqual([
      'end:lost:out',
      'lost',
      's1',
      's2',
      'trigger',
    ])
  })
})

describe('shapeKey', () => {
  it('stays when settings change and changes with ids and lines', () => {
    const campaign = draw('trigger>f1 f1>s1|s2')
    const typed = updateStep<'send_sms'>(campaign, 's1', { message: 'Hello' })!.campaign
    expect(shapeKey(typed)).toBe(shapeKey(campaign))
    const others = ['trigger>f1 f1>s2|s1', 'trigger>f1 f1>s1|s3', 'trigger>f1 f1>s1|s2 s1>s2', 'trigger>f1 f1>s1|x2 x2']
    expect(new Set([campaign, ...others.map(draw)].map(shapeKey)).size).toBe(5)
  })
})
