import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextIds, problemsIn, titleOf } from '../../../db/model/campaign.ts'
import { Campaign, type Step } from '../../../db/model/campaign-schema.ts'
import { NODES_MAX } from '../../../db/model/limits.ts'
import { getNode, moved, type Plan, ready } from '../../../db/model/walk.ts'

/** A plan from its edges: `{ a: 'bc', b: 'd' }` leads from a to b and c. */
const planOf = (edges: Record<string, string>): Plan => ({
  nodes: Object.fromEntries(
    Object.entries(edges).map(([id, next]) => [id, { kind: 'exit', title: id, next: [...next] }]),
  ),
})
const set = (ids: string) => new Set(ids)

describe('ready', () => {
  it.each([
    ['the only occupied node', { a: 'b', b: '' }, 'a', ['a']],
    ['both branches, side by side', { a: 'bc', b: 'd', c: 'd', d: '' }, 'bc', ['b', 'c']],
    ['a join once nobody can still come to it', { a: 'bc', b: 'd', c: 'd', d: '' }, 'd', ['d']],
    ['a branch, not the join it still leads to', { a: 'bc', b: 'd', c: 'd', d: '' }, 'cd', ['c']],
    ['the long way first, through nodes where nobody stands', { a: 'bd', b: 'c', c: 'd', d: '' }, 'ad', ['a']],
    ['nobody, where nobody stands', { a: '' }, '', []],
  ])('names %s', (_, edges, occupied, expected) => {
    expect(ready(planOf(edges as Record<string, string>), set(occupied))).toEqual(expected)
  })

  it('throws for a node the plan does not have', () => {
    expect(() => ready(planOf({ a: '' }), set('x'))).toThrow('no step x')
    expect(() => getNode(planOf({ a: '' }), 'b')).toThrow('no step b')
  })
})

describe('moved', () => {
  it('leaves those standing who did not act, and adds where the others were found', () => {
    expect(moved(set('abc'), ['a', 'b'], ['d', 'd', 'c'])).toEqual(set('cd'))
  })
})

/** Any campaign that may be published: a trigger, then steps that lead onwards only, all of them reached. */
const anyCampaign = fc
  .array(fc.tuple(fc.nat(), fc.nat(), fc.nat(5)), { minLength: 1, maxLength: NODES_MAX - 1 })
  .map((wishes) => {
    const onward = (i: number, wish: number) =>
      wish % 7 === 0 ? null : `n${Math.min(wishes.length - 1, i + 1 + (wish % (1 + (wish % 9))))}`
    const nodes = wishes.map(([yes, no, kind], i): Step => {
      const id = `n${i}`
      const isLast = i === wishes.length - 1
      const out = isLast ? null : onward(i, yes)
      if (isLast || kind === 0) return { id, kind: 'exit', next: {} }
      if (kind === 1) return { id, kind: 'wait', for: 'PT1S', next: { out } }
      if (kind === 2) return { id, kind: 'send_sms', message: 'hi', next: { out } }
      const where = { combinator: 'and' as const, rules: [] }
      return { id, kind: 'filter_customers', where, next: { yes: out, no: onward(i, no) } }
    })
    const trigger: Step = {
      id: 'trigger',
      kind: 'order_status_changed',
      type: 'general',
      from: 'any',
      to: 'any',
      includingCreation: false,
      leaveWhenStatusChanges: true,
      next: { out: 'n0' },
    }
    return Campaign.parse({ steps: reached([trigger, ...nodes]) })
  })

function reached(steps: Step[]): Step[] {
  const seen = new Set<string>()
  for (const open = [steps[0]!.id]; open.length > 0; ) {
    const id = open.pop()!
    if (seen.has(id)) continue
    seen.add(id)
    open.push(...nextIds(steps.find((s) => s.id === id)!))
  }
  return steps.filter((s) => seen.has(s.id))
}

describe('walking any campaign without problems', () => {
  it('ends within NODES_MAX steps, acting once at every node that anybody came to', () => {
    fc.assert(
      fc.property(anyCampaign, fc.infiniteStream(fc.nat(2)), (campaign, choices) => {
        expect(problemsIn(campaign)).toEqual([])
        const plan: Plan = {
          nodes: Object.fromEntries(
            campaign.steps.map((s) => [s.id, { kind: s.kind, title: titleOf(s), next: nextIds(s) }]),
          ),
        }
        const acted: string[] = []
        const cameTo = new Set(nextIds(campaign.steps[0]!))
        for (let at = new Set(cameTo); at.size > 0; ) {
          const acting = ready(plan, at)
          expect(acting.length).toBeGreaterThan(0)
          const found = acting.flatMap((id) => {
            const { next } = getNode(plan, id)
            // members take one way, the other, or all of them
            return next.filter((_, i) => [true, i === 0, i === 1][choices.next().value!])
          })
          for (const id of found) cameTo.add(id)
          acted.push(...acting)
          expect(acted.length).toBeLessThanOrEqual(NODES_MAX)
          at = moved(at, acting, found)
        }
        expect([...acted].sort()).toEqual([...cameTo].sort())
      }),
      { numRuns: 200 },
    )
  })

  it('brings everybody to a join before it acts', () => {
    fc.assert(
      fc.property(anyCampaign, (campaign) => {
        const plan: Plan = {
          nodes: Object.fromEntries(campaign.steps.map((s) => [s.id, { kind: s.kind, title: '', next: nextIds(s) }])),
        }
        const done = new Set([campaign.steps[0]!.id])
        for (let at = new Set(nextIds(campaign.steps[0]!)); at.size > 0; ) {
          const acting = ready(plan, at)
          for (const id of acting) {
            const before = campaign.steps.filter((s) => nextIds(s).includes(id)).map((s) => s.id)
            expect(before.filter((b) => !done.has(b))).toEqual([])
          }
          for (const id of acting) done.add(id)
          at = moved(
            at,
            acting,
            acting.flatMap((id) => getNode(plan, id).next),
          )
        }
      }),
    )
  })
})
