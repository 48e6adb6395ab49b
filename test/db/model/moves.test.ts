import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CHAIN_DEPTH_MAX, CHAIN_MEMORY_MS, FUTURE_MAX_MS } from '../../../db/model/limits.ts'
import {
  type Actor,
  type Folded,
  foldMoves,
  type Move,
  type OrderStanding,
  readWordKey,
  refusalToChoose,
  unmoved,
  wordKey,
} from '../../../db/model/moves.ts'
import { AXES, type Axis } from '../../../db/model/status.ts'

const NOW = Date.parse('2026-03-01T12:00:00Z')
const person: Actor = { kind: 'person', id: 'anna' }

const to = (toId: string, more: Partial<Move> = {}): Move => ({
  orderId: 'order',
  axis: 'general',
  toId,
  actor: person,
  ...more,
})

/** Says when a source says it happened, in minutes from NOW. */
const said = (toId: string, minutes: number, source = 'shop', more: Partial<Move> = {}): Move =>
  to(toId, { source, occurredAtMs: NOW + minutes * 60_000, ...more })

/** An order that came to these statuses before, with the ids it numbers its changes by. */
function orderIn(...statusIds: string[]): OrderStanding {
  return fold(
    unmoved('order'),
    statusIds.map((id) => to(id)),
    NOW - 3_600_000,
  ).after
}

function fold(order: OrderStanding, moves: readonly Move[], nowMs = NOW): Folded {
  let made = 0
  return foldMoves(order, moves, nowMs, () => `change-${++made}`)
}
const outcomesOf = (order: OrderStanding, ...moves: Move[]): string[] =>
  fold(order, moves).outcomes.map((o) => (o.outcome === 'refused' ? o.code : o.outcome))

describe('foldMoves', () => {
  it('makes the creation of an order a change from nothing, with sequence 1', () => {
    const { changes, after } = fold(unmoved('order'), [to('new')])
    expect(changes).toMatchObject([{ id: 'change-1', seq: 1, fromId: null, toId: 'new', changedAtMs: NOW, depth: 0 }])
    expect(after.axes.general).toEqual({ statusId: 'new', seq: 1, changedAtMs: NOW, dueFromMs: NOW })
    expect(after.axes.delivery).toEqual(unmoved('order').axes.delivery)
  })

  const deep = { changeId: 'cause', depth: CHAIN_DEPTH_MAX, recordedAtMs: NOW - 1_000 }
  it.each<[string, Move, string]>([
    ['another status', to('b'), 'moved'],
    ['the status it has', to('a'), 'noop'],
    ['another status at the sequence it has', to('b', { expectedSeq: 1 }), 'moved'],
    ['another status at an older sequence', to('b', { expectedSeq: 0 }), 'stale'],
    ['another status at a sequence to come', to('b', { expectedSeq: 2 }), 'stale'],
    ['a time at the edge of what may be ahead', to('b', { occurredAtMs: NOW + FUTURE_MAX_MS }), 'moved'],
    ['a time further ahead', to('b', { occurredAtMs: NOW + FUTURE_MAX_MS + 1 }), 'event_from_future'],
    ['a cause as deep as chains go', to('b', { cause: deep }), 'chain_too_deep'],
    ['a cause one level higher', to('b', { cause: { ...deep, depth: CHAIN_DEPTH_MAX - 1 } }), 'moved'],
    ['a deep cause a day old', to('b', { cause: { ...deep, recordedAtMs: NOW - CHAIN_MEMORY_MS } }), 'moved'],
  ])('answers a move to %s as it should', (_, move, outcome) => {
    expect(outcomesOf(orderIn('a'), move)).toEqual([outcome])
  })

  it('refuses every move of an archived order, also to the status it has', () => {
    const archived = { ...orderIn('a'), archived: true }
    expect(outcomesOf(archived, to('b'), to('a'), to('x', { axis: 'payment' }))).toEqual(
      Array(3).fill('order_archived'),
    )
  })

  it('changes nothing but the source’s last word unless it moved', () => {
    const order = orderIn('a')
    const { changes, after } = fold(order, [to('a'), to('b', { expectedSeq: 7 }), said('b', 10)])
    expect(changes).toEqual([])
    expect(after).toEqual(order)
  })

  it('is stale when its source said something later of this axis, not when another source or axis did', () => {
    const order = fold(orderIn('a'), [said('b', -5)]).after
    expect(outcomesOf(order, said('c', -6))).toEqual(['stale'])
    expect(outcomesOf(order, said('c', -5))).toEqual(['moved'])
    expect(outcomesOf(order, said('c', -6, 'warehouse'))).toEqual(['moved'])
    expect(outcomesOf(order, said('c', -6, 'shop', { axis: 'payment' }))).toEqual(['moved'])
    expect(outcomesOf(order, to('c', { source: 'shop' }))).toEqual(['moved'])
  })

  it('remembers the time of a word that changed nothing, so that an older one does not undo it', () => {
    const order = fold(orderIn('a'), [said('a', -1)]).after
    expect(outcomesOf(order, said('b', -2))).toEqual(['stale'])
  })

  it('does not let a refused word count as the source’s last', () => {
    const { outcomes, after } = fold(orderIn('a'), [said('b', 6), said('c', -1)])
    expect(outcomes.map((o) => o.outcome)).toEqual(['refused', 'moved'])
    expect(after.words).toEqual({ [wordKey('general', 'shop')]: NOW - 60_000 })
  })

  it('counts a timeout from the later of the change and the moment we learn of it', () => {
    expect(fold(orderIn('a'), [said('b', -90)]).after.axes.general.dueFromMs).toBe(NOW)
    expect(fold(orderIn('a'), [said('b', 3)]).after.axes.general.dueFromMs).toBe(NOW + 180_000)
  })

  it('lets an imported past wait for nothing, and joins timeouts with the next change', () => {
    const imported = fold(unmoved('order'), [said('a', -90, 'old', { actor: { kind: 'import', id: null } })]).after
    expect(imported.axes.general).toMatchObject({ statusId: 'a', seq: 1, dueFromMs: null })
    expect(fold(imported, [to('b')]).after.axes.general.dueFromMs).toBe(NOW)
  })

  it('keeps who, why and how deep with the change', () => {
    const cause = { changeId: 'cause', depth: 2, recordedAtMs: NOW - 1 }
    const move = to('b', { cause, reason: 'P14D', silent: true, sourceEventId: 'e', source: 'shop' })
    expect(fold(orderIn('a'), [move]).changes).toMatchObject([{ ...move, fromId: 'a', seq: 2, depth: 3 }])
  })

  it('reads back the key of a word whatever the source is called', () => {
    fc.assert(
      fc.property(fc.constantFrom(...AXES), fc.string(), (axis, source) => {
        expect(readWordKey(wordKey(axis, source))).toEqual({ axis, source })
      }),
    )
  })
})

const axis = fc.constantFrom<Axis>(...AXES)
const status = fc.constantFrom('a', 'b', 'c')
const anyMove = fc.record({
  axis,
  toId: status,
  source: fc.constantFrom('shop', 'warehouse'),
  occurredAtMs: fc.option(fc.integer({ min: NOW - 20, max: NOW + FUTURE_MAX_MS + 2 })),
  expectedSeq: fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined, freq: 4 }),
  actor: fc.constantFrom<Actor>(person, { kind: 'import', id: null }),
})
const anyMoves = fc
  .array(anyMove, { maxLength: 12 })
  .map((list) =>
    list.map(
      ({ expectedSeq, ...m }): Move => ({ orderId: 'order', ...m, ...(expectedSeq != null && { expectedSeq }) }),
    ),
  )

describe('folding any moves', () => {
  it('gives for several moves at once what they give one by one', () => {
    fc.assert(
      fc.property(anyMoves, fc.boolean(), (moves, archived) => {
        const start = { ...orderIn('a'), archived }
        const together = fold(start, moves)
        let made = 0
        const apart = moves.reduce(
          ({ order, outcomes, changes }, move) => {
            const one = foldMoves(order, [move], NOW, () => `change-${++made}`)
            return { order: one.after, outcomes: [...outcomes, ...one.outcomes], changes: [...changes, ...one.changes] }
          },
          { order: start, outcomes: [] as Folded['outcomes'], changes: [] as Folded['changes'] },
        )
        expect(together).toEqual({ outcomes: apart.outcomes, changes: apart.changes, after: apart.order })
      }),
    )
  })

  it('writes a history without gaps, each change from where the one before led', () => {
    fc.assert(
      fc.property(anyMoves, (moves) => {
        const { changes, after } = fold(unmoved('order'), moves)
        for (const name of AXES) {
          const own = changes.filter((c) => c.axis === name)
          expect(own.map((c) => c.seq)).toEqual(own.map((_, i) => i + 1))
          expect(own.map((c) => c.fromId)).toEqual([null, ...own.map((c) => c.toId)].slice(0, own.length))
          expect(after.axes[name]).toMatchObject({ statusId: own.at(-1)?.toId ?? null, seq: own.length })
        }
      }),
    )
  })

  it('ends with the same statuses in whatever order one source’s dated events come', () => {
    const events = fc.uniqueArray(fc.record({ axis, toId: status, minute: fc.integer({ min: -500, max: 0 }) }), {
      selector: (e) => `${e.axis} ${e.minute}`,
      maxLength: 15,
    })
    const shuffled = events.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    )
    fc.assert(
      fc.property(shuffled, ([list, mixed]) => {
        const finalStatuses = (order: typeof list) => {
          const { after } = fold(
            unmoved('order'),
            order.map((e) => said(e.toId, e.minute, 'shop', { axis: e.axis })),
          )
          return AXES.map((name) => after.axes[name].statusId)
        }
        const sorted = [...list].sort((a, b) => a.minute - b.minute)
        expect(finalStatuses(mixed)).toEqual(finalStatuses(sorted))
      }),
    )
  })

  it('moves nothing the second time the same dated events come, but for words without a time', () => {
    const dated = anyMoves.map((moves) => moves.map((m) => ({ ...m, occurredAtMs: m.occurredAtMs ?? NOW - 30 })))
    fc.assert(
      fc.property(dated, (moves) => {
        const sorted = [...moves].sort((a, b) => a.occurredAtMs - b.occurredAtMs)
        const unique = sorted.filter((m, i) => sorted.findIndex((x) => x.occurredAtMs === m.occurredAtMs) === i)
        const oneSource = unique.map((m) => ({ ...m, source: 'shop' }))
        const first = fold(unmoved('order'), oneSource).after
        expect(fold(first, oneSource).changes).toEqual([])
      }),
    )
  })
})

describe('refusalToChoose', () => {
  it('says before what a choice would come to', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.constantFrom('a', 'b'), (archived, toId) => {
        const order = { ...orderIn('a'), archived }
        const [outcome] = fold(order, [to(toId)]).outcomes
        const refusal = refusalToChoose({ archived, statusId: 'a' }, toId, NOW)
        if (toId === 'a') expect(refusal?.code).toBe('current')
        else if (outcome!.outcome === 'refused') expect(refusal?.code).toBe(outcome!.code)
        else expect([outcome!.outcome, refusal]).toEqual(['moved', null])
      }),
    )
  })
})
