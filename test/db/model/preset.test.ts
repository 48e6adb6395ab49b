import { describe, expect, it } from 'vitest'
import { problemsIn } from '../../../db/model/campaign.ts'
import { Campaign } from '../../../db/model/campaign-schema.ts'
import { PRESETS } from '../../../db/model/preset.ts'
import {
  AXES,
  findStatus,
  GROUP_ROWS,
  GROUPS,
  getInitialStatus,
  MEANINGS,
  type Status,
} from '../../../db/model/status.ts'

const CODE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/

describe.each(Object.entries(PRESETS))('the preset %s', (_, preset) => {
  it.each(AXES)('begins %s orders in a status, and names each status once', (axis) => {
    const list = preset[axis]
    expect(list.length).toBeGreaterThan(0)
    expect(new Set(list.map((s) => s.code)).size).toBe(list.length)
    expect(new Set(list.map((s) => s.name.trim().toLowerCase())).size).toBe(list.length)
    for (const { code, meaning } of list) {
      expect(code).toMatch(CODE)
      expect(MEANINGS[axis] as readonly string[]).toContain(meaning)
    }
  })

  it('has a status of every group, in the order of the groups, and of every kind', () => {
    for (const axis of AXES) expect(new Set(preset[axis].map((s) => s.meaning))).toEqual(new Set(MEANINGS[axis]))
    expect([...new Set(preset.general.map((s) => s.meaning))]).toEqual([...GROUPS])
  })
})

describe('the preset call-centre', () => {
  const { general } = PRESETS['call-centre']

  it('S0-02 starts with Processing, Call back, Accepted, Cancelled and so on', () => {
    expect(general.map((s) => s.name)).toEqual(
      expect.arrayContaining(['Processing', 'Call back', 'Accepted', 'Cancelled']),
    )
  })

  it('S0-03, S0-05 locks Processing alone, which comes first', () => {
    expect(general.filter((s) => s.locked).map((s) => s.code)).toEqual(['processing'])
    expect(general[0]).toMatchObject({ code: 'processing', meaning: 'processing' })
  })

  it('S0-16 puts Call back into the group processing', () => {
    expect(general.find((s) => s.code === 'call-back')?.meaning).toBe('processing')
  })

  it('S0-17 puts Waiting for payment into the group sent, behind what is sent', () => {
    const sent = PRESETS['call-centre'].general.filter((s) => s.meaning === 'sent')
    expect(sent.map((s) => s.code)).toEqual(['sent', 'waiting-for-payment'])
  })
})

describe('the preset loyalty', () => {
  it.each([
    ['S1-05', 'general', ['Accepted', 'Agreed', 'In progress', 'Completed']],
    ['S1-06', 'delivery', ['At pickup point', 'Shipped', 'At delivery point', 'Delivered']],
    ['S1-07', 'payment', ['Invoice issued', 'Awaiting payment', 'Paid']],
  ] as const)('%s has the %s statuses of the document, in their order', (_, axis, names) => {
    const own = PRESETS.loyalty[axis].map((s) => s.name)
    expect(own.filter((name) => (names as readonly string[]).includes(name))).toEqual(names)
  })

  it('S1-01, C15 begins without the Orders block, the preset call-centre with it', () => {
    expect([PRESETS.loyalty.beginsWithOrders, PRESETS['call-centre'].beginsWithOrders]).toEqual([false, true])
  })

  it('S1-17 has an example that could go live as it is', () => {
    for (const { draft } of PRESETS.loyalty.campaigns) {
      expect(Campaign.parse(draft)).toEqual(draft)
      expect(problemsIn(draft)).toEqual([])
    }
  })
})

describe('statuses', () => {
  it('S0-11, S0-19 have seven groups of seven names and colours', () => {
    expect(GROUPS).toHaveLength(7)
    expect(new Set(GROUPS.map((g) => GROUP_ROWS[g].colour)).size).toBe(7)
    expect(new Set(GROUPS.map((g) => GROUP_ROWS[g].name)).size).toBe(7)
  })

  const status = (code: string, position: number, more: Partial<Status> = {}): Status => ({
    id: code,
    axis: 'general',
    name: code,
    code,
    meaning: 'sent',
    position,
    isInitial: false,
    ...more,
  })
  const list = [status('late', 2), status('early', 1), status('late', 0, { axis: 'payment', meaning: 'paid' })]

  it('are found by code on their axis, or by meaning, the first of that meaning', () => {
    expect(findStatus(list, 'general', { code: 'late' })?.position).toBe(2)
    expect(findStatus(list, 'general', { meaning: 'sent' })?.code).toBe('early')
    expect(findStatus(list, 'payment', { code: 'early' })).toBeUndefined()
    expect(findStatus(list, 'delivery', { meaning: 'cancelled' })).toBeUndefined()
  })

  it('throw where an axis has no initial one, rather than take any', () => {
    expect(getInitialStatus([...list, status('first', 9, { isInitial: true })], 'general').code).toBe('first')
    expect(() => getInitialStatus(list, 'general')).toThrow('no initial general status')
  })
})
