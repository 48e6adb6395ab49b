import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { AXES } from '../../db/model/status.ts'
import { listHistory } from '../../db/order-timeline.ts'
import { type Received, receiveReports } from '../../db/receive.ts'
import { type Desk, freshStore, HOUR, makeDesk, NOON, refusalOf, report, unique } from '../factories.ts'

const { store } = await freshStore({ connectionsMax: 40 })

const words = (received: Received[]) =>
  received.map(({ duplicate, outcomes }) => {
    const word = outcomes.map((o) => (o.outcome === 'refused' ? o.code : o.outcome)).join(' ')
    return duplicate ? `again: ${word}` : word
  })
const statusesOf = async (desk: Desk, number: string) => {
  const order = sql`orders o join order_statuses g on g.id = o.general_status_id
    join order_statuses d on d.id = o.delivery_status_id join order_statuses p on p.id = o.payment_status_id`
  const row = await desk.one<{ codes: string }>(
    sql`select g.code || ' ' || d.code || ' ' || p.code as codes from ${order} where number = ${number}`,
  )
  return row.codes
}
const shuffled = <T>(list: readonly T[], seed: number): T[] =>
  list
    .map((item, i) => ({ item, at: Math.sin(seed * 1_000 + i) }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)

describe('receiveReports', () => {
  it('S0-05 makes an unknown order, with a status on every axis and a history from nothing', async () => {
    const desk = await makeDesk(store)
    const event = report({ type: 'delivery', status: 'shipped' })
    const [received] = await desk.receive([event])
    expect(received).toMatchObject({ duplicate: false, number: event.number, outcomes: [{ outcome: 'moved', seq: 1 }] })
    expect(await statusesOf(desk, event.number!)).toBe('processing shipped unpaid')
    const history = await desk.run((tx) => listHistory(tx, received!.orderId!))
    expect(history.map((h) => [h.type, h.seq, h.from])).toEqual(
      expect.arrayContaining(AXES.map((axis) => [axis, 1, null])),
    )
    expect(history).toHaveLength(3)
  })

  it('answers every event of a batch in its place, whatever comes of it', async () => {
    const desk = await makeDesk(store)
    const { number } = await desk.order({ occurredAtMs: NOON - HOUR, source: 'shop' })
    const again = report({ number, status: 'sent', occurredAtMs: NOON })
    const reports = [
      report({ number, status: 'processing' }),
      again,
      report({ number, status: 'paid', occurredAtMs: NOON - 2 * HOUR }),
      report({ number, status: 'nowhere' }),
      report({ number, status: 'paid', occurredAtMs: NOON + HOUR }),
      { ...again },
      report({ number, status: 'paid', occurredAtMs: NOON - 2 * HOUR, source: 'warehouse' }),
    ]
    const received = await desk.receive(reports)
    expect(words(received)).toEqual([
      'noop',
      'moved',
      'stale',
      'unknown_status',
      'event_from_future',
      'again: moved',
      'moved',
    ])
    expect(received.map((r) => r.number)).toEqual(Array(7).fill(number))
    expect(await statusesOf(desk, number)).toBe('paid not-shipped unpaid')
  })

  it('answers a repeated event what it answered at first, though the order has gone on', async () => {
    const desk = await makeDesk(store)
    const { number } = await desk.order()
    const events = [report({ number, status: 'sent' }), report({ number, status: 'sent', type: 'general' })]
    const first = await desk.receive(events)
    await desk.receive([report({ number, status: 'paid' })])
    const second = await desk.receive([...events].reverse())
    expect(second).toEqual([...first].reverse().map((r) => ({ ...r, duplicate: true })))
    expect(await statusesOf(desk, number)).toBe('paid not-shipped unpaid')
  })

  it('takes an event again that named an unknown status, once the status is there', async () => {
    const desk = await makeDesk(store)
    const event = report({ status: 'packed' })
    expect(words(await desk.receive([event]))).toEqual(['unknown_status'])
    expect(await desk.query(sql`select from orders`)).toEqual([])
    await desk.query(sql`update order_statuses set code = 'packed' where code = 'sent'`)
    expect(words(await desk.receive([event]))).toEqual(['moved'])
  })

  it('tells events of two sources with one id apart', async () => {
    const desk = await makeDesk(store)
    const { number } = await desk.order()
    const event = report({ number, status: 'sent' })
    expect(words(await desk.receive([event, { ...event, source: 'warehouse' }]))).toEqual(['moved', 'noop'])
    expect(words(await desk.receive([{ ...event, source: 'warehouse' }]))).toEqual(['again: noop'])
  })

  it('takes several events of one order in one batch one after the other', async () => {
    const desk = await makeDesk(store)
    const number = unique('N')
    const codes = ['call-back', 'accepted', 'sent', 'sent', 'paid']
    const received = await desk.receive(codes.map((status) => report({ number, status })))
    expect(words(received)).toEqual(['moved', 'moved', 'moved', 'noop', 'moved'])
    const history = await desk.run((tx) => listHistory(tx, received[0]!.orderId!))
    const general = history.filter((h) => h.type === 'general')
    expect(general.map((h) => [h.seq, h.from, h.to])).toEqual([
      [1, null, 'call-back'],
      [2, 'call-back', 'accepted'],
      [3, 'accepted', 'sent'],
      [4, 'sent', 'paid'],
    ])
  })

  it('S1-01 refuses everything while the Orders block is off', async () => {
    const desk = await makeDesk(store, { ordersEnabledBy: null })
    expect(await refusalOf(desk.receive([report()]))).toBe('orders_disabled')
  })

  it('fires nothing for an imported past, and joins it to what comes after', async () => {
    const desk = await makeDesk(store)
    const past = report({ status: 'sent', occurredAtMs: NOON - HOUR })
    await desk.receive([past], { actor: { kind: 'import', id: null } })
    const due = sql`select general_due_from is not null as due from orders`
    expect(await desk.query(sql`select from outbox`)).toEqual([])
    expect(await desk.one(due)).toEqual({ due: false })
    await desk.receive([report({ number: past.number!, status: 'paid' })])
    expect(await desk.query(sql`select from outbox`)).toHaveLength(1)
    expect(await desk.one(due)).toEqual({ due: true })
  })
})

describe('the same events from many sides at once', () => {
  it('move each order once, with a history without gaps and without one deadlock', { timeout: 60_000 }, async () => {
    const desk = await makeDesk(store)
    const numbers = Array.from({ length: 20 }, () => unique('N'))
    const events = numbers.flatMap((number, i) =>
      ['accepted', 'sent', 'paid', 'sent', 'return'].map((status, minute) =>
        report({
          number,
          status,
          occurredAtMs: NOON - HOUR + minute * 60_000,
          customer: { phone: `+3805010000${10 + (i % 7)}`, email: `buyer${i % 5}@example.com`, name: `Buyer ${i}` },
          order: { total: `${100 + i}.00` },
        }),
      ),
    )
    let attempts = 0
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) => {
        const own = shuffled(events, n)
        return desk.receive(own).then((received) => {
          attempts++
          return new Map(own.map((event, i) => [event.eventId, received[i]!]))
        })
      }),
    )
    expect(attempts).toBe(40)
    for (const { eventId } of events) {
      const said = answers.map((a) => a.get(eventId)!)
      expect(said.filter((s) => !s.duplicate)).toHaveLength(1)
      for (const { outcomes } of said) expect(outcomes).toEqual(said[0]!.outcomes)
    }
    await expectWholeHistories(desk)
    for (const number of numbers) expect(await statusesOf(desk, number)).toBe('return not-shipped unpaid')
    expect(await desk.query(sql`select phone from customers group by phone having count(*) > 1`)).toEqual([])
    expect(await desk.one(sql`select count(*)::int as n from outbox`)).toEqual(
      await desk.one(sql`select count(*)::int as n from order_status_changes`),
    )
  })

  it('do not block each other for ever when they differ: every transaction is done at the first attempt', {
    timeout: 60_000,
  }, async () => {
    const desk = await makeDesk(store)
    const numbers = Array.from({ length: 60 }, () => unique('N'))
    await desk.receive(numbers.map((number) => report({ number })))
    let attempts = 0
    await Promise.all(
      Array.from({ length: 30 }, async (_, n) => {
        const own = shuffled(numbers, n).map((number) =>
          report({
            number,
            status: n % 2 ? 'sent' : 'paid',
            order: { total: `${n}.00` },
            customer: { name: `N ${n}` },
          }),
        )
        await store.inWorkspace(desk.id, async (tx) => {
          attempts++
          return receiveReports(tx, own, { actor: { kind: 'key', id: null }, nowMs: desk.nowMs })
        })
      }),
    )
    expect(attempts).toBe(30)
    await expectWholeHistories(desk)
  })
})

async function expectWholeHistories(desk: Desk): Promise<void> {
  const broken = await desk.query(sql`
    select order_id, axis from order_status_changes group by order_id, axis
    having max(seq) <> count(*) or min(seq) <> 1
    union all
    select h.order_id, h.axis from order_status_changes h
    left join order_status_changes b on b.order_id = h.order_id and b.axis = h.axis and b.seq = h.seq - 1
    where h.from_status_id is distinct from b.to_status_id
    union all
    select o.id, 'general' from orders o where general_seq <> (
      select max(seq) from order_status_changes h where h.order_id = o.id and h.axis = 'general')`)
  expect(broken).toEqual([])
}
