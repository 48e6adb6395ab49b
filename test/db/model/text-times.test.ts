import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Campaign, type Step } from '../../../db/model/campaign-schema.ts'
import { textTimes } from '../../../db/model/text-times.ts'
import { filter, HOUR, sms, trigger, wait } from '../../factories.ts'

const times = (...steps: object[]) => textTimes(Campaign.parse({ steps }))

describe('the times of the texts of a walk', () => {
  it('begin at nothing and grow by each wait', () => {
    expect(
      times(
        trigger('sent', 'a'),
        sms('a', 'x', 'w'),
        wait('w', 'PT2H', 'b'),
        sms('b', 'x', 'v'),
        wait('v', 'PT1H', 'c'),
        {
          ...sms('c', 'x'),
        },
      ),
    ).toEqual([0, 2 * HOUR, 3 * HOUR])
  })

  it('are those of the way with the most texts, each as early as any way sends it', () => {
    expect(
      times(
        trigger('sent', 'f'),
        filter('f', [], 'w', 'b'),
        wait('w', 'PT1H', 'a'),
        sms('a', 'x', 'b'),
        sms('b', 'x', null),
      ),
    ).toEqual([0, HOUR])
  })

  it('pass by what is switched off', () => {
    const off = { disabled: true }
    expect(
      times(
        trigger('sent', 'w'),
        { ...wait('w', 'PT1H', 'a'), ...off },
        { ...sms('a', 'x', 'b'), ...off },
        sms('b', 'x'),
      ),
    ).toEqual([0])
  })

  it('are none without a step', () => expect(textTimes({ steps: [] })).toEqual([]))

  it('agree with every way through any campaign, taken one by one', () => {
    fc.assert(
      fc.property(anyCampaign, (campaign) => {
        expect(textTimes(campaign)).toEqual(slowly(campaign))
      }),
    )
  })
})

/** Steps that lead onwards only. */
const anyCampaign = fc
  .array(fc.tuple(fc.nat(4), fc.nat(5), fc.nat(5), fc.nat(3), fc.boolean()), { maxLength: 9 })
  .map((wishes): Campaign => {
    const steps = wishes.map(([kind, yes, no, hours, isOff], i): Step => {
      const onward = (by: number) => (i + 1 + by < wishes.length && by < 4 ? `n${i + 1 + by}` : null)
      const id = `n${i}`
      const disabled = isOff && hours === 0
      if (kind === 0) return { id, kind: 'exit', next: {} }
      if (kind === 1) return { id, disabled, kind: 'wait', for: `PT${hours + 1}H`, next: { out: onward(yes) } }
      if (kind === 2)
        return {
          ...{ id, disabled, kind: 'filter_customers' },
          where: { combinator: 'and', rules: [] },
          next: { yes: onward(yes), no: onward(no) },
        }
      return { id, disabled, kind: 'send_sms', message: 'x', next: { out: onward(yes) } }
    })
    return Campaign.parse({ steps: [trigger('sent', steps.length > 0 ? 'n0' : null), ...steps] })
  })

function slowly({ steps }: Campaign): number[] {
  const ways: number[][] = []
  const walk = (id: string | null, atMs: number, sent: number[]): void => {
    const step = steps.find((s) => s.id === id)
    if (!step || step.kind === 'exit') ways.push(sent)
    else if (step.kind === 'filter_customers')
      for (const next of step.disabled ? [step.next.yes] : [step.next.yes, step.next.no]) walk(next, atMs, sent)
    else if (step.disabled) walk(step.next.out, atMs, sent)
    else if (step.kind === 'wait') walk(step.next.out, atMs + Number(step.for.slice(2, -1)) * HOUR, sent)
    else walk(step.next.out, atMs, step.kind === 'send_sms' ? [...sent, atMs] : sent)
  }
  walk(steps[0]!.id, 0, [])
  const most = Math.max(...ways.map((way) => way.length))
  return Array.from({ length: most }, (_, k) => Math.min(...ways.map((way) => way[k] ?? Number.POSITIVE_INFINITY)))
}
