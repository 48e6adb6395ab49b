import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Store } from '../../db/client.ts'
import { listOpenInbound } from '../../db/inbound-events.ts'
import type { StatusMap } from '../../db/model/shops/woocommerce.ts'
import { freshStore, HOUR, makeDesk, refusalOf, report } from '../factories.ts'
import { connect, historyLength, minutesAgo, orders, woo } from './shop.ts'

const { store, url } = await freshStore()
const owner = postgres(url, { max: 1, onnotice: () => {} })
beforeAll(async () => {
  await owner.unsafe(`create function fail_on_poison() returns trigger language plpgsql as $$
    begin if new.comment = 'poison' then raise exception 'it cannot be handled'; end if; return new; end $$;
    create trigger poison before insert or update on orders for each row execute function fail_on_poison()`)
})
afterAll(() => owner.end())
const openShop = async (statusMap?: StatusMap) => connect(await makeDesk(store), statusMap)

describe('bodies of a shop', () => {
  it('S2-04 make an order, and are kept byte for byte', async () => {
    const shop = await openShop()
    const body = Buffer.from(`  ${JSON.stringify(woo()).replace('Olha', '\\u041e\\u043b\\/')} \n`)
    await shop.post(body)
    expect(await shop.process()).toBe(1)
    expect(await orders(shop.desk)).toEqual([{ number: '727', codes: 'processing not-shipped unpaid', total: '29.35' }])
    const kept = await shop.desk.one<{ body: string }>(sql`select encode(body, 'base64') as body from inbound_events`)
    expect(Buffer.from(kept.body, 'base64')).toEqual(body)
    expect(await shop.outcomes()).toEqual(['moved'])
  })

  it('are taken in the order in which they came, created before updated', async () => {
    const shop = await openShop()
    await shop.post(woo({ status: 'pending' }), { topic: 'order.created' })
    await shop.post(woo({ status: 'completed', ago: 0 }))
    expect(await shop.process()).toBe(2)
    expect(await orders(shop.desk)).toMatchObject([{ codes: 'paid delivered unpaid' }])
    expect(await historyLength(shop.desk)).toBe(2)
  })

  it('P1 of one change count once, five times in a row and ten at once', async () => {
    const shop = await openShop()
    for (let n = 0; n < 5; n++) await shop.post(woo())
    await Promise.all(Array.from({ length: 10 }, () => shop.post(woo())))
    await Promise.all([shop.drain(), shop.drain(), shop.drain()])
    await shop.drain()
    expect(await historyLength(shop.desk)).toBe(1)
    expect((await shop.outcomes()).sort()).toEqual([...Array(14).fill('duplicate'), 'moved'])
  })

  it('P2 of one second count both when they say different things', async () => {
    const shop = await openShop()
    await shop.post(woo())
    await shop.post(woo({ date_paid_gmt: minutesAgo(0) }))
    await shop.post(woo({ date_paid_gmt: minutesAgo(0), total: '31' }))
    await shop.post(woo({ date_paid_gmt: minutesAgo(0), total: '31', meta_data: [{ key: 'seen' }] }))
    await shop.drain()
    expect(await shop.outcomes()).toEqual(['moved', 'moved', 'noop', 'duplicate'])
    expect(await orders(shop.desk)).toMatchObject([{ codes: 'processing not-shipped paid', total: '31.00' }])
  })

  it('of one delivery are stored once', async () => {
    const shop = await openShop()
    for (let n = 0; n < 3; n++) await shop.post(woo({ total: `${n}` }), { key: 'same' })
    expect(await shop.drain()).toBeUndefined()
    expect(await shop.outcomes()).toEqual(['moved'])
    expect(await orders(shop.desk)).toMatchObject([{ total: '0.00' }])
  })

  it.each<[string, unknown, string]>([
    ['half a body', '{"id": 727, "status"', 'invalid broken_json'],
    ['nothing', '', 'invalid broken_json'],
    ['no text at all', new Uint8Array([0xff, 0xfe, 0x00]), 'invalid broken_json'],
    ['a list', [woo()], 'invalid is_a_list'],
    ['an order in a wrapper', { data: woo() }, 'invalid is_wrapped'],
    ['an error of the shop', { code: 'rest_forbidden', message: 'No' }, 'invalid is_an_error'],
    ['an order without a status', { id: 727, total: '5', order_key: 'wc_1' }, 'invalid no_status'],
    ['a number', '42', 'invalid not_an_object'],
  ])('that are %s are kept with what is wrong, and hold up nobody', async (_, body, outcome) => {
    const shop = await openShop()
    await shop.post(body)
    await shop.post(woo())
    await shop.drain()
    expect(await shop.outcomes()).toEqual([outcome, 'moved'])
  })

  it('say what their status could not be made of', async () => {
    const shop = await openShop()
    await shop.post(woo({ status: 'awaiting-pickup' }))
    await shop.post(woo({ status: 'processing', id: 9, ago: -10 }))
    await shop.drain()
    expect(await shop.outcomes()).toEqual(['moved unmapped_status', 'refused event_from_future'])
  })

  it('follow the map of the shop’s statuses', async () => {
    const shop = await openShop({ 'wc-awaiting-pickup': { general: 'sent', delivery: 'at-delivery-point' } })
    await shop.post(woo({ status: 'awaiting-pickup' }))
    await shop.drain()
    expect(await orders(shop.desk)).toMatchObject([{ codes: 'sent at-delivery-point unpaid' }])
  })

  it('P4 that come late change neither statuses nor contents', async () => {
    const shop = await openShop()
    await shop.post(woo({ status: 'completed', ago: 5, total: '30' }))
    await shop.drain()
    await shop.post(woo({ status: 'processing', ago: 9, total: '10' }))
    await shop.drain()
    expect(await shop.outcomes()).toEqual(['moved', 'stale'])
    expect(await orders(shop.desk)).toMatchObject([{ codes: 'paid delivered unpaid', total: '30.00' }])
  })

  it('of two shops with one number make two orders', async () => {
    const first = await openShop()
    const second = await connect(first.desk)
    for (const shop of [first, second]) {
      await shop.post(woo())
      await shop.post(woo({ status: 'completed', ago: -1 }))
      await shop.drain()
    }
    const numbers = (await orders(first.desk)).map((o) => o.number)
    expect(numbers).toEqual(['727', `727-${second.id.slice(-4)}`])
  })

  it('and events that name the number mean one order', async () => {
    const shop = await openShop()
    await shop.post(woo())
    await shop.drain()
    await shop.desk.receive([report({ number: '727', status: 'sent' })])
    expect(await orders(shop.desk)).toMatchObject([{ number: '727', codes: 'sent not-shipped unpaid' }])
  })
})

describe('an echo', () => {
  it('P5 of a status the shop has told before does not move the order back', async () => {
    const shop = await openShop()
    const { desk } = shop
    await shop.post(woo({ ago: 10 }))
    await shop.drain()
    const [order] = await desk.query<{ id: string; number: string }>(sql`select id, number from orders`)
    await desk.move(order!, 'call-back')
    await desk.move(order!, 'shipped', { axis: 'delivery' })
    await shop.post(woo({ ago: 5, total: '35', date_paid_gmt: minutesAgo(5) }))
    await shop.drain()
    expect(await orders(desk)).toEqual([{ number: '727', codes: 'call-back shipped paid', total: '35.00' }])
    await shop.post(woo({ ago: 3, status: 'completed' }))
    await shop.drain()
    expect(await orders(desk)).toMatchObject([{ codes: 'paid delivered unpaid' }])
  })

  it('is no echo when the shop went to another status and back', async () => {
    const shop = await openShop()
    await shop.post(woo({ ago: 10 }))
    await shop.post(woo({ ago: 9, status: 'on-hold' }))
    await shop.drain()
    const [order] = await shop.desk.query<{ id: string; number: string }>(sql`select id, number from orders`)
    await shop.desk.move(order!, 'sent')
    await shop.post(woo({ ago: 8 }))
    await shop.drain()
    expect(await orders(shop.desk)).toMatchObject([{ codes: 'processing not-shipped unpaid' }])
  })

  it('is none after the order came back out of the shop’s bin', async () => {
    const shop = await openShop()
    await shop.post(woo({ ago: 10, status: 'completed' }))
    await shop.post({ id: 727 }, { topic: 'order.deleted' })
    await shop.drain()
    expect(await shop.outcomes()).toEqual(['moved', 'noted'])
    expect(await shop.desk.one(sql`select remote_status as slug from order_external_refs`)).toEqual({ slug: 'trash' })
    const [order] = await shop.desk.query<{ id: string; number: string }>(sql`select id, number from orders`)
    await shop.desk.move(order!, 'cancelled')
    await shop.post(woo({ ago: 5, status: 'completed' }))
    await shop.drain()
    expect(await orders(shop.desk)).toMatchObject([{ codes: 'paid delivered unpaid' }])
  })
})

describe('a body that cannot be processed', () => {
  it('is set aside with a word, while all the others go on', async () => {
    const shop = await openShop()
    for (let id = 1; id <= 30; id++)
      await shop.post(woo({ id, customer_note: [7, 23].includes(id) ? 'poison' : 'fine' }))
    await shop.drain()
    const outcomes = await shop.outcomes()
    expect(outcomes.filter((o) => o === 'moved')).toHaveLength(28)
    expect([outcomes[6], outcomes[22]]).toEqual(Array(2).fill('invalid not_processed'))
    expect(await orders(shop.desk)).toHaveLength(28)
  })

  it.each([1, 2, 20])('is not mistaken for the next one when two processes come to it, %i at a time', async (max) => {
    const shop = await openShop()
    await shop.post(woo({ id: 1, customer_note: 'poison' }))
    await shop.post(woo({ id: 2 }))
    let transactions = 0
    // another process sets the body aside after we failed at it and before we do
    const slow: Store = {
      ...store,
      inWorkspace: async (id, work) => {
        if (++transactions > 1) await shop.process(1)
        return store.inWorkspace(id, work)
      },
    }
    await shop.process(max, slow)
    await shop.drain()
    expect(await shop.outcomes()).toEqual(['invalid not_processed', 'moved'])
  })
})

describe('processing', () => {
  it('S1-01 waits while the Orders block is off, and loses nothing', async () => {
    const shop = await openShop()
    await shop.post(woo())
    await shop.desk.query(sql`update workspaces set orders_enabled = false`)
    for (const max of [200, 1]) expect(await refusalOf(shop.process(max))).toBe('orders_disabled')
    await shop.desk.query(sql`update workspaces set orders_enabled = true`)
    await shop.drain()
    expect(await shop.outcomes()).toEqual(['moved'])
  })

  it('is done by one process at a time for each shop', async () => {
    const shop = await openShop()
    for (let id = 1; id <= 10; id++) await shop.post(woo({ id }))
    const done = await Promise.all(Array.from({ length: 5 }, () => shop.process()))
    expect(done.reduce((a, b) => a + b)).toBe(10)
    expect(await shop.outcomes()).toEqual(Array(10).fill('moved'))
  })

  it('knows which shops have bodies that wait, of all workspaces', async () => {
    const [busy, idle] = [await openShop(), await openShop()]
    await busy.post(woo())
    await idle.post(woo())
    await idle.drain()
    const open = (await listOpenInbound(store)).map((o) => o.integrationId)
    expect(open).toContain(busy.id)
    expect(open).not.toContain(idle.id)
  })

  it('comes to the same in one transaction as in one for each body', { timeout: 60_000 }, async () => {
    const desk = await makeDesk(store)
    desk.pass(HOUR)
    const body = fc.record({
      id: fc.constantFrom(1, 2),
      ago: fc.integer({ min: 0, max: 6 }),
      status: fc.constantFrom('pending', 'processing', 'completed', 'refunded', 'odd'),
      total: fc.constantFrom('10', '20', '30'),
      isPaid: fc.boolean(),
      isDeleted: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    })
    let base = 0
    await fc.assert(
      fc.asyncProperty(fc.array(body, { minLength: 2, maxLength: 7 }), async (bodies) => {
        base += 10
        const results: unknown[] = []
        for (const max of [1, 200]) {
          const shop = await connect(desk)
          const ids = bodies.map((b) => base + b.id)
          for (const [i, { ago, status, total, isPaid, isDeleted }] of bodies.entries()) {
            const paid = isPaid ? { date_paid_gmt: minutesAgo(60) } : {}
            if (isDeleted) await shop.post({ id: ids[i] }, { topic: 'order.deleted' })
            else await shop.post(woo({ id: ids[i], ago, status, total, ...paid }))
          }
          await shop.drain(max)
          const ended = await desk.query(sql`
            select r.external_id as id, r.remote_status as slug, r.remote_modified_at as at, o.total::text,
              g.code as general, d.code as delivery, p.code as payment
            from order_external_refs r join orders o on o.id = r.order_id
            join order_statuses g on g.id = o.general_status_id join order_statuses d on d.id = o.delivery_status_id
            join order_statuses p on p.id = o.payment_status_id
            where r.integration_id = ${shop.id} order by r.external_id`)
          results.push({ outcomes: await shop.outcomes(), ended })
        }
        expect(results[1]).toEqual(results[0])
      }),
      { numRuns: 25 },
    )
  })
})
