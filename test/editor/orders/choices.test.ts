import { describe, expect, it } from 'vitest'
import { PRESETS } from '../../../db/model/preset.ts'
import { GROUP_ROWS, GROUPS } from '../../../db/model/status.ts'
import { choicesFrom, isCurrent, named, sectionsOf } from '../../../editor/orders/choices.ts'

const GENERAL = PRESETS['call-centre'].general.map(({ code, name, meaning }) => ({
  type: 'general' as const,
  code,
  name,
  group: meaning,
  kind: null,
}))
const DELIVERY = PRESETS['call-centre'].delivery.map(({ code, name, meaning }) => ({
  type: 'delivery' as const,
  code,
  name,
  group: null,
  kind: meaning,
}))
const ALL = [...GENERAL, ...DELIVERY]

describe('where an order may go', () => {
  it('offers every other status of the type once, under its group, the groups in their order', () => {
    const sections = sectionsOf('general', choicesFrom(ALL, 'general', 'spam'))
    expect(sections.map((s) => s.title)).toEqual(
      GROUPS.filter((group) => group !== 'spam').map((group) => GROUP_ROWS[group].name),
    )
    expect(sections.flatMap((s) => s.choices.map((c) => c.code)).sort()).toEqual(
      GENERAL.map((s) => s.code)
        .filter((code) => code !== 'spam')
        .sort(),
    )
  })

  it('offers delivery and payment statuses in one list without a heading', () => {
    const [section, ...more] = sectionsOf('delivery', choicesFrom(ALL, 'delivery', 'shipped'))
    expect(more).toEqual([])
    expect(section).toMatchObject({ title: null })
    expect(section!.choices.map((c) => c.code)).not.toContain('shipped')
  })

  it('keeps what is refused for another reason than being the present one', () => {
    const refusal = { code: 'order_archived', detail: 'no' }
    const [choice] = choicesFrom(GENERAL, 'general', 'none')
    const sections = sectionsOf('general', [{ ...choice!, refusal }])
    expect(sections[0]!.choices[0]!.refusal).toBe(refusal)
    expect(isCurrent({ refusal })).toBe(false)
  })

  it('has no section where the present status is the only one', () => {
    expect(sectionsOf('payment', choicesFrom(ALL, 'payment', 'unpaid'))).toEqual([])
  })
})

describe('finding a status by name', () => {
  it.each([
    ['SENT', ['Sent']],
    [' pay ', ['Waiting for payment']],
    ['', GENERAL.map(({ name }) => name)],
    ['nobody', []],
  ])('%j has those with it in their names, whatever the case', (words, names) => {
    expect(named(choicesFrom(ALL, 'general', ''), words).map(({ name }) => name)).toEqual(names)
  })
})
