import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addDays, daysBetween } from '../../../db/model/day-range.ts'
import { chosenRange, inAddress, lastDayOf } from '../../../editor/analytics/range.ts'

const TODAY = '2026-10-25'
const LAST_30 = { from: '2026-09-26', to: '2026-10-26' }

it.each([
  [{}, LAST_30],
  [{ days: 7 }, { from: '2026-10-19', to: '2026-10-26' }],
  [
    { from: '2026-10-01', until: '2026-10-03' },
    { from: '2026-10-01', to: '2026-10-04' },
  ],
  [{ from: '2026-10-03', until: '2026-10-01' }, LAST_30],
  [{ from: '2026-10-03' }, LAST_30],
  [{ from: '2020-01-01', until: '2026-10-01' }, LAST_30],
])('an address with %j means %j', (address, range) => expect(chosenRange(address, TODAY)).toEqual(range))

it('whatever days are chosen, their address leads back to them', () => {
  const anyRange = fc.tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 366 })).map(([ago, length]) => {
    const to = addDays(TODAY, 1 - ago)
    return { from: addDays(to, -length), to }
  })
  fc.assert(
    fc.property(anyRange, (range) => {
      const { days, from, until } = inAddress(range, TODAY)
      const kept = { ...(days && { days }), ...(from && { from }), ...(until && { until }) }
      expect(chosenRange(kept, TODAY)).toEqual(range)
      expect(daysBetween(range.from, lastDayOf(range))).toBe(daysBetween(range.from, range.to) - 1)
    }),
  )
})
