import { describe, expect, it } from 'vitest'
import { AXES, MEANINGS } from '../../../db/model/status.ts'
import { colourOf } from '../../../editor/statuses/colours.ts'

describe('the colours of statuses', () => {
  it.each(AXES)('are all different on the %s axis', (type) => {
    const colours = MEANINGS[type].map((meaning) => colourOf(type, meaning))
    expect(new Set(colours).size).toBe(MEANINGS[type].length)
    expect(colours).not.toContain(colourOf(type, null))
  })
  it('are those of no other axis: a cancelled delivery is not looked up among groups', () => {
    expect(colourOf('general', 'delivered')).toBe(colourOf('general', undefined))
  })
})
