import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { addIntegration } from '../../db/integrations.ts'
import { moveOrders } from '../../db/orders.ts'
import { type Desk, filter, freshStore, KEY, makeDesk, refusalOf, trigger } from '../factories.ts'
import { interrupted } from './interleave.ts'
import { add, change, remove, timeoutAfter, view } from './status-verbs.ts'

const { store } = await freshStore()

describe('deleteStatus', () => {
  it('S0-06 deletes a status, whose name stays in history', async () => {
    const desk = await makeDesk(store)
    const order = await desk.order({ status: 'accepted' })
    await desk.move(order, 'sent')
    await change(desk, 'accepted', { ...timeoutAfter(1, 'day', 'sent'), autoSms: { template: 'Hi', always: true } })
    await remove(desk, 'accepted')
    expect(await view(desk, 'accepted')).toBeUndefined()
    expect(await refusalOf(remove(desk, 'accepted'))).toBe('unknown_status')
    expect(
      await desk.query(sql`select s.name from order_status_changes h join order_statuses s on s.id = h.to_status_id
        where h.axis = 'general' order by seq`),
    ).toEqual([{ name: 'Accepted' }, { name: 'Sent' }])
    expect(await desk.query(sql`select from status_timeouts`)).toEqual([])
    expect(await desk.query(sql`select from places where closed_at is null`)).toEqual([])
  })

  it('S0-03 refuses to delete Processing', async () => {
    const desk = await makeDesk(store)
    expect(await refusalOf(remove(desk, 'processing'))).toBe('status_locked')
  })

  it.each<[string, string, (desk: Desk) => Promise<unknown>]>([
    ['it is the initial status', 'unpaid', async () => {}],
    ['orders stand in it', 'accepted', (desk) => desk.order({ status: 'accepted' })],
    ['a timeout leads to it', 'accepted', (desk) => change(desk, 'sent', timeoutAfter(1, 'day', 'accepted'))],
    [
      'the status map of an integration names it',
      'accepted',
      (desk) => {
        const statusMap = { processing: { general: 'accepted' } }
        return desk.run((tx) =>
          addIntegration(tx, { kind: 'woocommerce', name: 'Shop', secret: 'x', statusMap }, desk.nowMs),
        )
      },
    ],
    ['the trigger of a live campaign names it', 'accepted', (desk) => desk.campaign(trigger('accepted', null))],
    [
      'a filter of a live campaign names it',
      'accepted',
      (desk) =>
        desk.campaign(
          trigger('sent', 'f'),
          filter('f', [{ field: 'order.general', operator: 'isOneOf', value: ['paid', 'accepted'] }], null, null),
        ),
    ],
    [
      'a filter within a filter names it',
      'accepted',
      (desk) =>
        desk.campaign(
          trigger('sent', 'f'),
          filter(
            'f',
            [{ combinator: 'or', rules: [{ field: 'order.general', operator: 'notEquals', value: 'accepted' }] }],
            null,
            null,
          ),
        ),
    ],
  ])('C13 refuses while %s', async (_, code, use) => {
    const desk = await makeDesk(store)
    await use(desk)
    const type = code === 'unpaid' ? 'payment' : 'general'
    expect(await refusalOf(remove(desk, code, type))).toBe('status_in_use')
    expect(await view(desk, code, type)).toBeDefined()
  })

  it('waits for an order that is just moving to it, and refuses then', async () => {
    const desk = await makeDesk(store)
    const order = await desk.order()
    const [toId, removing] = [await desk.statusId('accepted'), [] as Promise<string>[]]
    await desk.run((tx) => {
      const slow = interrupted(store, tx, 'update orders o set', async () => {
        removing.push(refusalOf(remove(desk, 'accepted')))
        await removing[0]
      })
      return moveOrders(slow, [{ orderId: order.id, axis: 'general', toId, actor: KEY }], desk.nowMs)
    })
    expect(await removing[0]).toBe('status_in_use')
    expect(await desk.codeOf(order)).toBe('accepted')
  })

  it('lets no order move to it that was asked to before and comes after', async () => {
    const desk = await makeDesk(store)
    const order = await desk.order()
    const toId = await desk.statusId('accepted')
    await remove(desk, 'accepted')
    const late = desk.run((tx) =>
      moveOrders(tx, [{ orderId: order.id, axis: 'general', toId, actor: KEY }], desk.nowMs),
    )
    expect(await refusalOf(late)).toBe('unknown_status')
    expect(await desk.codeOf(order)).toBe('processing')
  })

  it('does not mind a filter that names another type’s status of the same code', async () => {
    const desk = await makeDesk(store)
    await add(desk, { code: 'shipped', name: 'Shipped too' })
    await desk.campaign(
      trigger('sent', 'f'),
      filter('f', [{ field: 'order.delivery', operator: 'equals', value: 'shipped' }], null, null),
    )
    await remove(desk, 'shipped')
  })
})
