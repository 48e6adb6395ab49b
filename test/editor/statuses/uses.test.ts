import { expect, it } from 'vitest'
import { canBeReplaced, isStopped, isUsed, type Uses } from '../../../editor/statuses/uses.ts'

const NONE: Uses = {
  isLocked: false,
  isInitial: false,
  orders: 0,
  archived: 0,
  timeouts: [],
  integrations: [],
  campaigns: [],
  segments: [],
}
const named = [{ id: '1', name: 'X' }]
const said = (uses: Partial<Uses>) => {
  const all = { ...NONE, ...uses }
  return { isUsed: isUsed(all), canBeReplaced: canBeReplaced(all), isStopped: isStopped(all) }
}

it('C13 asks for a replacement where orders, timeouts or shops lead to a status, or new orders get it', () => {
  for (const uses of [
    { orders: 1 },
    { archived: 1 },
    { timeouts: ['A'] },
    { integrations: named },
    { isInitial: true },
  ])
    expect(said(uses)).toEqual({ isUsed: true, canBeReplaced: true, isStopped: false })
})

it('C13 lets no replacement stand for what people wrote into campaigns and segments', () => {
  for (const uses of [{ campaigns: named }, { segments: named, orders: 2 }])
    expect(said(uses)).toEqual({ isUsed: true, canBeReplaced: false, isStopped: true })
})

it('asks nothing where nothing refers to it', () => {
  expect(said({})).toEqual({ isUsed: false, canBeReplaced: false, isStopped: false })
})
