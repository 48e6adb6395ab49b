import { describe, expect, it } from 'vitest'
import { orderStatuses } from '../../db/status-positions.ts'
import { viewStatuses } from '../../db/status-views.ts'
import { type Desk, freshStore, makeDesk, refusalOf } from '../factories.ts'
import { add, change, remove } from './status-verbs.ts'

const { store } = await freshStore()
const codes = async (desk: Desk, type = 'general') =>
  (await desk.run(viewStatuses)).filter((s) => s.type === type).map((s) => s.code)
const put = (desk: Desk, list: string[], type: 'general' | 'delivery' = 'general') =>
  desk.run((tx) => orderStatuses(tx, type, list))

describe('the order of statuses', () => {
  it('is the one they were put in', async () => {
    const desk = await makeDesk(store)
    const reversed = (await codes(desk, 'delivery')).reverse()
    await put(desk, reversed, 'delivery')
    expect(await codes(desk, 'delivery')).toEqual(reversed)
  })

  it('S0-11 is that of the seven groups first for general ones', async () => {
    const desk = await makeDesk(store)
    await add(desk, { code: 'late', name: 'Late', group: 'processing' })
    await put(desk, (await codes(desk)).reverse())
    expect(await codes(desk)).toEqual([
      'late',
      'call-back',
      'processing',
      'spam',
      'accepted',
      'waiting-for-payment',
      'sent',
      'cancelled',
      'paid',
      'return',
    ])
    await change(desk, 'late', { group: 'return' })
    expect((await codes(desk)).slice(-2).sort()).toEqual(['late', 'return'])
  })

  it.each([
    ['lacks one', (list: string[]) => list.slice(1)],
    ['names one that is not there', (list: string[]) => [...list, 'nowhere']],
    ['names one twice', (list: string[]) => [...list, list[0]!]],
  ])('is left as it is by a list that %s', async (_, edit) => {
    const desk = await makeDesk(store)
    const before = await codes(desk)
    expect(await refusalOf(put(desk, edit(before).reverse()))).toBe('positions_invalid')
    expect(await codes(desk)).toEqual(before)
  })

  it('does not know those that were deleted', async () => {
    const desk = await makeDesk(store)
    const before = await codes(desk)
    await remove(desk, 'spam')
    expect(await refusalOf(put(desk, before))).toBe('positions_invalid')
  })
})
