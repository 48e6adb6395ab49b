import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { ACTOR_KINDS, type Move } from '../../db/model/moves.ts'
import { setOrderStatus } from '../../db/order-status.ts'
import { listHistory } from '../../db/order-timeline.ts'
import { moveOrders } from '../../db/orders.ts'
import { DAY, type Desk, freshStore, HOUR, KEY, type Made, makeDesk, refusalOf, report } from '../factories.ts'

const { store } = await freshStore()

const stateOf = (desk: Desk, { id }: Made) =>
  desk.one<{ code: string; seq: number; version: number }>(
    sql`select s.code, general_seq as seq, o.version::int from orders o
        join order_statuses s on s.id = general_status_id where o.id = ${id}`,
  )
const told = (desk: Desk) => desk.query<{ id: string }>(sql`select subject_id as id from outbox order by outbox.id`)

describe('moveOrders', () => {
  it.each(ACTOR_KINDS.filter((kind) => kind !== 'import'))('tells the relay of a change by %s, once', async (kind) => {
    const desk = await makeDesk(store)
    const order = await desk.order()
    const before = await told(desk)
    desk.pass(1)
    const outcome = await desk.move(order, 'sent', { actor: { kind, id: 'who' } })
    expect(outcome).toMatchObject({ outcome: 'moved', seq: 2 })
    expect((await told(desk)).slice(before.length)).toEqual([{ id: (outcome as { changeId: string }).changeId }])
    const history = await desk.run((tx) => listHistory(tx, order.id))
    expect(history.at(-1)).toMatchObject({
      type: 'general',
      from: 'processing',
      to: 'sent',
      actor: { kind, id: 'who' },
    })
  })

  it('C10 leaves no trace of a move to the status an order has', async () => {
    const desk = await makeDesk(store)
    const order = await desk.order()
    const before = [await stateOf(desk, order), await told(desk)]
    expect(await desk.move(order, 'processing')).toEqual({ outcome: 'noop' })
    expect([await stateOf(desk, order), await told(desk)]).toEqual(before)
  })

  it('lets one of many at once pass a fence', async () => {
    const desk = await makeDesk(store)
    const order = await desk.order()
    const outcomes = await Promise.all(
      Array.from({ length: 30 }, (_, i) => desk.move(order, i % 2 ? 'sent' : 'paid', { expectedSeq: 1 })),
    )
    expect(outcomes.filter((o) => o.outcome === 'moved')).toHaveLength(1)
    expect(outcomes.filter((o) => o.outcome === 'stale')).toHaveLength(29)
    expect(await stateOf(desk, order)).toMatchObject({ seq: 2 })
  })

  it('answers moves of several orders in the order they were asked for', async () => {
    const desk = await makeDesk(store)
    const [a, b] = [await desk.order(), await desk.order()]
    const [sent, paid] = [await desk.statusId('sent'), await desk.statusId('paid')]
    const to = ({ id }: Made, toId: string, more: Partial<Move> = {}): Move => ({
      orderId: id,
      axis: 'general',
      toId,
      actor: KEY,
      ...more,
    })
    const moves = [to(b, sent), to(a, sent), to(b, paid), to(a, sent), to(b, sent, { expectedSeq: 1 })]
    const outcomes = await desk.run((tx) => moveOrders(tx, moves, desk.nowMs))
    expect(outcomes).toMatchObject([
      { outcome: 'moved', seq: 2 },
      { outcome: 'moved', seq: 2 },
      { outcome: 'moved', seq: 3 },
      { outcome: 'noop' },
      { outcome: 'stale' },
    ])
    expect(await stateOf(desk, b)).toEqual({ code: 'paid', seq: 3, version: 5 })
  })

  it('throws for an order that does not exist, and moves none of the others', async () => {
    const desk = await makeDesk(store)
    const order = await desk.order()
    const toId = await desk.statusId('sent')
    const ids = [order.id, '00000000-0000-7000-8000-000000000000']
    const moves = ids.map((orderId): Move => ({ orderId, axis: 'general', toId, actor: KEY }))
    await expect(desk.run((tx) => moveOrders(tx, moves, desk.nowMs))).rejects.toThrow('1 of 2 orders')
    expect(await stateOf(desk, order)).toMatchObject({ code: 'processing' })
  })

  it('P13 keeps refusals with the order, but for those that a person reads at once', async () => {
    const desk = await makeDesk(store)
    const order = await desk.order()
    await desk.query(sql`update orders set archived_at = now() where id = ${order.id}`)
    const timeout = { actor: { kind: 'timeout', id: 'rule' } } as const
    expect(await desk.move(order, 'sent', timeout)).toEqual({ outcome: 'refused', code: 'order_archived' })
    expect(await desk.move(order, 'paid', { actor: { kind: 'person', id: 'anna' } })).toMatchObject({
      outcome: 'refused',
    })
    const kept = await desk.query(sql`select r.axis, s.code as wanted, actor_kind as kind, r.code
      from status_change_refusals r join order_statuses s on s.id = wanted_status_id where order_id = ${order.id}`)
    expect(kept).toEqual([{ axis: 'general', wanted: 'sent', kind: 'timeout', code: 'order_archived' }])
  })

  it('stops a chain of changes that cause each other, and lets a cause of yesterday begin a new one', async () => {
    const desk = await makeDesk(store)
    const order = await desk.order()
    let cause = { changeId: order.id, depth: 0, recordedAtMs: desk.nowMs }
    const codes = ['sent', 'paid']
    const outcomes: string[] = []
    for (let depth = 0; depth < 9; depth++) {
      const outcome = await desk.move(order, codes[depth % 2]!, { cause })
      outcomes.push(outcome.outcome === 'refused' ? outcome.code : outcome.outcome)
      if (outcome.outcome === 'moved')
        cause = { changeId: outcome.changeId, depth: depth + 1, recordedAtMs: desk.nowMs }
    }
    expect(outcomes).toEqual([...Array(8).fill('moved'), 'chain_too_deep'])
    desk.pass(DAY)
    expect(await desk.move(order, 'return', { cause })).toMatchObject({ outcome: 'moved' })
    expect(await desk.one(sql`select max(depth) as max from order_status_changes`)).toEqual({ max: 8 })
  })

  it('remembers the last word of each source about each axis', async () => {
    const desk = await makeDesk(store)
    const order = await desk.order()
    const said = (source: string, minutes: number) => ({ source, occurredAtMs: desk.nowMs - minutes * 60_000 })
    expect(await desk.move(order, 'sent', said('shop', 10))).toMatchObject({ outcome: 'moved' })
    expect(await desk.move(order, 'paid', said('shop', 11))).toEqual({ outcome: 'stale' })
    expect(await desk.move(order, 'sent', said('shop', 5))).toEqual({ outcome: 'noop' })
    expect(await desk.move(order, 'paid', said('shop', 6))).toEqual({ outcome: 'stale' })
    expect(await desk.move(order, 'paid', said('warehouse', 60))).toMatchObject({ outcome: 'moved' })
    expect(await desk.move(order, 'paid', { ...said('shop', 60), axis: 'payment' })).toMatchObject({ outcome: 'moved' })
  })

  it('keeps what happened and what we learnt apart: when the source says it was, and when we heard', async () => {
    const desk = await makeDesk(store)
    const order = await desk.order()
    await desk.move(order, 'sent', { source: 'shop', occurredAtMs: desk.nowMs - HOUR })
    const [at, earlier] = [desk.nowMs, desk.nowMs - HOUR].map((ms) => new Date(ms).toISOString())
    expect(
      await desk.one(sql`select h.changed_at as changed, h.recorded_at as recorded, o.general_changed_at as since,
        o.general_due_from as due from orders o join order_status_changes h on h.order_id = o.id and h.axis = 'general'
        and h.seq = o.general_seq where o.id = ${order.id}`),
    ).toEqual({ changed: earlier, recorded: at, since: earlier, due: at })
  })

  it('ends with the same statuses as in order when one source’s events come shuffled and twice, eight at a time', async () => {
    const desk = await makeDesk(store)
    const numbers = Array.from({ length: 12 }, (_, i) => `shuffled-${i}`)
    const codes = ['processing', 'accepted', 'sent', 'paid', 'return']
    const events = numbers.flatMap((number, i) =>
      codes.map((status, step) =>
        report({ number, status, occurredAtMs: desk.nowMs - DAY + (step * 7 + i) * 60_000, source: 'olist' }),
      ),
    )
    const mixed = [...events, ...events.filter((_, i) => i % 5 === 0)]
      .map((event, i) => ({ event: { ...event }, at: (i * 7919) % 104_729 }))
      .sort((a, b) => (a.at % 89) - (b.at % 89))
      .map(({ event }) => event)
    const parts = Array.from({ length: 8 }, (_, n) => mixed.filter((_, i) => i % 8 === n))
    await Promise.all(
      parts.map(async (part) => {
        for (const event of part) await desk.receive([event])
      }),
    )
    const ended = await desk.query(
      sql`select distinct s.code from orders o join order_statuses s on s.id = general_status_id`,
    )
    expect(ended).toEqual([{ code: 'return' }])
    expect(
      await desk.query(sql`select order_id from order_status_changes where axis = 'general' group by order_id
      having max(seq) <> count(*)`),
    ).toEqual([])
  })
})

describe('setOrderStatus', () => {
  it('S1-13 moves an order by its number to a status by its code', async () => {
    const desk = await makeDesk(store)
    const { number, id } = await desk.order()
    desk.pass(1)
    const wish = { number, type: 'delivery', code: 'shipped', actor: KEY } as const
    expect(await desk.run((tx) => setOrderStatus(tx, wish, desk.nowMs))).toMatchObject({ outcome: 'moved', seq: 2 })
    const history = await desk.run((tx) => listHistory(tx, id))
    expect(history.at(-1)).toMatchObject({ type: 'delivery', to: 'shipped' })
  })

  it.each([
    ['an unknown order', { number: 'nobody' }, 'unknown_order'],
    ['an unknown status', { code: 'nowhere' }, 'unknown_status'],
    ['a status of another axis', { type: 'payment' as const }, 'unknown_status'],
  ])('refuses %s', async (_, wrong, code) => {
    const desk = await makeDesk(store)
    const { number } = await desk.order()
    const wish = { number, type: 'delivery' as const, code: 'shipped', actor: KEY, ...wrong }
    expect(await refusalOf(desk.run((tx) => setOrderStatus(tx, wish, desk.nowMs)))).toBe(code)
  })
})
