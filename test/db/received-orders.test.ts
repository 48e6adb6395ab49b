import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { OrderReport } from '../../db/model/report.ts'
import { receiveReports } from '../../db/receive.ts'
import { freshStore, HOUR, makeDesk, NOON, report } from '../factories.ts'

const { store } = await freshStore({ connectionsMax: 40 })

const withoutNumber = (more: Partial<OrderReport> = {}): OrderReport => {
  const { number: _, ...rest } = report(more)
  return rest
}

describe('numbers of orders', () => {
  it('come from the counter where a source gives none, and skip those that are taken', async () => {
    const desk = await makeDesk(store)
    await desk.receive([report({ number: '1001' }), report({ number: '1003' })])
    const received = await desk.receive([withoutNumber(), report({ number: 'A7' }), withoutNumber()])
    expect(received.map((r) => r.number)).toEqual(['1002', 'A7', '1004'])
    expect((await desk.receive([withoutNumber()]))[0]!.number).toBe('1005')
  })

  it('are the identity of an order for sources without ids of their own', async () => {
    const desk = await makeDesk(store)
    const [first] = await desk.receive([report({ number: 'A7' })])
    const [second] = await desk.receive([report({ number: 'A7', source: 'warehouse', status: 'sent' })])
    expect(second!.orderId).toBe(first!.orderId)
  })

  it('are given once each to orders that come at once, at the first attempt', async () => {
    const desk = await makeDesk(store)
    let attempts = 0
    const numbers = await Promise.all(
      Array.from({ length: 20 }, () =>
        store.inWorkspace(desk.id, async (tx) => {
          attempts++
          const unnumbered = Array.from({ length: 3 }, () => withoutNumber())
          const received = await receiveReports(tx, unnumbered, { actor: { kind: 'key', id: null }, nowMs: NOON })
          return received.map((r) => r.number)
        }),
      ),
    )
    expect(attempts).toBe(20)
    const given = numbers.flat().map(Number)
    expect(given.sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, i) => 1001 + i))
  })
})

describe('contents of orders', () => {
  it('are brought up to date by what is told, keep what is not, and leave their past as revisions', async () => {
    const desk = await makeDesk(store)
    const { id, number } = await desk.order({ order: { total: '10.00', paymentMethod: 'Card' } })
    desk.pass(HOUR)
    await desk.receive([report({ number, order: { total: '12.50', currency: 'EUR' } })])
    desk.pass(HOUR)
    await desk.receive([report({ number, order: {} }), report({ number, order: { total: '12.50' } })])
    const past = sql`select total::text, currency, payment_method as method, recorded_at as at from order_revisions
      where order_id = ${id} order by id`
    expect(await desk.query(past)).toEqual([
      { total: '10.00', currency: 'UAH', method: 'Card', at: new Date(NOON).toISOString() },
      { total: '12.50', currency: 'EUR', method: 'Card', at: new Date(NOON + HOUR).toISOString() },
      { total: '12.50', currency: 'UAH', method: 'Card', at: new Date(NOON + 2 * HOUR).toISOString() },
    ])
  })
})

describe('contents told from two sides at once', () => {
  it('are both kept', async () => {
    const desk = await makeDesk(store)
    const { number } = await desk.order({ order: { total: '1.00', paymentMethod: 'Card' } })
    for (let round = 0; round < 10; round++) {
      await Promise.all([
        desk.receive([report({ number, order: { total: `${round}.50` } })]),
        desk.receive([report({ number, order: { paymentMethod: `Card ${round}` } })]),
      ])
      expect(await desk.one(sql`select total::text, payment_method as method from orders`)).toEqual({
        total: `${round}.50`,
        method: `Card ${round}`,
      })
    }
  })
})
