import { describe, expect, it } from 'vitest'
import { Campaign } from '../../../db/model/campaign-schema.ts'
import { countSteps, type Tallies } from '../../../db/model/counts.ts'
import { filter, sms, trigger, wait } from '../../factories.ts'

const campaign = Campaign.parse({
  steps: [
    trigger('sent', 'f'),
    filter('f', [], 'w', 'bye'),
    wait('w', 'PT1H', 'text'),
    sms('text', 'Hi'),
    { id: 'bye', kind: 'exit', next: {} },
  ],
})
const tallies = (more: Partial<Tallies> = {}): Tallies => ({ entered: 0, passed: [], standing: [], ...more })
const at = (step: string, outcome: string, count: number) => ({ step, outcome, count })

describe('countSteps', () => {
  it('counts each step’s customers as those who left by each way out, who ended there, and who are there', () => {
    const { steps, lines } = countSteps(campaign, {
      entered: 20,
      passed: [
        at('f', 'yes', 12),
        at('f', 'no', 5),
        at('f', 'skipped', 1),
        at('w', 'waited', 6),
        at('w', 'left', 2),
        at('text', 'queued', 4),
        at('text', 'suppressed', 1),
        at('bye', 'ended', 5),
      ],
      standing: [
        { step: 'f', waiting: 0, walking: 1, held: 1, stuck: 0 },
        { step: 'w', waiting: 4, walking: 1, held: 0, stuck: 0 },
        { step: 'text', waiting: 0, walking: 0, held: 0, stuck: 1 },
      ],
    })
    expect(steps).toEqual({
      trigger: { entered: 20, here: 0, waiting: 0, walking: 0, held: 0, stuck: 0, left: { out: 20 }, ended: 0 },
      f: { entered: 20, here: 2, waiting: 0, walking: 1, held: 1, stuck: 0, left: { yes: 13, no: 5 }, ended: 0 },
      w: { entered: 13, here: 5, waiting: 4, walking: 1, held: 0, stuck: 0, left: { out: 6 }, ended: 2 },
      text: { entered: 6, here: 1, waiting: 0, walking: 0, held: 0, stuck: 1, left: { out: 5 }, ended: 0 },
      bye: { entered: 5, here: 0, waiting: 0, walking: 0, held: 0, stuck: 0, left: {}, ended: 5 },
    })
    expect(lines).toEqual([
      { from: 'trigger', output: 'out', to: 'f', count: 20 },
      { from: 'f', output: 'yes', to: 'w', count: 13 },
      { from: 'f', output: 'no', to: 'bye', count: 5 },
      { from: 'w', output: 'out', to: 'text', count: 6 },
      { from: 'text', output: 'out', to: null, count: 5 },
    ])
  })

  it('throws at an outcome that no step has, rather than losing customers', () => {
    expect(() => countSteps(campaign, tallies({ passed: [at('w', 'flew', 1)] }))).toThrow('no way out for flew')
    expect(() => countSteps(campaign, tallies({ passed: [at('w', 'yes', 1)] }))).toThrow('no way out for yes')
  })
})
