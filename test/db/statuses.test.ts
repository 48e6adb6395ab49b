import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { viewStatuses } from '../../db/status-views.ts'
import { freshStore, HOUR, makeDesk, refusalOf } from '../factories.ts'
import { add, change, remove, timeoutAfter, view } from './status-verbs.ts'

const { store } = await freshStore()

describe('addStatus', () => {
  it('S0-09, S1-04 adds one of each type, behind the others of its meaning, counted in analytics', async () => {
    const desk = await makeDesk(store)
    await add(desk)
    await add(desk, {
      type: 'delivery',
      name: 'At the post office',
      code: 'post',
      group: undefined,
      kind: 'at_delivery_point',
    })
    await add(desk, { type: 'payment', name: 'Invoice issued', code: 'invoice', group: undefined, kind: 'awaiting' })
    const list = await desk.run(viewStatuses)
    expect(list.filter((s) => s.group === 'accepted').at(-1)).toEqual({
      type: 'general',
      name: 'Packed',
      code: 'packed',
      group: 'accepted',
      kind: null,
      container: null,
      isLocked: false,
      isInitial: false,
      includeInAnalytics: true,
      timeout: null,
      autoSms: null,
      orders: 0,
    })
    expect(list.filter((s) => s.type === 'delivery').at(-1)).toMatchObject({ code: 'post', kind: 'at_delivery_point' })
    expect(list.filter((s) => s.type === 'payment').at(-1)).toMatchObject({ code: 'invoice', kind: 'awaiting' })
  })

  it.each([
    ['S0-10 no group', { group: undefined }, 'group_required'],
    ['a kind instead of a group', { group: undefined, kind: 'paid' as const }, 'group_required'],
    ['no kind', { type: 'payment' as const, group: undefined }, 'kind_required'],
    [
      'a kind of the other axis',
      { type: 'payment' as const, group: undefined, kind: 'shipped' as const },
      'kind_required',
    ],
    ['a code that is taken', { code: 'sent' }, 'status_exists'],
    ['S2-24 a name that is taken, whatever its case', { name: 'SENT' }, 'status_exists'],
    ['an unreadable auto-SMS', { autoSms: { template: '{{', always: false } }, 'template_invalid'],
    ['a timeout to nowhere', timeoutAfter(1, 'day', 'nowhere'), 'unknown_status'],
    ['a timeout to itself', timeoutAfter(1, 'day', 'packed'), 'timeout_invalid'],
  ])('refuses %s, and adds nothing', async (_, wish, code) => {
    const desk = await makeDesk(store)
    const before = await desk.run(viewStatuses)
    expect(await refusalOf(add(desk, wish))).toBe(code)
    expect(await desk.run(viewStatuses)).toEqual(before)
  })

  it('takes the code of a status that was deleted', async () => {
    const desk = await makeDesk(store)
    await remove(desk, 'spam')
    await add(desk, { name: 'Spam / double', code: 'spam', group: 'spam' })
    expect(await view(desk, 'spam')).toMatchObject({ name: 'Spam / double' })
  })
})

describe('changeStatus', () => {
  it('S0-07 renames a status, regroups it and leaves the rest as it is', async () => {
    const desk = await makeDesk(store)
    await change(desk, 'accepted', { name: 'Agreed' })
    await change(desk, 'accepted', { group: 'sent', includeInAnalytics: false })
    expect(await view(desk, 'accepted')).toMatchObject({ name: 'Agreed', group: 'sent', includeInAnalytics: false })
  })

  it('S0-04 refuses to rename or regroup Processing, but lets it have a timeout and a text', async () => {
    const desk = await makeDesk(store)
    expect(await refusalOf(change(desk, 'processing', { name: 'New' }))).toBe('status_locked')
    expect(await refusalOf(change(desk, 'processing', { group: 'sent' }))).toBe('status_locked')
    await change(desk, 'processing', {
      name: 'Processing',
      group: 'processing',
      ...timeoutAfter(14, 'day', 'cancelled'),
      autoSms: { template: 'Thank you', always: false },
    })
    expect(await view(desk, 'processing')).toMatchObject({
      timeout: { after: 'P14D', to: 'cancelled' },
      autoSms: { template: 'Thank you', always: false },
    })
  })

  it.each([
    ['an unknown status', 'nowhere', {}, 'unknown_status'],
    ['a name that is taken', 'accepted', { name: ' sent ' }, 'status_exists'],
    ['a group that is none', 'accepted', { group: 'shipped' as const }, 'group_required'],
    [
      'a text with an unknown variable',
      'accepted',
      { autoSms: { template: '{{ order.nr }}', always: true } },
      'template_invalid',
    ],
  ])('refuses %s', async (_, code, wish, refusal) => {
    const desk = await makeDesk(store)
    expect(await refusalOf(change(desk, code, wish))).toBe(refusal)
  })

  it('lets one of two who want the same name at once have it, and refuses the other', async () => {
    for (let round = 0; round < 5; round++) {
      const desk = await makeDesk(store)
      const outcomes = await Promise.all(
        ['accepted', 'sent', 'spam'].map((code) => refusalOf(change(desk, code, { name: 'Packed' }))),
      )
      expect(outcomes.sort()).toEqual(['nothing was refused', 'status_exists', 'status_exists'])
    }
  })

  it('takes timeout and text away when told null, and keeps them when told nothing', async () => {
    const desk = await makeDesk(store)
    await change(desk, 'accepted', { ...timeoutAfter(1, 'day', 'sent'), autoSms: { template: 'Hi', always: true } })
    await change(desk, 'accepted', { name: 'Agreed' })
    expect(await view(desk, 'accepted')).toMatchObject({ timeout: { to: 'sent' }, autoSms: { always: true } })
    await change(desk, 'accepted', { timeout: null, autoSms: null })
    expect(await view(desk, 'accepted')).toMatchObject({ timeout: null, autoSms: null })
  })
})

describe('the numeral of a status', () => {
  it('S0-18, P31 is the number of its unarchived orders, on every axis', async () => {
    const desk = await makeDesk(store)
    const [first, second] = [
      await desk.order(),
      await desk.order(),
      await desk.order({ type: 'payment', status: 'paid' }),
    ]
    desk.pass(HOUR)
    await desk.move(first, 'sent')
    await desk.query(sql`update orders set archived_at = now() where id = ${second!.id}`)
    const counts = Object.fromEntries(
      (await desk.run(viewStatuses)).filter((s) => s.orders > 0).map((s) => [`${s.type} ${s.code}`, s.orders]),
    )
    expect(counts).toEqual({
      'general processing': 1,
      'general sent': 1,
      'delivery not-shipped': 2,
      'payment unpaid': 1,
      'payment paid': 1,
    })
  })
})
