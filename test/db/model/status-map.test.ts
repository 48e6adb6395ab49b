import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Side } from '../../../db/model/campaign-schema.ts'
import { STORM_TEXTS_MAX, UNREACHED_AFTER_MS } from '../../../db/model/limits.ts'
import { foldMoves, unmoved } from '../../../db/model/moves.ts'
import { longestMs } from '../../../db/model/period.ts'
import type { GraphCampaign, GraphStatus, StatusGraph } from '../../../db/model/status-graph.ts'
import { type Finding, type FindingKind, findingsIn, newFindings, wordFinding } from '../../../db/model/status-map.ts'
import { KEY } from '../../factories.ts'
import { anyGraph, campaign, status } from './status-graphs.ts'

const NOW = Date.parse('2026-03-01')
const look = (kind: FindingKind, statuses: GraphStatus[], ...campaigns: StatusGraph['campaigns']) =>
  findingsIn({ statuses, campaigns }, NOW).filter((finding) => finding.kind === kind)
/** `a -P14D-> b: 2 texts` */
const drawn = ({ path }: Finding): string =>
  path
    .map(({ code, after, texts }) => {
      const count = texts.reduce((sum, text) => sum + text.count, 0)
      return `${after ? `-${after}-> ` : ''}${code}${count > 0 ? `:${count}` : ''}`
    })
    .join(' ')
const chain = (codes: string, after = 'PT1H') =>
  [...codes].map((code, i) => status(code, {}, codes[i + 1] && `${after} ${codes[i + 1]}`))

describe('a loop', () => {
  it('P22 is an error, told once with the first status again at the end of its path', () => {
    const [finding, ...more] = look(
      'loop',
      [status('x', {}, 'P1D a'), status('a', {}, 'P1D b'), status('b', {}, 'PT2H a')],
      campaign('k', '*>b', 9),
    )
    expect([finding!.level, finding!.statuses, drawn(finding!)]).toEqual(['error', ['a', 'b'], 'a -P1D-> b -PT2H-> a'])
    expect(more).toEqual([])
  })

  it('is no loop when two types use the same codes', () => {
    expect(look('loop', [status('a', {}, 'P1D b'), status('b', { type: 'payment' }, 'P1D a')])).toEqual([])
  })
})

describe('a timeout that is always refused', () => {
  it('is the ninth of a chain in which each follows the other within a day; the path ends where orders never come', () => {
    expect(look('always_refused', chain('abcdefghi'))).toEqual([])
    const [finding, ...more] = look('always_refused', chain('abcdefghijklm'))
    expect([finding!.level, finding!.statuses, finding!.path.length]).toEqual(['warning', ['i'], 10])
    expect(drawn(finding!)).toMatch(/^a -PT1H-> b .* i -PT1H-> j$/)
    expect(more).toEqual([])
  })

  it('is none when a day passes anywhere within: the chain begins anew', () => {
    expect(look('always_refused', chain('abcdefghijklmnop', 'P1D'))).toEqual([])
    const broken = chain('abcdefghijklm').map((s) => (s.code === 'e' ? status('e', {}, 'P1D f') : s))
    expect(look('always_refused', broken)).toEqual([])
  })
})

describe('a dead end', () => {
  const open = { meaning: 'accepted', left: false } as const
  it('is a status that is not done, to which a timeout leads, with no way on and where nobody ever fetched an order', () => {
    const [finding] = look('dead_end', [status('a', {}, 'P2W b'), status('b', open)])
    expect([finding!.level, finding!.statuses, drawn(finding!)]).toEqual(['warning', ['b'], 'a -P2W-> b'])
  })

  it.each([
    ['only people bring orders there', [status('a'), status('b', open)]],
    ['it has a timeout', [status('a', {}, 'P2W b'), status('b', open, 'P1D c'), status('c')]],
    ['somebody moved an order on', [status('a', {}, 'P2W b'), status('b', { ...open, left: true })]],
    ['orders are done there', [status('a', {}, 'P2W b'), status('b', { ...open, meaning: 'cancelled' })]],
  ])('is none when %s', (_, statuses) => expect(look('dead_end', statuses)).toEqual([]))
})

describe('an unreachable status', () => {
  const first = status('a', { isInitial: true })
  const used = status('u')
  const never = { entered: false }
  it('is one that a live campaign or a text waits for in vain; what waits stands in its path', () => {
    const statuses = [first, used, status('x', { ...never, autoSms: true })]
    const [finding] = look('unreachable', statuses, campaign('k', '*>x', 2), campaign('l', 'x>u', 1))
    expect([finding!.level, finding!.statuses, drawn(finding!)]).toEqual(['warning', ['x'], 'x:4'])
    expect(finding!.path[0]!.texts.map((text) => text.campaign?.id ?? 'own')).toEqual(['own', 'k', 'l'])
  })

  it.each<[string, GraphStatus[], string]>([
    ['nothing waits for it', [first, used, status('x', never)], '*>u'],
    ['an order was there', [first, used, status('x')], '*>x'],
    ['a shop leads there', [first, used, status('x', { ...never, isMapped: true })], '*>x'],
    ['orders begin there', [used, status('x', { ...never, isInitial: true })], '*>x'],
    ['a timeout leads there', [status('a', { isInitial: true }, 'P1D x'), used, status('x', never)], '*>x'],
    ['it is young', [first, used, status('x', { ...never, createdAtMs: NOW - UNREACHED_AFTER_MS + 1 })], '*>x'],
    ['no order of the type was moved yet', [first, status('x', never)], '*>x'],
    ['the campaign waits for others too', [first, used, status('x', never)], '*>xu'],
  ])('is none when %s', (_, statuses, change) => {
    expect(look('unreachable', statuses, campaign('k', change, 1))).toEqual([])
  })

  it('is one to which only a status leads that cannot be reached itself', () => {
    const statuses = [first, used, status('x', never, 'P1D y'), status('y', { ...never, autoSms: true })]
    expect(look('unreachable', statuses).map((f) => f.statuses)).toEqual([['y']])
  })
})

describe('a storm', () => {
  const text = { autoSms: true }
  it(`is more than ${STORM_TEXTS_MAX} texts of one act: of statuses and campaigns along the timeouts that follow`, () => {
    const statuses = [status('a', text, 'P2W b'), status('b', text, 'P1D c'), status('c', text)]
    expect(look('storm', statuses, campaign('k', 'a>b', 2))).toEqual([])
    const [finding, ...more] = look('storm', statuses, campaign('k', 'a>b', 2), campaign('l', '*>c', 1))
    expect([finding!.level, finding!.texts, drawn(finding!)]).toEqual(['warning', 6, 'a:1 -P2W-> b:3 -P1D-> c:2'])
    expect(more).toEqual([])
  })

  it('begins with the status from which the first change is worst, where that matters', () => {
    const [finding] = look(
      'storm',
      [status('a', text), status('b'), status('c')],
      campaign('k', 'b>a', 5),
      campaign('l', '*>a', 1),
    )
    expect([finding!.texts, drawn(finding!), finding!.statuses]).toEqual([7, 'b a:7', ['a']])
  })

  it('counts of a campaign that customers leave with the status what goes out while the order stays', () => {
    const slow = { ...campaign('k', '*>a', 6), textTimesMs: [0, 1, 2, 3, 4, 5].map((day) => day * 86_400_000) }
    expect(look('storm', [status('a', {}, 'P4D b'), status('b')], slow)).toEqual([])
    expect(look('storm', [status('a', {}, 'P5D b'), status('b')], slow)).toHaveLength(1)
    const stays = { ...slow, trigger: { ...slow.trigger, leaveWhenStatusChanges: false } }
    expect(look('storm', [status('a', {}, 'P4D b'), status('b')], stays)).toHaveLength(1)
  })

  it('is told once, at its worst, for ways that run into each other', () => {
    const statuses = [status('z', {}, 'P1D a'), status('a', text, 'P1D b'), status('b')]
    const found = look('storm', statuses, campaign('k', '*>b', 7))
    expect(found.map(drawn)).toEqual(['z -P1D-> a:1 -P1D-> b:7'])
  })

  it('counts an order that is created there only for a campaign that says so', () => {
    const created = campaign('k', '*>a', 6, { includingCreation: true })
    expect(look('storm', [status('a')], created)).toHaveLength(1)
    expect(look('storm', [status('a')], campaign('k', '*>a', 6))).toEqual([])
  })
})

describe('what a change brings', () => {
  const base = [status('a', { autoSms: true }, 'P1D b'), status('b')]
  const of = (statuses: GraphStatus[], texts: number) =>
    findingsIn({ statuses, campaigns: [campaign('k', '*>b', texts)] }, NOW)
  it('is what was not there before, or became worse', () => {
    expect(newFindings(of(base, 5), of(base, 4)).map((f) => f.texts)).toEqual([6])
    expect(newFindings(of(base, 7), of(base, 6)).map((f) => f.texts)).toEqual([8])
    expect(newFindings(of(base, 6), of(base, 7))).toEqual([])
    expect(newFindings(of(base, 4), of(base, 6))).toEqual([])
  })

  it('is a further campaign that waits for an unreachable status', () => {
    const statuses = [status('a', { isInitial: true }), status('u'), status('x', { entered: false, autoSms: true })]
    const before = findingsIn({ statuses, campaigns: [] }, NOW)
    const after = findingsIn({ statuses, campaigns: [campaign('k', '*>x', 1)] }, NOW)
    expect([newFindings(after, before).length, newFindings(before, after).length]).toEqual([1, 0])
  })

  it('is nothing when nothing changes, for any graph', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const findings = findingsIn(graph, NOW)
        expect(newFindings(findings, findings)).toEqual([])
      }),
    )
  })
})

it('every kind of finding is worded as one sentence with its way', () => {
  const statuses = [status('a', {}, 'P1D b'), status('b', {}, 'P1D a')]
  expect(look('loop', statuses).map(wordFinding)).toEqual([
    'timeouts would move an order round in a circle for ever: A → B → A',
  ])
  fc.assert(
    fc.property(anyGraph, (graph) => {
      for (const finding of findingsIn(graph, NOW)) expect(wordFinding(finding)).toMatch(/^[a-z][^{}]+$/)
    }),
  )
})

/** What becomes of an order that is put into a status, move by move by the rules that orders obey. */
interface Trip {
  codes: string[]
  end: 'rest' | 'loop' | 'refused'
  texts: number
}

function travel(graph: StatusGraph, from: GraphStatus | null, start: GraphStatus): Trip {
  const visits = [{ was: from, is: start, atMs: NOW, depth: 0 }]
  const end = (() => {
    for (;;) {
      const { is, atMs, depth } = visits.at(-1)!
      const next = followerOf(graph, is)
      if (!next) return 'rest'
      if (visits.some((visit) => visit.is === next)) return 'loop'
      const laterMs = atMs + longestMs(is.timeout!.after)
      const cause = { changeId: 'change', depth, recordedAtMs: atMs }
      const move = { orderId: 'order', axis: is.type, toId: next.code, actor: KEY, cause }
      const { changes } = foldMoves(unmoved('order'), [move], laterMs, () => 'next')
      if (changes.length === 0) return 'refused'
      visits.push({ was: is, is: next, atMs: laterMs, depth: changes[0]!.depth })
    }
  })()
  const texts = visits.map(({ was, is, atMs }, i) =>
    textsOf(graph, was, is, (visits[i + 1]?.atMs ?? Number.POSITIVE_INFINITY) - atMs),
  )
  return { codes: visits.map(({ is }) => is.code), end, texts: texts.reduce((sum, count) => sum + count, 0) }
}

const followerOf = ({ statuses }: StatusGraph, { timeout }: GraphStatus) =>
  statuses.find(({ code }) => code === timeout?.to)

function textsOf({ campaigns }: StatusGraph, was: GraphStatus | null, is: GraphStatus, stayMs: number): number {
  const isOn = (side: Side, { code, meaning }: GraphStatus) =>
    side === 'any' || ('group' in side ? side.group === meaning : side.statuses.includes(code))
  const isFrom = ({ from, includingCreation }: GraphCampaign['trigger']) =>
    was ? isOn(from, was) : from === 'any' && includingCreation
  const started = campaigns.filter(({ trigger }) => isOn(trigger.to, is) && isFrom(trigger))
  const sent = started.flatMap(({ trigger, textTimesMs }) =>
    textTimesMs.filter((ms) => !trigger.leaveWhenStatusChanges || ms <= stayMs),
  )
  return sent.length + (is.autoSms ? 1 : 0)
}

/** Whether an order goes round and round from here, and whether it comes back here. */
function rounds(graph: StatusGraph, start: GraphStatus): { endless: boolean; back: boolean } {
  let at = followerOf(graph, start)
  let back = at === start
  for (let n = 0; at && n < graph.statuses.length; n++) {
    at = followerOf(graph, at)
    back ||= at === start
  }
  return { endless: at !== undefined, back }
}

describe('any map, against orders that travel it one by one', () => {
  const check = (test: (graph: StatusGraph, of: (kind: FindingKind) => Finding[]) => void) =>
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const found = findingsIn(graph, NOW)
        test(graph, (kind) => found.filter((f) => f.kind === kind))
      }),
      { numRuns: 80 },
    )

  it('names exactly the statuses to which an order would come back, each in one loop', () => {
    check((graph, of) => {
      const circular = graph.statuses.filter((s) => rounds(graph, s).back).map((s) => s.code)
      expect(
        of('loop')
          .flatMap((f) => f.statuses)
          .sort(),
      ).toEqual(circular.sort())
    })
  })

  it('names a refused move where an order is refused, and names one wherever any is', () => {
    check((graph, of) => {
      const trips = graph.statuses.filter((s) => !rounds(graph, s).endless).map((start) => travel(graph, null, start))
      const refused = trips.filter(({ end }) => end === 'refused')
      expect(of('always_refused').length > 0).toBe(refused.length > 0)
      const ways = refused.map(({ codes }) => `${codes}`)
      for (const { path, statuses } of of('always_refused')) {
        const codes = path.map(({ code }) => code)
        expect(ways).toContain(`${codes.slice(0, -1)}`)
        expect(graph.statuses.find((s) => s.code === statuses[0])!.timeout!.to).toBe(codes.at(-1))
      }
    })
  })

  it('counts the texts of a storm as the worst order gets them, and hides none behind a lesser one', () => {
    check((graph, of) => {
      const worst = new Map<string, Trip>()
      for (const start of graph.statuses) {
        if (rounds(graph, start).endless) continue
        for (const from of [null, ...graph.statuses.filter((s) => s !== start)]) {
          const trip = travel(graph, from, start)
          if (trip.texts > (worst.get(start.code)?.texts ?? -1)) worst.set(start.code, trip)
        }
      }
      const storms = of('storm')
      for (const { statuses, texts, path } of storms) {
        expect(worst.get(statuses[0]!)).toMatchObject({ codes: statuses, texts })
        expect(path.flatMap((step) => step.texts).reduce((sum, { count }) => sum + count, 0)).toBe(texts)
      }
      for (const { codes, texts } of worst.values()) {
        if (texts <= STORM_TEXTS_MAX) continue
        const told = storms.filter((s) => s.statuses.includes(codes[0]!) || codes.includes(s.statuses[0]!))
        expect(Math.max(...told.map((s) => s.texts!))).toBeGreaterThanOrEqual(texts)
      }
      expect(storms.every(({ texts }) => texts! > STORM_TEXTS_MAX)).toBe(true)
    })
  })

  it('calls unreachable only what no way from a beginning comes to', () => {
    check((graph, of) => {
      const begins = graph.statuses.filter(
        (s) => s.isInitial || s.isMapped || s.entered || NOW - s.createdAtMs < UNREACHED_AFTER_MS,
      )
      const reached = new Set(begins.flatMap((start) => travel(graph, null, start).codes))
      for (const { statuses } of of('unreachable')) expect(reached.has(statuses[0]!)).toBe(false)
      const hasMoved = graph.statuses.some((s) => s.entered && !s.isInitial)
      const texting = graph.statuses.filter((s) => hasMoved && s.autoSms && !reached.has(s.code)).map((s) => s.code)
      expect(of('unreachable').flatMap((f) => f.statuses)).toEqual(expect.arrayContaining(texting))
    })
  })
})
