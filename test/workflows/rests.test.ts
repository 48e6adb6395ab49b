import { describe, expect, it } from 'vitest'
import { Rests, restMs } from '../../workflows/rests.ts'

const NOW = 1_000_000

describe('Rests', () => {
  it('lets who fails rest, twice as long each time, at most five seconds, and nobody else', () => {
    const rests = new Rests()
    const lengths = Array.from({ length: 8 }, () => rests.fail('a', NOW))
    expect(lengths).toEqual([500, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000, 5_000])
    expect(rests.resting(NOW)).toEqual(['a'])
    expect(rests.failures('a')).toBe(8)
    expect(rests.failures('b')).toBe(0)
    expect(restMs(1)).toBe(500)
  })

  it('ends a rest when its time is over, and remembers the failures until a success', () => {
    const rests = new Rests()
    rests.fail('a', NOW)
    rests.fail('b', NOW + 100)
    expect(rests.nextEndMs(NOW)).toBe(NOW + 500)
    expect(rests.resting(NOW + 500)).toEqual(['b'])
    expect(rests.nextEndMs(NOW + 500)).toBe(NOW + 600)
    expect(rests.resting(NOW + 600)).toEqual([])
    expect(rests.nextEndMs(NOW + 600)).toBeNull()
    expect(rests.failures('a')).toBe(1)
    rests.succeed('a')
    expect(rests.failures('a')).toBe(0)
    expect(rests.fail('a', NOW + 1_000)).toBe(500)
  })
})
