import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { consequencesOf, halveBatch } from '../../db/batches.ts'
import type { Tx } from '../../db/client.ts'
import { changeStatus } from '../../db/statuses.ts'
import { type Desk, freshStore, type Made, makeDesk, report, SECOND, sms, trigger, uniquePhone } from '../factories.ts'
import { interrupted } from './interleave.ts'

const { store, url } = await freshStore()

const consequences = async (desk: Desk, batch: string) => {
  const { cohortIds } = await desk.run((tx) => consequencesOf(tx, batch, desk.nowMs))
  return { cohortIds }
}
const autoSms = (desk: Desk, always: boolean, code = 'sent') =>
  desk.run((tx) =>
    changeStatus(tx, 'general', code, { autoSms: { template: 'Order {{ order.number }}', always } }, desk.nowMs),
  )
const texts = (desk: Desk) =>
  desk.query<{ state: string; reason: string | null }>(
    sql`select state, reason from sms_messages order by queued_at, id`,
  )
const states = async (desk: Desk) => (await texts(desk)).map((t) => t.reason ?? t.state)
/** Lets an order come to each status in turn, each change in a batch of its own. */
async function go(desk: Desk, order: Made, ...codes: string[]): Promise<void> {
  for (const code of codes) {
    desk.pass(1)
    await desk.move(order, code)
    await desk.carry()
  }
}
const everything = (desk: Desk) =>
  desk.one(sql`select (select jsonb_agg(c) from cohorts c) as cohorts, (select jsonb_agg(e) from enrolments e) as enrolments,
    (select jsonb_agg(m) from sms_messages m) as texts, (select jsonb_agg(b) from batches b) as batches`)

describe('consequencesOf', () => {
  it('answers the same however often it is asked, and writes nothing twice', async () => {
    const desk = await makeDesk(store)
    await desk.campaign(trigger('sent', 'text'), sms('text', 'Hi'))
    await desk.campaign(trigger('sent', 'text', { id: 'again' }), sms('text', 'Ho'))
    await autoSms(desk, true)
    for (let n = 0; n < 3; n++) await go(desk, await desk.order(), 'call-back')
    for (const { id } of await desk.query<Made>(sql`select id, number from orders`))
      await desk.move({ id, number: '' }, 'sent')
    const batch = (await desk.batch())!
    const first = await consequences(desk, batch)
    const after = await everything(desk)
    desk.pass(SECOND)
    const repeated = await Promise.all([1, 2, 3].map(() => consequences(desk, batch)))
    expect(repeated).toEqual([first, first, first])
    expect(await everything(desk)).toEqual(after)
    expect(first.cohortIds).toHaveLength(2)
    expect(await texts(desk)).toHaveLength(3)
    expect(await desk.query(sql`select from enrolments`)).toHaveLength(6)
  })

  it('does the work once when it is asked many times at once', async () => {
    const desk = await makeDesk(store)
    await desk.campaign(trigger('sent', 'text'), sms('text', 'Hi'))
    await autoSms(desk, true)
    await desk.order({ status: 'call-back' })
    const order = await desk.order()
    await desk.move(order, 'sent')
    const batch = (await desk.batch())!
    const answers = await Promise.all(Array.from({ length: 8 }, () => consequences(desk, batch)))
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(await desk.query(sql`select from enrolments`)).toHaveLength(1)
    expect(await texts(desk)).toHaveLength(1)
  })

  it('names only cohorts that have still to walk', async () => {
    const desk = await makeDesk(store)
    await desk.campaign(trigger('sent', null))
    const order = await desk.order()
    await desk.move(order, 'sent')
    const batch = (await desk.batch())!
    expect(await consequences(desk, batch)).toEqual({ cohortIds: [] })
    expect(await desk.query(sql`select state, end_reason as reason from enrolments`)).toEqual([
      { state: 'ended', reason: 'finished' },
    ])
    expect(await desk.query(sql`select state from cohorts`)).toEqual([{ state: 'rest' }])
  })

  it('ends without a word for a batch that is gone', async () => {
    const desk = await makeDesk(store)
    expect(await consequences(desk, '00000000-0000-7000-8000-000000000000')).toEqual({ cohortIds: [] })
  })

  it('takes several changes of one order for several entries', async () => {
    const desk = await makeDesk(store)
    await desk.campaign(trigger('sent', 'text'), sms('text', 'Hi'))
    const order = await desk.order()
    for (const code of ['sent', 'paid', 'sent']) await desk.move(order, code)
    await desk.carry()
    expect(await desk.query(sql`select from enrolments`)).toHaveLength(2)
    expect(await texts(desk)).toHaveLength(2)
  })
})

describe('the text of a status', () => {
  it('S0-28 always: is sent at every entry', async () => {
    const desk = await makeDesk(store)
    await autoSms(desk, true)
    await go(desk, await desk.order(), 'sent', 'paid', 'sent')
    expect(await states(desk)).toEqual(['queued', 'queued'])
  })

  it('S0-29 once: is sent at the first entry only, within one batch and over many', async () => {
    const desk = await makeDesk(store)
    await autoSms(desk, false)
    const order = await desk.order()
    for (const code of ['sent', 'paid', 'sent']) await desk.move(order, code)
    await desk.carry()
    await go(desk, order, 'paid', 'sent')
    expect(await states(desk)).toEqual(['queued'])
    await go(desk, await desk.order(), 'sent')
    expect(await states(desk)).toEqual(['queued', 'queued'])
  })

  it('once: is sent once when two batches with entries are handled at once', async () => {
    const desk = await makeDesk(store)
    await autoSms(desk, false)
    const order = await desk.order()
    const batches: string[] = []
    for (const code of ['sent', 'paid', 'sent']) {
      await desk.move(order, code)
      batches.push((await desk.batch())!)
    }
    await Promise.all(batches.map((batch) => consequences(desk, batch)))
    expect(await states(desk)).toEqual(['queued'])
  })

  it('is no reason to wait in a circle with another batch of the same order', async () => {
    const desk = await makeDesk(store)
    await desk.campaign(trigger('sent', 'text'), sms('text', 'Hi'))
    await autoSms(desk, true)
    const order = await desk.order()
    await desk.move(order, 'sent')
    const first = (await desk.batch())!
    for (const code of ['paid', 'sent']) await desk.move(order, code)
    const second = (await desk.batch())!
    let tries = 0
    const handle = (batch: string, within: (tx: Tx) => Tx) =>
      desk.run((tx) => {
        tries++
        return consequencesOf(within(tx), batch, desk.nowMs)
      })
    let meanwhile: Promise<unknown> = Promise.resolve()
    await handle(first, (tx) =>
      interrupted(store, tx, 'select from orders', () => {
        meanwhile = handle(second, (own) => own)
        return meanwhile
      }),
    )
    await meanwhile
    expect(tries).toBe(2)
  })

  it('C8, P32 once: counts what was sent while it was always', async () => {
    const desk = await makeDesk(store)
    await autoSms(desk, true)
    const order = await desk.order()
    await go(desk, order, 'sent')
    await autoSms(desk, false)
    await go(desk, order, 'paid', 'sent')
    expect(await states(desk)).toEqual(['queued'])
  })

  it('C8, P32 once: waits for a text that is just being written as always', async () => {
    const desk = await makeDesk(store)
    await autoSms(desk, true)
    const order = await desk.order()
    await desk.carry()
    const batches: string[] = []
    for (const codes of [['sent'], ['paid', 'sent']]) {
      for (const code of codes) await desk.move(order, code)
      batches.push((await desk.batch())!)
    }
    let second: Promise<unknown> = Promise.resolve()
    await desk.run((tx) => {
      const slow = interrupted(store, tx, 'insert into sms_messages', async () => {
        await autoSms(desk, false)
        second = consequences(desk, batches[1]!)
        await second
      })
      return consequencesOf(slow, batches[0]!, desk.nowMs)
    })
    await second
    expect(await states(desk)).toEqual(['queued'])
  })

  it('C8 once: is sent at the next entry when it was switched on later', async () => {
    const desk = await makeDesk(store)
    const order = await desk.order()
    await go(desk, order, 'sent')
    await autoSms(desk, false)
    await go(desk, order, 'paid', 'sent')
    expect(await states(desk)).toEqual(['queued'])
  })

  it('C8 once: is not used up by a text that could not be sent', async () => {
    const desk = await makeDesk(store)
    await autoSms(desk, false)
    const order = await desk.order({ customer: { name: 'Olha' } })
    await go(desk, order, 'sent', 'paid', 'sent')
    expect(await states(desk)).toEqual(['no_phone', 'no_phone'])
    await desk.receive([report({ number: order.number, customer: { phone: uniquePhone() } })])
    await go(desk, order, 'paid', 'sent', 'paid', 'sent')
    expect(await states(desk)).toEqual(['no_phone', 'no_phone', 'queued'])
  })

  it('C9 takes creation in a status for an entry', async () => {
    const desk = await makeDesk(store)
    await autoSms(desk, true, 'processing')
    await desk.order()
    await desk.carry()
    expect(await states(desk)).toEqual(['queued'])
  })

  it('goes before the texts of campaigns', async () => {
    const desk = await makeDesk(store)
    await autoSms(desk, true)
    await desk.campaign(trigger('sent', 'text'), sms('text', 'Campaign'))
    await go(desk, await desk.order(), 'sent')
    expect(await desk.query(sql`select text, priority from sms_messages order by priority`)).toMatchObject([
      { text: expect.stringMatching(/^Order /), priority: 1 },
      { text: 'Campaign', priority: 2 },
    ])
  })

  it('is not sent when a later setting is what the status has now', async () => {
    const desk = await makeDesk(store)
    await autoSms(desk, true)
    const order = await desk.order()
    await desk.move(order, 'sent')
    await desk.run((tx) => changeStatus(tx, 'general', 'sent', { autoSms: null }, desk.nowMs))
    await desk.carry()
    expect(await states(desk)).toEqual([])
  })
})

describe('halveBatch', () => {
  const owner = postgres(url, { max: 1, onnotice: () => {} })
  beforeAll(async () => {
    await owner.unsafe(`create function fail_on_poison() returns trigger language plpgsql as $$
      begin if new.text like '%poison%' then raise exception 'it cannot be handled'; end if; return new; end $$;
      create trigger poison before insert on sms_messages for each row execute function fail_on_poison()`)
  })
  afterAll(() => owner.end())

  /** As the workflow does: halves what fails; the relay starts what was cut off. */
  async function handle(desk: Desk): Promise<number> {
    const open: string[] = [(await desk.batch())!]
    let cuts = 0
    for (let batch = open.shift(); batch; batch = open.shift()) {
      for (let n = 0; n < 10; n++) {
        const failed = await consequences(desk, batch).then(
          () => false,
          () => true,
        )
        if (!failed) break
        const failure = { id: `run/${cuts++}`, error: 'Bad' }
        await desk.run((tx) => halveBatch(tx, batch!, failure, desk.nowMs))
        // the worker died before its answer was kept: the same cut is asked for again
        await desk.run((tx) => halveBatch(tx, batch!, failure, desk.nowMs))
      }
      const cutOff = await desk.query<{ id: string }>(
        sql`select id from batches where consequences_at is null and failed_at is null order by id`,
      )
      open.push(...cutOff.map((c) => c.id).filter((id) => !open.includes(id)))
    }
    return cuts
  }

  it.each([
    [1, [0]],
    [2, [1]],
    [7, [3]],
    [8, [0, 7]],
    [20, [4, 5, 19]],
  ])('of a batch of %i comes down to the bad changes %j, and all others are done', async (count, bad) => {
    const desk = await makeDesk(store)
    await autoSms(desk, true, 'processing')
    await desk.receive(
      Array.from({ length: count }, (_, i) =>
        report({
          number: bad.includes(i) ? `poison-${i}` : `good-${i}`,
          customer: { phone: uniquePhone() },
        }),
      ),
    )
    await desk.query(
      sql`delete from outbox where subject_id not in (select id from order_status_changes where axis = 'general')`,
    )
    await handle(desk)
    const failed =
      await desk.query(sql`select b.size, b.error, o.number from batches b join outbox x on x.batch_id = b.id
      join order_status_changes h on h.id = x.subject_id join orders o on o.id = h.order_id
      where b.failed_at is not null order by o.number`)
    expect(failed).toEqual(
      bad.map((i) => ({ size: 1, error: 'Bad', number: `poison-${i}` })).sort((a, b) => (a.number < b.number ? -1 : 1)),
    )
    expect(await texts(desk)).toHaveLength(count - bad.length)
    const sizes = sql`select sum(size)::int as told, (select count(*)::int from outbox where batch_id is not null) as held,
      count(*) filter (where consequences_at is null and failed_at is null)::int as open from batches`
    expect(await desk.one(sizes)).toEqual({ told: count, held: count, open: 0 })
  })

  it('leaves a batch alone whose consequences stand or that has failed', async () => {
    const desk = await makeDesk(store)
    await desk.order()
    const batch = (await desk.batch())!
    await consequences(desk, batch)
    const before = await everything(desk)
    await desk.run((tx) => halveBatch(tx, batch, { id: 'run/0', error: 'Bad' }, desk.nowMs))
    expect(await everything(desk)).toEqual(before)
  })
})
