import { describe, expect, it } from 'vitest'
import { problemsIn } from '../../../../db/model/campaign.ts'
import { Campaign } from '../../../../db/model/campaign-schema.ts'
import { PRESETS } from '../../../../db/model/preset.ts'
import { problemsToPublish, warningsIn } from '../../../../db/model/publication.ts'
import { renderText, type TextFacts } from '../../../../db/model/sms.ts'
import { AXES, type Status } from '../../../../db/model/status.ts'
import { choicesFor, templateChoices } from '../../../../editor/campaign/templates/choices.ts'
import type { KnownStatus } from '../../../../editor/campaign/templates/parts.ts'
import { TEMPLATES, type TemplateKey } from '../../../../editor/campaign/templates/templates.ts'

const PRESET: Status[] = AXES.flatMap((axis) =>
  PRESETS['call-centre'][axis].map((status, position) => ({
    ...status,
    axis,
    position,
    id: `${axis}-${status.code}`,
    isInitial: position === 0,
  })),
)
const known = (statuses: readonly Status[]): KnownStatus[] =>
  statuses.map(({ axis, code, meaning }) => ({
    type: axis,
    code,
    group: axis === 'general' ? meaning : null,
    kind: axis === 'general' ? null : meaning,
  }))
const FACTS: TextFacts = {
  customer: { name: 'Ann Lee', first_name: 'Ann', phone: '+12125550101', email: '' },
  order: { number: 'A-1', total: '29.90', currency: 'USD', status: 'Sent', delivery: 'Shipped', payment: 'Paid' },
  shop: { name: 'Corner shop' },
}
const KEYS = Object.keys(TEMPLATES) as TemplateKey[]
const drawn = (key: TemplateKey) => TEMPLATES[key].draw(known(PRESET))!
const texts = ({ steps }: Campaign) => steps.flatMap((step) => (step.kind === 'send_sms' ? [step.message] : []))

describe('the templates', () => {
  it.each(KEYS)('draw %s so that it could go live at once in the preset call-centre', (key) => {
    const campaign = drawn(key)
    expect(Campaign.parse(campaign)).toEqual(campaign)
    expect(problemsIn(campaign)).toEqual([])
    expect(problemsToPublish(campaign, PRESET)).toEqual([])
    expect(warningsIn(campaign)).toEqual([])
  })

  it.each(KEYS)('let %s text in at most two parts, with and without the customer’s name', (key) => {
    expect(texts(drawn(key))).toHaveLength(1)
    for (const first_name of ['Ann', '']) {
      const rendered = renderText(texts(drawn(key))[0]!, { ...FACTS, customer: { ...FACTS.customer, first_name } })
      expect(rendered).toMatchObject({ text: expect.stringContaining('Corner shop') })
      expect(rendered).toMatchObject({ text: expect.stringContaining(first_name === '' ? 'Hi there' : 'Hi Ann') })
      expect('parts' in rendered && rendered.parts).toBeLessThanOrEqual(2)
    }
  })

  it('choose statuses by what they mean, whatever their codes', () => {
    const renamed = PRESET.map((status) => ({ ...status, code: `my-${status.code}` }))
    const trigger = TEMPLATES.shipped.draw(known(renamed))!.steps[0]
    expect(trigger).toMatchObject({ type: 'delivery', to: { statuses: ['my-shipped'] } })
    for (const key of KEYS) expect(problemsToPublish(TEMPLATES[key].draw(known(renamed))!, renamed)).toEqual([])
  })

  it('take every status of the meaning', () => {
    const two = [...PRESET, { ...PRESET.find((s) => s.code === 'delivered')!, code: 'picked-up' }]
    expect(TEMPLATES.thanks.draw(known(two))!.steps[0]).toMatchObject({ to: { statuses: ['delivered', 'picked-up'] } })
  })

  it('are not drawn where the statuses are missing, and tell which', () => {
    const choices = templateChoices([])
    expect(choices).toHaveLength(KEYS.length)
    for (const { draft, needs } of choices) expect([draft, needs]).toEqual([null, expect.stringContaining('Needs ')])
    expect(templateChoices(known(PRESET)).every((choice) => choice.draft !== null)).toBe(true)
  })

  it('read no address from nowhere: a filter’s other way and every last step end', () => {
    for (const { steps } of KEYS.map(drawn)) {
      const ids = new Set(steps.map((step) => step.id))
      const lines = steps.flatMap((step) => Object.values<string | null>(step.next))
      expect(lines.every((to) => to === null || ids.has(to))).toBe(true)
      expect(Object.values<string | null>(steps.at(-1)!.next)).toEqual([null])
    }
  })

  it('S1-01 offer nothing while Orders are off, and say why: each of them begins with an order', () => {
    const off = choicesFor(known(PRESET), { ordersEnabled: false })
    expect(off.map((choice) => choice.draft)).toEqual([...KEYS, 'blank'].map(() => null))
    for (const { needs } of off) expect(needs).toContain('Orders')
    const on = choicesFor(known(PRESET), { ordersEnabled: true })
    expect(on.every((choice) => choice.draft !== null)).toBe(true)
  })
})
