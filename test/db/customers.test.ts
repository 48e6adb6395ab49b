import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { CustomerFacts, OrderReport } from '../../db/model/report.ts'
import type { Received } from '../../db/receive.ts'
import { type Desk, freshStore, makeDesk, report, unique, uniquePhone } from '../factories.ts'

const { store } = await freshStore({ connectionsMax: 40 })

describe('customers', () => {
  const from = (customer: CustomerFacts, more: Partial<OrderReport> = {}) => report({ customer, ...more })
  const all = (desk: Desk) => desk.query<{ id: string }>(sql`select id from customers`)
  const customersOf = async (desk: Desk, received: Received[]) =>
    Promise.all(
      received.map(
        async (r) =>
          (await desk.one<{ id: string }>(sql`select customer_id as id from orders where id = ${r.orderId}`)).id,
      ),
    )

  it('are one for one number however it is written, and for an e-mail whatever its case', async () => {
    const desk = await makeDesk(store)
    const received = await desk.receive([
      from({ phone: '067 123 45 67' }),
      from({ phone: '+380671234567', email: 'Olha@Example.com' }),
      from({ phone: '00380671234567' }),
      from({ email: 'olha@example.COM' }),
    ])
    expect(new Set(await customersOf(desk, received)).size).toBe(1)
    expect(await all(desk)).toHaveLength(1)
  })

  it('stay two where an e-mail is shared by two numbers', async () => {
    const desk = await makeDesk(store)
    const received = await desk.receive([
      from({ phone: uniquePhone(), email: 'family@example.com' }),
      from({ phone: uniquePhone(), email: 'family@example.com' }),
    ])
    expect(new Set(await customersOf(desk, received)).size).toBe(2)
  })

  it.each<[string, () => CustomerFacts]>([
    ['number', () => ({ phone: '+380671112233', name: unique('Buyer') })],
    ['e-mail', () => ({ email: 'one@example.com', name: unique('Buyer') })],
    ['id at its source', () => ({ externalId: '77', name: unique('Buyer') })],
  ])('are made once when many events with one %s come at once', async (_, facts) => {
    const desk = await makeDesk(store)
    const received = await Promise.all(Array.from({ length: 20 }, () => desk.receive([from(facts())])))
    expect(new Set(await customersOf(desk, received.flat())).size).toBe(1)
    expect(await all(desk)).toHaveLength(1)
  })

  it('keep what each of two events at once tells of them, though they are known by different keys', async () => {
    const desk = await makeDesk(store)
    const facts = { email: 'known@example.com', externalId: '9' }
    await desk.receive([from(facts)])
    for (let round = 0; round < 10; round++) {
      const phone = uniquePhone()
      await desk.query(sql`update customers set phone = null, country = null`)
      await Promise.all([
        desk.receive([from({ email: facts.email, phone })]),
        desk.receive([from({ externalId: facts.externalId, country: 'PL' })]),
      ])
      expect(await desk.query(sql`select phone, country from customers`)).toEqual([{ phone, country: 'PL' }])
    }
  })

  it('leave every change of their facts as a revision', async () => {
    const desk = await makeDesk(store)
    const phone = uniquePhone()
    for (const name of ['Olha', 'Olha', 'Olha Petrenko']) await desk.receive([from({ phone, name })])
    const past = await desk.query(sql`select name, phone from customer_revisions order by id`)
    expect(past).toEqual([
      { name: 'Olha', phone },
      { name: 'Olha Petrenko', phone },
    ])
  })

  it('are none for an order that says nothing of them, and new for each mere name', async () => {
    const desk = await makeDesk(store)
    const received = await desk.receive([from({}), from({ name: 'Guest' }), from({ name: 'Guest' })])
    expect(new Set(await customersOf(desk, received)).size).toBe(3)
    expect(await all(desk)).toHaveLength(2)
  })
})
