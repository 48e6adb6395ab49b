import { expect, it } from 'vitest'
import { ALL, chosenBy, tabOf } from '../../../editor/orders/status-tab-values.ts'
import { status } from '../statuses/status.ts'

it('keeps statuses and containers of one name apart', () => {
  const container = { container: 'accepted', statuses: [], orders: 0 }
  expect(chosenBy(tabOf({ status: status({ code: 'accepted' }) }))).toEqual({ status: 'accepted' })
  expect(chosenBy(tabOf(container))).toEqual({ container: 'accepted' })
  expect(tabOf(container)).not.toBe(tabOf({ status: status({ code: 'accepted' }) }))
})

it('shows all orders where nothing is chosen', () => {
  expect(chosenBy(ALL)).toEqual({})
  expect(chosenBy(null)).toEqual({})
})
