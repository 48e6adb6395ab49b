import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { problemsIn } from '../../../db/model/campaign.ts'
import { Campaign } from '../../../db/model/campaign-schema.ts'
import { DEMO_CAMPAIGN, DEMO_DRAFT, DEMO_NUMBERS, DEMO_SEED, demoOrders } from '../../../db/model/demo.ts'
import { toE164 } from '../../../db/model/phone.ts'
import { PRESETS } from '../../../db/model/preset.ts'
import { AXES, type Axis } from '../../../db/model/status.ts'

const NOW = Date.parse('2026-05-31T12:00:00Z')
const WEEKS_MS = 21 * 86_400_000
const orders = demoOrders(DEMO_SEED, NOW)
const endOf = ({ changes }: (typeof orders)[number], axis: Axis) =>
  changes.filter((c) => c.axis === axis).at(-1)?.code ?? PRESETS['call-centre'][axis][0]!.code

describe('the demo', () => {
  it('is the same for the same seed and moment', () => {
    expect(demoOrders(DEMO_SEED, NOW)).toEqual(orders)
    expect(demoOrders(DEMO_SEED + 1, NOW)).not.toEqual(orders)
  })

  it('has fifty orders T-1001 to T-1050 of thirty people, the oldest first', () => {
    expect(orders.map((o) => o.number)).toEqual(DEMO_NUMBERS)
    expect([DEMO_NUMBERS[0], DEMO_NUMBERS.at(-1)]).toEqual(['T-1001', 'T-1050'])
    expect(new Set(orders.map((o) => o.customer.name)).size).toBe(30)
    expect(new Set(orders.map((o) => o.customer.email)).size).toBe(30)
    const created = orders.map((o) => o.createdAtMs)
    expect(created).toEqual([...created].sort((a, b) => a - b))
  })

  it('names numbers that are kept for examples and that a text could be sent to, and some people give none', () => {
    const phones = [...new Set(orders.map((o) => o.customer.phone))].filter((phone) => phone !== undefined)
    expect(phones.length).toBe(26)
    for (const phone of phones) {
      expect(toE164(phone, 'US')).toBe(phone)
      expect(phone).toMatch(/^\+1\d{3}55501\d\d$|^\+38050000\d{4}$/)
    }
    expect(orders.every((o) => o.customer.email.endsWith('@example.com'))).toBe(true)
  })

  it('has orders in every general status of the preset, and in several of the other two types', () => {
    expect(new Set(orders.map((o) => endOf(o, 'general')))).toEqual(
      new Set(PRESETS['call-centre'].general.map((s) => s.code)),
    )
    for (const axis of ['delivery', 'payment'] as const)
      expect(new Set(orders.map((o) => endOf(o, axis))).size).toBeGreaterThanOrEqual(5)
  })

  it('whatever the seed: moves by codes that exist, forward in time, within three weeks and before now', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        for (const { createdAtMs, changes, total } of demoOrders(seed, NOW)) {
          const times = [createdAtMs, ...changes.map((c) => c.atMs)]
          expect(times).toEqual([...times].sort((a, b) => a - b))
          expect(times[0]).toBeGreaterThanOrEqual(NOW - WEEKS_MS)
          expect(times.at(-1)).toBeLessThanOrEqual(NOW)
          expect(Number(total)).toBeGreaterThan(0)
          for (const axis of AXES) {
            const codes = changes.filter((c) => c.axis === axis).map((c) => c.code)
            const known = PRESETS['call-centre'][axis].map((s) => s.code)
            expect(codes.every((code) => known.includes(code))).toBe(true)
          }
        }
      }),
      { numRuns: 50 },
    )
  })

  it.each([DEMO_CAMPAIGN, DEMO_DRAFT])('has campaigns that could go live: $name', ({ draft }) => {
    expect(Campaign.parse(draft)).toEqual(draft)
    expect(problemsIn(draft)).toEqual([])
  })
})
