import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { goesInMs, lingerMs, UNDER_WAY_MAX } from '../../workflows/linger.ts'

const LIMITS = { relayLingerMs: 100, relayBatchMax: 500, relayStartsPerSecond: 50 }
const waiting = (changes: number, underWay = 0) => ({ workspaceId: 'w', waiting: changes, underWay })

describe('lingerMs', () => {
  it.each([
    [1, 100],
    [5, 100],
    [6, 120],
    [100, 2_000],
  ])('keeps batches of each of %i busy workspaces %i ms apart', (busy, ms) => {
    expect(lingerMs(busy, LIMITS)).toBe(ms)
  })

  it('lets all workspaces together start no more than so many a second, once there are enough of them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 10_000 }), (busy) => {
        const startsPerSecond = (busy * 1_000) / lingerMs(busy, LIMITS)
        expect(startsPerSecond).toBeLessThanOrEqual(LIMITS.relayStartsPerSecond + 1e-6)
      }),
    )
  })
})

describe('goesInMs', () => {
  it.each([
    ['the first change after a pause at once', waiting(1), 100, 1, 0],
    ['a change long after the last at once', waiting(1), 3_600_000, 1, 0],
    ['the next change when the linger is over', waiting(1), 30, 1, 70],
    ['almost a full batch no earlier', waiting(499), 30, 1, 70],
    ['a full batch at once', waiting(500), 0, 1, 0],
    ['later with many busy workspaces', waiting(1), 30, 100, 1_970],
    ['a full batch at once all the same', waiting(500), 30, 100, 0],
    ['later by half a linger while one piece is under way', waiting(1, 1), 100, 1, 50],
    ['later by two lingers while many are', waiting(1, UNDER_WAY_MAX - 1), 100, 1, 200],
    ['a full batch at once also then', waiting(500, UNDER_WAY_MAX - 1), 0, 1, 0],
    ['nothing while too much is under way', waiting(1, UNDER_WAY_MAX), 100, 1, null],
    ['not even a full batch then', waiting(500, UNDER_WAY_MAX + 5), 100, 1, null],
  ])('lets go %s', (_, w, sinceLastMs, busy, expected) => {
    expect(goesInMs(w, sinceLastMs, busy, LIMITS)).toBe(expected)
  })

  it('never makes a change wait longer than the linger, or than three of them behind work, whatever the clock does', () => {
    const underWay = fc.nat(UNDER_WAY_MAX - 1)
    fc.assert(
      fc.property(fc.nat(499), underWay, fc.nat(), fc.integer({ min: 1, max: 1_000 }), (changes, n, since, busy) => {
        const inMs = goesInMs(waiting(changes, n), since, busy, LIMITS)!
        expect(inMs).toBeGreaterThanOrEqual(0)
        expect(inMs).toBeLessThanOrEqual(lingerMs(busy, LIMITS) * (n === 0 ? 1 : 3))
      }),
    )
  })
})
