import { expect, it } from 'vitest'
import { formatLength } from '../../../editor/system/length.ts'

it.each([
  [0, '0 seconds'],
  [380, '0.4 seconds'],
  [1_000, '1 second'],
  [4_900, '4 seconds'],
  [119_000, '119 seconds'],
  [180_000, '3 minutes'],
  [2 * 3_600_000, '2 hours'],
  [49 * 3_600_000, '2 days'],
])('says how long %i ms are: %s', (ms, words) => {
  expect(formatLength(ms)).toBe(words)
})
