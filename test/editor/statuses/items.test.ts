import { expect, it } from 'vitest'
import { itemsOf, sumOf } from '../../../editor/statuses/items.ts'
import { status } from './status.ts'

const codes = (items: ReturnType<typeof itemsOf>) =>
  items.map((item) => ('status' in item ? item.status.code : [item.container, ...item.statuses.map((s) => s.code)]))

it('S0-30, S0-33 shows the statuses of a container as one item with their sum, where its first one stands', () => {
  const list = [
    status({ code: 'new', orders: 1 }),
    status({ code: 'post', container: 'Accepted orders', orders: 2 }),
    status({ code: 'other', orders: 4 }),
    status({ code: 'courier', container: 'Accepted orders', orders: 8 }),
    status({ code: 'pickup', container: 'Accepted orders', orders: 16 }),
  ]
  const items = itemsOf(list)
  expect(codes(items)).toEqual(['new', ['Accepted orders', 'post', 'courier', 'pickup'], 'other'])
  expect(items[1]).toMatchObject({ orders: 26 })
  expect(sumOf(list)).toBe(31)
})

it('shows every status once', () => {
  const list = ['a', 'b', 'c'].map((code) => status({ code, container: code === 'b' ? 'X' : null }))
  expect(codes(itemsOf(list)).flat()).toEqual(['a', 'X', 'b', 'c'])
  expect(itemsOf([])).toEqual([])
})
