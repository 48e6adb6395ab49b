import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { addIntegration, getStatusMap } from '../../db/integrations.ts'
import { deleteStatus, removeStatus } from '../../db/status-removal.ts'
import { listStatusUses } from '../../db/status-uses.ts'
import { getStatus } from '../../db/statuses.ts'
import { type Desk, freshStore, HOUR, KEY, makeDesk, refusalOf, report, trigger } from '../factories.ts'
import { add, change, removal, timeoutAfter, view } from './status-verbs.ts'

const { store } = await freshStore()

const replace = (desk: Desk, code: string, replacement: string, more: object = {}) =>
  removeStatus(store, desk.id, removal(code, { replacement, ...more }), desk.nowMs)
const shop = (desk: Desk, general: string) =>
  desk.run((tx) =>
    addIntegration(
      tx,
      { kind: 'woocommerce', name: 'Shop', secret: 'x', statusMap: { processing: { general } } },
      desk.nowMs,
    ),
  )

describe('a status that is deleted with a replacement', () => {
  it('C13 moves its orders, each with a history row of the actor bulk, and tells no customer', async () => {
    const desk = await makeDesk(store)
    await change(desk, 'paid', { autoSms: { template: 'Paid', always: true } })
    const orders = [await desk.order({ status: 'accepted' }), await desk.order({ status: 'accepted' })]
    desk.pass(HOUR)
    await replace(desk, 'accepted', 'paid')
    await desk.carry()
    for (const order of orders) expect(await desk.codeOf(order)).toBe('paid')
    expect(await view(desk, 'accepted')).toBeUndefined()
    expect(
      await desk.query(sql`select h.seq, f.name as "from", t.name as "to", h.actor_kind, h.actor_id, h.silent
        from order_status_changes h join order_statuses t on t.id = h.to_status_id
        left join order_statuses f on f.id = h.from_status_id
        where h.axis = 'general' and h.seq = 2`),
    ).toEqual(
      [1, 2].map(() => ({
        seq: 2,
        from: 'Accepted',
        to: 'Paid',
        actor_kind: 'bulk',
        actor_id: 'somebody',
        silent: true,
      })),
    )
    expect(await desk.query(sql`select from sms_messages`)).toEqual([])
  })

  it('tells customers when that is asked for', async () => {
    const desk = await makeDesk(store)
    await change(desk, 'paid', { autoSms: { template: 'Paid', always: true } })
    await desk.order({ status: 'accepted' })
    await replace(desk, 'accepted', 'paid', { silent: false })
    await desk.carry()
    expect(await desk.query(sql`select text from sms_messages`)).toEqual([{ text: 'Paid' }])
  })

  it('moves archived orders too, which stay archived', async () => {
    const desk = await makeDesk(store)
    const order = await desk.order({ status: 'accepted' })
    await desk.query(sql`update orders set archived_at = now() where id = ${order.id}`)
    await replace(desk, 'accepted', 'paid')
    expect(await desk.codeOf(order)).toBe('paid')
    expect(await desk.one(sql`select archived_at is not null as archived from orders`)).toEqual({ archived: true })
  })

  it('moves more orders than one step takes', async () => {
    const desk = await makeDesk(store)
    const reports = Array.from({ length: 1_001 }, (_, i) => report({ number: `N-${i}`, status: 'accepted' }))
    for (const from of [0, 500, 1_000]) await desk.receive(reports.slice(from, from + 500))
    await replace(desk, 'accepted', 'paid')
    expect(await view(desk, 'paid')).toMatchObject({ orders: 1_001 })
  })

  it('leads timeouts and the words of shops to the replacement, and takes away the one that would lead to itself', async () => {
    const desk = await makeDesk(store)
    await change(desk, 'sent', timeoutAfter(1, 'day', 'accepted'))
    await change(desk, 'paid', timeoutAfter(2, 'day', 'accepted'))
    const id = await shop(desk, 'accepted')
    await replace(desk, 'accepted', 'paid')
    expect(await view(desk, 'sent')).toMatchObject({ timeout: { after: 'P1D', to: 'paid' } })
    expect(await view(desk, 'paid')).toMatchObject({ timeout: null })
    expect(await desk.run((tx) => getStatusMap(tx, id))).toEqual({ processing: { general: 'paid' } })
    expect(await desk.query(sql`select from places where closed_at is null`)).toHaveLength(1)
  })

  it('P22 refuses when timeouts would lead in a circle then, and nothing of it is done but moved orders', async () => {
    const desk = await makeDesk(store)
    await change(desk, 'sent', timeoutAfter(1, 'day', 'accepted'))
    await change(desk, 'paid', timeoutAfter(1, 'day', 'sent'))
    expect(await refusalOf(replace(desk, 'accepted', 'paid'))).toBe('timeout_cycle')
    expect(await view(desk, 'accepted')).toBeDefined()
    expect(await view(desk, 'sent')).toMatchObject({ timeout: { to: 'accepted' } })
  })

  it('makes the replacement the one that new orders get', async () => {
    const desk = await makeDesk(store)
    await replace(desk, 'unpaid', 'awaiting', { type: 'payment' })
    expect(await view(desk, 'awaiting', 'payment')).toMatchObject({ isInitial: true })
    await desk.order()
    expect(await view(desk, 'awaiting', 'payment')).toMatchObject({ orders: 1 })
  })

  it('takes orders along that came to it after the bulk was moved', async () => {
    const desk = await makeDesk(store)
    const order = await desk.order({ status: 'accepted' })
    await desk.run((tx) => deleteStatus(tx, removal('accepted', { replacement: 'paid' }), desk.nowMs))
    expect(await desk.codeOf(order)).toBe('paid')
  })

  it.each([
    ['a live campaign names it', 'status_in_use', 'paid', (desk: Desk) => desk.campaign(trigger('accepted', null))],
    ['the replacement is itself', 'unknown_status', 'accepted', async () => {}],
    ['the replacement does not exist', 'unknown_status', 'nowhere', async () => {}],
  ])('is refused while %s, and no order moves', async (_, code, to, use) => {
    const desk = await makeDesk(store)
    const order = await desk.order({ status: 'accepted' })
    await use(desk)
    expect(await refusalOf(replace(desk, 'accepted', to))).toBe(code)
    expect(await desk.codeOf(order)).toBe('accepted')
  })

  it('S0-03 never is the locked one', async () => {
    const desk = await makeDesk(store)
    expect(await refusalOf(replace(desk, 'processing', 'paid'))).toBe('status_locked')
  })
})

describe('listStatusUses', () => {
  const uses = (desk: Desk, code: string) =>
    desk.run(async (tx) => listStatusUses(tx, await getStatus(tx, 'general', code)))

  it('C13 names everything that refers to a status', async () => {
    const desk = await makeDesk(store)
    const [, archived] = [await desk.order({ status: 'accepted' }), await desk.order({ status: 'accepted' })]
    await desk.query(sql`update orders set archived_at = now() where id = ${archived!.id}`)
    await change(desk, 'sent', timeoutAfter(1, 'day', 'accepted'))
    const integration = await shop(desk, 'accepted')
    const campaign = await desk.campaign(trigger('accepted', null))
    const rule = { combinator: 'and', rules: [{ metric: { type: 'general', statuses: ['accepted'] } }] }
    await desk.query(sql`insert into segments (id, workspace_id, name, name_key, rule, created_at, updated_at)
      values (${campaign}, tidings_workspace(), 'Big', 'big', ${JSON.stringify(rule)}::jsonb, now(), now())`)
    const { name } = await desk.one<{ name: string }>(sql`select name from campaigns`)
    expect(await uses(desk, 'accepted')).toEqual({
      isLocked: false,
      isInitial: false,
      orders: 1,
      archived: 1,
      timeouts: ['Sent'],
      integrations: [{ id: integration, name: 'Shop' }],
      campaigns: [{ id: campaign, name }],
      segments: [{ id: campaign, name: 'Big' }],
    })
    expect(await refusalOf(replace(desk, 'accepted', 'paid'))).toBe('status_in_use')
  })

  it('finds nothing where nothing is', async () => {
    const desk = await makeDesk(store)
    await add(desk)
    await desk.move(await desk.order(), 'sent', { actor: KEY })
    expect(await uses(desk, 'packed')).toEqual({
      isLocked: false,
      isInitial: false,
      orders: 0,
      archived: 0,
      timeouts: [],
      integrations: [],
      campaigns: [],
      segments: [],
    })
  })
})
